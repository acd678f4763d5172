import type { Attachments, EnclosedRefusal, Keeping } from '../../domain/attachments.js';
import type { ChannelLog } from '../channel.js';
import { ApiFault, type TelegramApi } from './api.js';

/** A file that is still with Telegram. */
export interface FileReference {
  readonly id: string;
  /** As Telegram says. */
  readonly bytes?: number;
  /** As the sender's client says. */
  readonly mime?: string;
}

export interface Files {
  /**
   * Fetches a file for the delegate who holds the conversation.
   * @param externalId of the message that brought it.
   * @param file absent for what cannot be passed on.
   * @throws DomainError `storage-unavailable`.
   */
  keep(conversationId: string, externalId: string, file: FileReference | undefined): Promise<Keeping>;
}

export interface FilesDependencies {
  readonly api: TelegramApi;
  readonly attachments: Pick<Attachments, 'keep'>;
  readonly log: ChannelLog;
}

/** https://core.telegram.org/bots/api#getfile */
const MOST_BYTES = 20_000_000;
/** What a file says of itself; one that says nothing of use is looked into. */
const PASSED_ON = /^(image\/|application\/pdf$|application\/octet-stream$)/i;

export function createFiles({ api, attachments, log }: FilesDependencies): Files {
  async function fetchFile({ id }: FileReference): Promise<Fetched> {
    try {
      const { file_path: path } = await api.call('getFile', { file_id: id });
      return path === undefined ? refused('unavailable') : await api.download(path, MOST_BYTES);
    } catch (fault) {
      if (!(fault instanceof ApiFault)) throw fault;
      log.warn({ code: fault.message }, 'A file was not fetched from Telegram');
      return refused(isTooLarge(fault) ? 'size' : 'unavailable');
    }
  }

  return {
    async keep(conversationId, externalId, file) {
      const refusal = refusalOf(file);
      if (!file || refusal) return refused(refusal ?? 'kind');
      const fetched = await fetchFile(file);
      return 'kind' in fetched ? fetched : attachments.keep(conversationId, externalId, fetched);
    },
  };
}

type Fetched = Uint8Array<ArrayBuffer> | Keeping;

/** What need not be fetched to be refused. */
function refusalOf(file: FileReference | undefined): EnclosedRefusal | undefined {
  if (!file || (file.mime !== undefined && !PASSED_ON.test(file.mime))) return 'kind';
  return file.bytes !== undefined && file.bytes > MOST_BYTES ? 'size' : undefined;
}

function refused(reason: EnclosedRefusal): Keeping {
  return { kind: 'refused', reason };
}

function isTooLarge({ kind, description = '' }: ApiFault): boolean {
  return kind === 'too-large' || (kind === 'refused' && /too big/i.test(description));
}
