import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

export interface RawRequest {
  readonly method?: string;
  /** As it goes over the line: nothing of it is normalised. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Names and values as they came, one after the other. */
  readonly rawHeaders: readonly string[];
  readonly text: string;
  /** Of a problem document. */
  readonly code: string | undefined;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** One request, exactly as given: browsers and `fetch` would tidy it up. */
export function send(port: number, { method = 'GET', path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port, method, path, agent, headers: { ...length, ...given } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const { statusCode: status = 0, headers: answered, rawHeaders } = response;
          resolve({ status, headers: answered, rawHeaders, text, code: codeIn(text, answered) });
        });
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

/** Bytes over a socket; resolves with everything that was answered once the server closes. */
export function sendBytes(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

/** Everything of an answer that an attacker can compare, without what differs by the hour. */
export function visible({ status, headers, text }: RawAnswer): object {
  const { date: _date, etag: _etag, 'set-cookie': _cookie, ...rest } = headers;
  return { status, headers: rest, text };
}

function codeIn(text: string, headers: IncomingHttpHeaders): string | undefined {
  if (!headers['content-type']?.startsWith('application/problem+json')) return undefined;
  return text === '' ? '' : (JSON.parse(text) as { code: string }).code;
}
