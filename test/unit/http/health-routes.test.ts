import { describe, expect, test } from '@jest/globals';
import express from 'express';
import { createHealthRouter, type HealthDependencies } from '../../../src/http/health-routes.js';
import { openHttpServer } from '../../../src/http/http-server.js';

async function ask(path: string, deps: Partial<HealthDependencies>): Promise<{ status: number; body: unknown }> {
  const router = createHealthRouter({
    ping: async () => undefined,
    isStopping: () => false,
    processes: () => 'sole',
    ...deps,
  });
  const server = await openHttpServer({
    listener: express().use(router),
    onUpgrade: (_, socket) => socket.destroy(),
    onClientError: (_, socket) => socket.destroy(),
    port: 0,
    host: '127.0.0.1',
  });
  try {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { connection: 'close' } });
    return { status: response.status, body: await response.json() };
  } finally {
    await server.close();
  }
}

describe('/readyz', () => {
  test('says nothing of Telegram where there is no bot', async () => {
    expect(await ask('/readyz', {})).toEqual({ status: 200, body: { status: 'ready', processes: 'alone' } });
  });

  test.each(['running', 'token-refused', 'unreachable'])('stays ready while Telegram is %s', async (state) => {
    const told = await ask('/readyz', { telegram: () => state });
    expect(told).toEqual({ status: 200, body: { status: 'ready', processes: 'alone', telegram: state } });
  });

  test.each([
    ['sole', 'alone'],
    ['together', 'together'],
    ['apart', 'apart'],
  ] as const)('stays ready while processes are %s', async (state, word) => {
    expect(await ask('/readyz', { processes: () => state })).toEqual({
      status: 200,
      body: { status: 'ready', processes: word },
    });
  });

  test('is not ready without a database, or once it stops', async () => {
    const away = await ask('/readyz', { ping: () => Promise.reject(new Error('away')) });
    expect(away).toEqual({ status: 503, body: { status: 'storage-unavailable', processes: 'alone' } });
    const stopping = await ask('/readyz', { isStopping: () => true });
    expect(stopping).toEqual({ status: 503, body: { status: 'stopping', processes: 'alone' } });
  });
});
