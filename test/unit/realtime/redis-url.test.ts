import { expect, test } from '@jest/globals';
import { readRedisUrl } from '../../../src/realtime/redis-url.js';

test.each([
  ['redis://localhost', { host: 'localhost' }],
  ['redis://127.0.0.1:6380/2', { host: '127.0.0.1', port: 6380, db: 2 }],
  ['redis://[::1]:6379', { host: '::1', port: 6379 }],
  ['redis://:a%40b@redis.exemple.fr', { host: 'redis.exemple.fr', password: 'a@b' }],
  ['redis://app:100%@redis.exemple.fr', { host: 'redis.exemple.fr', username: 'app', password: '100%' }],
  ['rediss://redis.exemple.fr', { host: 'redis.exemple.fr', tls: { servername: 'redis.exemple.fr' } }],
  ['rediss://192.0.2.1', { host: '192.0.2.1', tls: {} }],
  ['redis://h/0?enableOfflineQueue=true&path=/tmp/x', { host: 'h', db: 0 }],
])('%s', (url, options) => {
  expect(readRedisUrl(url)).toEqual(options);
});
