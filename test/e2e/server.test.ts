import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { openChat } from '../support/chat-client.js';
import { IS_THOROUGH } from '../support/depth.js';
import { makeDataDir, runServer, type ServerProcess, startServerProcess } from '../support/server-process.js';

const data = makeDataDir();
const running: ServerProcess[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop('SIGKILL');
});
afterAll(data.remove);

async function start(env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServerProcess({ dataDir: data.path, env });
  running.push(server);
  return server;
}

async function runToEnd(env: Record<string, string>): Promise<{ code: number | string | null; output: string }> {
  const run = runServer({ DATA_DIR: data.path, ...env });
  const code = await run.exit;
  return { code, output: run.output() };
}

describe('the server as an operator starts it', () => {
  test('says in French where to go, and answers there', async () => {
    const server = await start();
    expect(server.output()).toMatch(/Permanence est prêt/);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ status: 'ready', processes: 'alone' });
    const page = await fetch(server.url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('widget.js');
  });

  test('keeps its data in DATA_DIR, readable by nobody else', async () => {
    await start();
    expect(statSync(join(data.path, 'data.key')).mode & 0o077).toBe(0);
    expect(statSync(data.path).mode & 0o077).toBe(0);
  });

  test('answers a resident with the real place', async () => {
    const chat = await openChat((await start()).url);
    expect((await chat.ask('où se trouve la permanence ?')).join('\n')).toContain('7/9 rue Picasso');
  });

  test('a conversation is still there after a restart', async () => {
    const first = await start();
    const chat = await openChat(first.url);
    await chat.ask('bonjour');
    const before = await chat.transcript();
    expect(await first.stop()).toBe(0);
    const second = await startServerProcess({ dataDir: data.path, port: first.port });
    running.push(second);
    expect(await chat.transcript()).toEqual(before);
  });
});

describe('SIGTERM', () => {
  test('finishes the turns under way, exits 0, which it does within 10 s or not at all, and loses nothing it acknowledged', async () => {
    const server = await start();
    const chats = await Promise.all(Array.from({ length: 10 }, () => openChat(server.url)));
    const sends = chats.flatMap((chat) =>
      ['bonjour', 'où ?', 'quand ?'].map((text, index) => chat.post(text, `k${index}`).catch(() => ({ status: 0 }))),
    );
    const stopped = server.stop('SIGTERM');
    const statuses = (await Promise.all(sends)).map(({ status }) => status);
    expect(await stopped).toBe(0);

    const again = await startServerProcess({ dataDir: data.path, port: server.port });
    running.push(again);
    const transcripts = await Promise.all(chats.map((chat) => chat.transcript()));
    const stored = transcripts.flat().filter((activity) => activity.channelData?.author === 'resident').length;
    expect(stored).toBeGreaterThanOrEqual(statuses.filter((status) => status === 200).length);
  });
});

describe('npm start', () => {
  test('a SIGTERM to npm stops the server, though the shell between them does not pass it on', async () => {
    const folder = makeDataDir();
    const child = spawn('npm', ['start'], {
      cwd: join(import.meta.dirname, '..', '..'),
      env: { ...process.env, PORT: '0', DATA_DIR: folder.path },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    for await (const chunk of child.stdout) {
      output += chunk;
      if (/localhost:\d+/.test(output)) break;
    }
    const [url = ''] = output.match(/http:\/\/localhost:\d+/) ?? [];
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    child.kill('SIGTERM');
    await untilRefused(url);
    folder.remove();
  });
});

/** Resolves once nothing listens there any more; the test's own limit ends the wait otherwise. */
async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (!answer) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('what the operator has to mend', () => {
  test('a wrong configuration: one message with every fault, exit code 78', async () => {
    const { code, output } = await runToEnd({ PORT: 'x', DATA_KEY: 'court', LOG_LEVEL: 'bavard' });
    expect(code).toBe(78);
    expect(output).toMatch(/PORT .*\n.*DATA_KEY .*\n.*LOG_LEVEL /);
    expect(output).not.toMatch(/at .*\.(js|ts):\d/);
  });

  test('a port that is taken', async () => {
    const server = await start();
    const { code, output } = await runToEnd({ PORT: String(server.port), DATA_DIR: `${data.path}-autre` });
    expect(code).toBe(78);
    expect(output).toMatch(/port est déjà pris/);
  });

  test('a data folder that is a file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'permanence-')), 'fichier');
    writeFileSync(file, '');
    const { code, output } = await runToEnd({ PORT: '0', DATA_DIR: file });
    expect(code).toBe(78);
    expect(output).toMatch(/DATA_DIR/);
  });

  // It is waited for half a minute; with another exit code, so that a later start is tried.
  (IS_THOROUGH ? test : test.skip)(
    'a database that does not answer',
    async () => {
      const { code, output } = await runToEnd({
        PORT: '0',
        MONGODB_URI: 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300',
      });
      expect(code).toBe(75);
      expect(output).toMatch(/waited for/);
      expect(output).toMatch(/La base de données ne répond pas/);
    },
    60_000,
  );

  test('a data key that is not the one of the database', async () => {
    const server = await start();
    await server.stop();
    const { code, output } = await runToEnd({ PORT: '0', DATA_KEY: 'ab'.repeat(32) });
    expect(code).toBe(78);
    expect(output).toMatch(/clé/);
    expect(existsSync(join(data.path, 'data.key'))).toBe(true);
  });
});

describe('what residents write', () => {
  test('reaches no line of the output, even at the most talkative level', async () => {
    const server = await start({ LOG_LEVEL: 'debug' });
    const chat = await openChat(server.url);
    await chat.ask('canari-7431 où est la permanence');
    await chat.post('canari-7431', 'x'.repeat(5000));
    await fetch(`${server.url}/v3/directline/conversations/${chat.conversationId}/activities`, {
      method: 'POST',
      headers: { authorization: `Bearer ${chat.token}`, 'content-type': 'application/json' },
      body: '{"type":"message","text":"canari-7431',
    });
    await server.stop();
    expect(server.output()).not.toContain('canari');
    expect(server.output()).not.toContain(chat.token);
  });
});
