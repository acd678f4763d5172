import { Telegram, TelegramError } from 'telegraf';
import type { Telegram as Methods, Opts } from 'telegraf/types';
import { createAgent, NOT_CONNECTED } from './agent.js';

/** The methods of the Bot API that the product calls (https://core.telegram.org/bots/api). */
export type Method = Extract<
  keyof Methods,
  | 'getMe'
  | 'getUpdates'
  | 'setWebhook'
  | 'deleteWebhook'
  | 'getWebhookInfo'
  | 'setMyCommands'
  | 'setMyDescription'
  | 'setMyShortDescription'
  | 'setChatMenuButton'
  | 'sendMessage'
  | 'sendVenue'
  | 'sendDocument'
  | 'sendChatAction'
  | 'editMessageReplyMarkup'
  | 'deleteMessage'
  | 'deleteMessages'
  | 'answerCallbackQuery'
  | 'getFile'
  | 'leaveChat'
>;

export type Parameters<M extends Method> = Opts<M>;
export type Result<M extends Method> = ReturnType<Methods[M]>;

export interface TelegramApi {
  /**
   * Calls a method, once.
   * @param limitMs how long its answer is waited for.
   * @param end ends the wait before that, as if no answer had come.
   * @throws ApiFault, never with the token or with what was sent.
   */
  call<M extends Method>(method: M, parameters: Parameters<M>, limitMs?: number, end?: AbortSignal): Promise<Result<M>>;
  /**
   * Fetches a file by its `file_path`.
   * @throws ApiFault; `too-large` past `mostBytes`, before all of it has come.
   */
  download(filePath: string, mostBytes: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * `refused`: Telegram answered no; `unreachable`: nothing was sent; `unanswered`: it was sent, and what became of it is not
 * known; `failed`: Telegram could not do it now.
 */
export type ApiFaultKind = 'refused' | 'unreachable' | 'unanswered' | 'failed' | 'too-large';

export class ApiFault extends Error {
  readonly kind: ApiFaultKind;
  /** Of the answer, where there was one. */
  readonly status: number | undefined;
  /** How long Telegram asks to be left alone. */
  readonly retryAfterMs: number | undefined;
  /** Telegram's own words, such as « Forbidden: bot was blocked by the user ». */
  readonly description: string | undefined;

  constructor(kind: ApiFaultKind, answer: { status?: number; retryAfterMs?: number; description?: string } = {}) {
    super([kind, answer.status].filter((part) => part !== undefined).join(' '));
    this.name = 'ApiFault';
    this.kind = kind;
    this.status = answer.status;
    this.retryAfterMs = answer.retryAfterMs;
    this.description = answer.description;
  }
}

export interface ApiSettings {
  readonly token: string;
  /** Without a slash at its end. */
  readonly apiRoot: string;
  /** How long a connection may take; 5 seconds when absent. Shorter than the wait for an answer. */
  readonly connectMs?: number;
}

/** The client is typed by a package that stood in for the platform's own signals, and takes these. */
type Signal = NonNullable<NonNullable<ArgumentsOf<Telegram['callApi']>[2]>['signal']>;
type ArgumentsOf<Call> = Call extends (...given: infer Given) => unknown ? Given : never;

const ANSWER_MS = 10_000;
const DOWNLOAD_MS = 30_000;
const CONNECT_MS = 5_000;

/** Nothing can have arrived. The others are those of a server without TLS, for which the client takes no agent. */
const NO_CONNECTION = [NOT_CONNECTED, 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

export function createTelegramApi({ token, apiRoot, connectMs = CONNECT_MS }: ApiSettings): TelegramApi {
  const agent = createAgent(connectMs);
  const client = new Telegram(token, { apiRoot, agent, webhookReply: false });

  async function call<M extends Method>(
    method: M,
    parameters: Parameters<M>,
    limitMs = ANSWER_MS,
    end?: AbortSignal,
  ): Promise<Result<M>> {
    // Without a limit of its own the client waits for eight minutes.
    const limit = AbortSignal.timeout(limitMs);
    const signal = end ? AbortSignal.any([limit, end]) : limit;
    try {
      return await client.callApi(method, parameters, { signal: signal as unknown as Signal });
    } catch (error) {
      throw toApiFault(error);
    }
  }

  return {
    call,
    async download(filePath, mostBytes) {
      const url = `${apiRoot}/file/bot${token}/${filePath.split('/').map(encodeURIComponent).join('/')}`;
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_MS), redirect: 'error' });
        if (!response.ok) throw new ApiFault('refused', { status: response.status });
        return await readAll(response, mostBytes);
      } catch (error) {
        throw error instanceof ApiFault ? error : new ApiFault('unreachable');
      }
    },
  };
}

async function readAll(response: Response, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new ApiFault('too-large');
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** The client's errors hold what was sent, and the token: nothing of them is passed on but these. */
function toApiFault(error: unknown): ApiFault {
  if (error instanceof TelegramError) return ofAnswer(error);
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'string' && NO_CONNECTION.includes(code)) return new ApiFault('unreachable');
  return new ApiFault('unanswered');
}

function ofAnswer({ code, description, parameters }: TelegramError): ApiFault {
  const seconds = parameters?.retry_after;
  const answer = {
    status: code,
    description,
    ...(seconds !== undefined && { retryAfterMs: seconds * 1000 }),
  };
  // A gateway that lost patience does not know what became of it.
  if (code === 504) return new ApiFault('unanswered', answer);
  return new ApiFault(code >= 500 || code === 429 ? 'failed' : 'refused', answer);
}
