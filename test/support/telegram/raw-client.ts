import { isRecord } from './parameters.js';
import type { FakeTelegram, Json, JsonRecord } from './types.js';

/** How parameters are sent (https://core.telegram.org/bots/api#making-requests). */
export type Encoding = 'json' | 'form' | 'multipart' | 'query';

export interface RawAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: JsonRecord;
}

/** Calls a method by fetch alone. */
export async function callRaw(
  server: Pick<FakeTelegram, 'url' | 'token'>,
  method: string,
  parameters: JsonRecord = {},
  { encoding = 'json', token = server.token }: { readonly encoding?: Encoding; readonly token?: string } = {},
): Promise<RawAnswer> {
  const address = `${server.url}/bot${token}/${method}`;
  const flat = Object.entries(parameters).map(([name, value]): [string, string] => [name, toText(value)]);
  const response = await send(address, parameters, flat, encoding);
  const body = (await response.json()) as Json;
  if (!isRecord(body)) throw new Error('an answer that is no object');
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
}

const toText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function send(address: string, json: JsonRecord, flat: [string, string][], encoding: Encoding): Promise<Response> {
  if (encoding === 'query') return fetch(`${address}?${new URLSearchParams(flat)}`);
  if (encoding === 'form') return fetch(address, { method: 'POST', body: new URLSearchParams(flat) });
  if (encoding === 'multipart') {
    const form = new FormData();
    for (const [name, value] of flat) form.set(name, value);
    return fetch(address, { method: 'POST', body: form });
  }
  const headers = { 'content-type': 'application/json' };
  return fetch(address, { method: 'POST', headers, body: JSON.stringify(json) });
}

/** The description of a refusal, after its status. */
export async function refusalOf(
  server: Pick<FakeTelegram, 'url' | 'token'>,
  method: string,
  parameters: JsonRecord = {},
): Promise<string> {
  const { status, body } = await callRaw(server, method, parameters);
  if (body.ok !== false || body.error_code !== status) throw new Error('a call that was to be refused was not');
  return `${status} ${body.description}`;
}

/** @throws if it is refused. */
export async function resultOf<Result = JsonRecord>(
  server: Pick<FakeTelegram, 'url' | 'token'>,
  method: string,
  parameters: JsonRecord = {},
): Promise<Result> {
  const { body } = await callRaw(server, method, parameters);
  if (body.ok !== true) throw new Error(String(body.description));
  return body.result as Result;
}
