import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer } from './browser-fake-server.js';

/** A site of somebody else's, on an origin of its own, that carries the widget. */
export interface HostSite {
  readonly url: string;
  close(): Promise<void>;
}

export interface HostPage {
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startHostSite(page: HostPage): Promise<HostSite> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // Another name than the widget's server: another origin, and another storage.
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () => closeServer(server, new Set()),
  };
}

/** `attributes` go onto the script tag. */
export function plainHost(server: string, attributes = ''): HostPage {
  return {
    html: document({ server, attributes, body: '<main><h1>Un site</h1><p><a href="/autre">Suite</a></p></main>' }),
  };
}

/** Nothing inline, nothing from elsewhere but the widget's server; scripts may not even assign markup. */
export function strictHost(server: string): HostPage {
  const socket = server.replace('http', 'ws');
  const policy = `default-src 'none'; script-src ${server}; connect-src ${server} ${socket}; require-trusted-types-for 'script'`;
  return { ...plainHost(server), headers: { 'content-security-policy': policy } };
}

/** A site whose styles hide, move, mirror and disfigure everything, under a cover of the highest stacking order. */
export function hostileHost(server: string): HostPage {
  const style = `
    html { font-size: 40px }
    * { color: #f0f !important; font-family: fantasy !important; letter-spacing: 8px !important;
        text-transform: uppercase !important; line-height: 3 !important }
    permanence-widget, body > * { all: unset !important; display: none !important; visibility: hidden !important;
        opacity: 0 !important; position: static !important; transform: scale(3) !important; zoom: 2 !important;
        pointer-events: none !important; direction: rtl !important }
    button, input, textarea, a, p, h2 { display: none !important; font-size: 90px !important }
    .cover { display: block !important; visibility: visible !important; opacity: 1 !important; transform: none !important;
        zoom: 1 !important; position: fixed !important; inset: 0 0 50% 0; background: #eee !important;
        z-index: 2147483647 !important; pointer-events: auto !important }`;
  return { html: document({ server, style, direction: 'rtl', body: '<div class="cover">غلاف</div>' }) };
}

/** A site with a bar of 90 px fixed to the bottom, which a click removes. */
export function barHost(server: string): HostPage {
  const style = '#bar { position: fixed; inset: auto 0 0 0; height: 90px; background: #ddd }';
  const bar = `<div id="bar"><button type="button" onclick="this.parentElement.remove()">Refuser</button></div>`;
  return { html: document({ server, style, body: `<main><h1>Un site</h1></main>${bar}` }) };
}

interface Parts {
  readonly server: string;
  readonly body: string;
  readonly attributes?: string;
  readonly style?: string;
  readonly direction?: string;
}

function document({ server, body, attributes = '', style, direction = 'ltr' }: Parts): string {
  return `<!doctype html>
<html lang="fr" dir="${direction}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Un site</title>
    ${style ? `<style>${style}</style>` : ''}
    <script src="${server}widget.js" defer ${attributes}></script>
  </head>
  <body>${body}</body>
</html>`;
}
