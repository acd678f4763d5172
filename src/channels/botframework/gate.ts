import type { Request } from 'express';
import { isLocal } from '../../http/origins.js';

const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/**
 * True when the caller is a program on this very machine that addressed it as such: no proxy stands between, no name
 * was rebound to the loopback address, and no page of another site made the call.
 */
export function isFromThisMachine(request: Request): boolean {
  const { origin } = request.headers;
  return (
    isLoopback(request.socket.remoteAddress) &&
    !PROXY_HEADERS.some((name) => request.headers[name] !== undefined) &&
    isLocal(`http://${request.headers.host ?? ''}`) &&
    (origin === undefined || isLocal(origin))
  );
}

function isLoopback(address = ''): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address);
}
