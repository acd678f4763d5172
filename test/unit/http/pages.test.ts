import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { type HttpServer, openHttpServer } from '../../../src/http/http-server.js';
import { createPagesRouter } from '../../../src/http/pages.js';
import { securityHeaders } from '../../../src/http/security-headers.js';

const folder = mkdtempSync(join(tmpdir(), 'pages-'));
const webDir = pathToFileURL(`${folder}/`);
let server: HttpServer;
let url: string;
let telegram: string | undefined;

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<p>{{controllerName}}</p><!--#telegram-->{{telegram}}<!--/telegram-->');
  writeFileSync(join(folder, 'confidentialite.html'), '<p>{{controllerName}} {{retentionDays}}</p>');
  writeFileSync(join(folder, 'accessibilite.html'), '<p>accessible</p>');
  writeFileSync(join(folder, 'widget.js'), 'widget()');
  writeFileSync(join(folder, 'widget-report.js'), 'report()');
  writeFileSync(join(folder, 'page.css'), 'p {}');
  const variables = () => ({ controllerName: '<Ville & "Cie">', retentionDays: '90', telegram });
  const web = express().use(securityHeaders(), createPagesRouter({ webDir, variables }));
  server = await openHttpServer({
    listener: web,
    onUpgrade: (_, socket) => socket.destroy(),
    onClientError: (_, socket) => socket.destroy(),
    port: 0,
    host: '127.0.0.1',
  });
  url = `http://127.0.0.1:${server.port}`;
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Not by fetch, which tells the server to ignore what it holds when it is given such a header. */
function statusOf(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => resolve(response.resume().statusCode)).on('error', reject);
  });
}

describe('the public pages', () => {
  test('are filled in, and what the operator wrote is no markup', async () => {
    const page = await fetch(`${url}/confidentialite`);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await page.text()).toBe('<p>&#60;Ville &#38; &#34;Cie&#34;&#62; 90</p>');
  });

  test('tell at the next view what has become known meanwhile', async () => {
    const before = await fetch(url);
    expect(await before.text()).not.toContain('t.me');
    telegram = 'https://t.me/a_bot';
    const after = await fetch(url);
    expect(await after.text()).toContain('https://t.me/a_bot');
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
  });

  test('go out in no other way', async () => {
    expect((await fetch(`${url}/index.html`)).status).toBe(404);
    expect((await fetch(`${url}/confidentialite.html`)).status).toBe(404);
    expect((await fetch(`${url}/%69ndex.html`)).status).toBe(404);
  });

  test('allow nothing inline and nothing of others', async () => {
    const policy = (await fetch(url)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
  });

  test('are not sent again when unchanged', async () => {
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    expect(await statusOf({ 'if-none-match': etag })).toBe(304);
    expect(await statusOf({ 'if-none-match': '"another"' })).toBe(200);
  });
});

describe('the widget’s scripts', () => {
  test.each([
    ['widget.js', 'widget()'],
    ['widget-report.js', 'report()'],
  ])('%s may be loaded by other sites', async (name, text) => {
    const script = await fetch(`${url}/${name}`);
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(script.headers.get('access-control-allow-origin')).toBe('*');
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(await script.text()).toBe(text);
  });

  test('what stands beside it is for our own pages', async () => {
    expect((await fetch(`${url}/page.css`)).headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });
});

test('a page that needs a variable nobody gives does not start', () => {
  expect(() => createPagesRouter({ webDir, variables: () => ({ telegram }) })).toThrow('controllerName');
});
