import { CALLS } from './paths.js';
import { ApiProblem, isAbort, localProblem } from './problem.js';
import type { Answer, Arguments, CallName } from './types.js';

export const API_BASE = '/api/inbox';
const TIMEOUT_MS = 20_000;
/** A file of 5 MB over a slow mobile line. */
const FILE_TIMEOUT_MS = 180_000;
/** The page's own calls carry it; another site cannot add it without asking (CORS), so it proves where a call is from. */
const OWN_HEADER = 'X-Permanence';

export interface ClientDependencies {
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs?: number;
  /** Told of every refusal, before the caller is: this is how the page learns that its session is over. */
  readonly onProblem?: (problem: ApiProblem) => void;
}

/**
 * Makes one call of the delegates' API. `params` fill the path, `query` the address.
 * @throws ApiProblem as the server refused it, or with the code `Offline`, `Timeout` or `UnexpectedAnswer`.
 * @throws DOMException `AbortError` when `signal` ended it.
 */
export type Call = <Name extends CallName>(name: Name, ...args: Arguments<Name>) => Promise<Answer<Name>>;

interface LooseInput {
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly isBackground?: boolean | undefined;
}

export function createClient({ fetch, timeoutMs = TIMEOUT_MS, onProblem }: ClientDependencies): Call {
  return async <Name extends CallName>(name: Name, ...args: Arguments<Name>) => {
    const [input = {}, signal] = args as [LooseInput?, AbortSignal?];
    const timeout = AbortSignal.timeout(name === 'readAttachment' ? FILE_TIMEOUT_MS : timeoutMs);
    try {
      const response = await fetch(addressOf(name, input), {
        ...requestOf(name, input),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      return (await readAnswer(response)) as Answer<Name>;
    } catch (fault) {
      if (signal?.aborted && !(fault instanceof ApiProblem)) throw fault;
      const problem = fault instanceof ApiProblem ? fault : networkProblem(fault, timeout);
      onProblem?.(problem);
      throw problem;
    }
  };
}

/** The events of the page's session, as `CustomEvent<ApiProblem>` of the type `problem`. */
export const problems = new EventTarget();

export const call: Call = createClient({
  fetch: (...args) => globalThis.fetch(...args),
  onProblem: (problem) => problems.dispatchEvent(new CustomEvent('problem', { detail: problem })),
});

function addressOf(name: CallName, { params = {}, query = {} }: LooseInput): string {
  const path = CALLS[name][1].replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([key, value]): [string, string] => [key, String(value)])).toString();
  return `${API_BASE}${path}${search && `?${search}`}`;
}

function requestOf(name: CallName, { body, isBackground = false }: LooseInput): RequestInit {
  return {
    method: CALLS[name][0],
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error',
    headers: {
      [OWN_HEADER]: isBackground ? 'background' : 'inbox',
      Accept: 'application/json, application/problem+json, text/*, image/jpeg, application/pdf',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

async function readAnswer(response: Response): Promise<unknown> {
  if (!response.ok) throw await problemOf(response);
  const type = response.headers.get('Content-Type') ?? '';
  if (type.startsWith('application/json')) return parse(await response.text(), response.status);
  if (/^text\/(plain|csv)/.test(type)) return { text: await response.text(), fileName: fileNameOf(response) };
  if (/^(image\/jpeg|application\/pdf)$/.test(type))
    return { blob: await response.blob(), fileName: fileNameOf(response) };
  throw localProblem('UnexpectedAnswer', undefined, response.status);
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const problem = parse(await response.text(), response.status);
  if (!isProblem(problem)) return localProblem('UnexpectedAnswer', undefined, response.status);
  return new ApiProblem({ status: response.status, code: problem.code, detail: problem.detail });
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (fault) {
    throw localProblem('UnexpectedAnswer', fault, status);
  }
}

function isProblem(value: unknown): value is { code: string; detail: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'detail' in value &&
    typeof value.detail === 'string'
  );
}

function fileNameOf(response: Response): string {
  const disposition = response.headers.get('Content-Disposition') ?? '';
  return /filename="([^"]+)"/.exec(disposition)?.[1] ?? 'permanence.txt';
}

function networkProblem(fault: unknown, timeout: AbortSignal): ApiProblem {
  return localProblem(timeout.aborted || isAbort(fault) ? 'Timeout' : 'Offline', fault);
}
