import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RefusalCode } from './messages.js';
import { problemBody } from './problem.js';
import { problemOf } from './refusal.js';

/** The `code` of a `clientError` of node:http. */
const CLIENT_ERRORS: Readonly<Record<string, RefusalCode>> = {
  HPE_HEADER_OVERFLOW: 'HeadersTooLarge',
  ERR_HTTP_REQUEST_TIMEOUT: 'RequestTimeout',
};

/** Refuses an upgrade: there is no `Response` yet, only the socket. */
export function refuseUpgrade(socket: Duplex, code: RefusalCode): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf(code);
  const body = problemBody(problem);
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
      'Connection: close',
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

/** For `server.on('clientError', …)`: what the parser refused gets a problem too. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET') socket.destroy();
  else refuseUpgrade(socket, CLIENT_ERRORS[error.code ?? ''] ?? 'InvalidRequest');
}
