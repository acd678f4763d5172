import { isIP } from 'node:net';
import type { RedisOptions } from 'ioredis';

/** Of a connection; the shape of answers is left as it is. */
export type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>;

/**
 * Where the URL leads: `redis[s]://[user][:password@]host[:port][/database]`. Whatever else it holds is left aside, so that
 * it sets none of the client's options.
 */
export function readRedisUrl(text: string): ConnectionOptions {
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const database = Number.parseInt(url.pathname.slice(1), 10);
  return {
    host,
    ...(url.port !== '' && { port: Number(url.port) }),
    ...(url.username !== '' && { username: decoded(url.username) }),
    ...(url.password !== '' && { password: decoded(url.password) }),
    ...(Number.isInteger(database) && { db: database }),
    // A certificate is checked against the name, which servers with several of them want to be told.
    ...(url.protocol === 'rediss:' && { tls: isIP(host) === 0 ? { servername: host } : {} }),
  };
}

/** A password with a bare per cent sign is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
