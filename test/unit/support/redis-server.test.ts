import { expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { canStartRedis, NEEDS_REDIS_SERVER, startRedisServer } from '../../support/redis-server.js';

(canStartRedis ? it : it.skip)(
  `a Redis of the test’s own answers, falls silent, ends and starts again (${NEEDS_REDIS_SERVER})`,
  async () => {
    const server = await startRedisServer();
    const client = new Redis(server.url, { retryStrategy: () => 20, commandTimeout: 200, maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    try {
      expect(await client.set('a', '1')).toBe('OK');

      server.pause();
      await expect(client.get('a')).rejects.toThrow('timed out');
      server.resume();
      expect(await client.get('a')).toBe('1');

      await server.kill();
      await server.restart();
      expect(await client.get('a')).toBeNull();
      await server.restart();
      server.pause();
      await server.stop();
    } finally {
      client.disconnect();
      await server.close();
    }
  },
);
