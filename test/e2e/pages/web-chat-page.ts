import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { type Site, startSite } from '../../support/e2e-site.js';

const BUNDLES = join(import.meta.dirname, '..', '..', '..', 'node_modules', 'botframework-webchat', 'dist');

/** `webchat-minimal.js` is the smallest, and has no cards. */
export type Bundle = 'webchat-minimal.js' | 'webchat.js';

/** A site that shows `botframework-webchat`, exactly as npm delivers it, with a conversation of the server's. */
export interface WebChatSite {
  address(options: { readonly bundle: Bundle; readonly isPolling: boolean }): string;
  close(): Promise<void>;
}

export async function startWebChatSite(server: string): Promise<WebChatSite> {
  const bundle = (name: Bundle) => ({ type: 'text/javascript', body: readFileSync(join(BUNDLES, name)) }) as const;
  const page = (name: Bundle) => ({ type: 'text/html; charset=utf-8', body: pageWith(name) }) as const;
  const site: Site = await startSite({
    '/webchat-minimal.js': bundle('webchat-minimal.js'),
    '/webchat.js': bundle('webchat.js'),
    '/webchat-minimal.js/': page('webchat-minimal.js'),
    '/webchat.js/': page('webchat.js'),
    '/start.js': { type: 'text/javascript', body: startScript(server) },
  });
  return {
    address: ({ bundle: name, isPolling }) => `${site.url}${name}/${isPolling ? '?polling' : ''}`,
    close: site.close,
  };
}

/** Web Chat as a person finds it. */
export interface WebChatPage {
  readonly log: Locator;
  /** The dots that say that somebody writes. */
  readonly typingDots: Locator;
  /** Waits until the text is in the log. */
  sees(text: string | RegExp): Promise<void>;
  /** Types into the send box and presses Enter. */
  ask(text: string): Promise<void>;
  /** The suggested answers, in order. */
  suggestions(): Promise<readonly string[]>;
  press(suggestion: string): Promise<void>;
  /** A card's button, which opens a link. */
  cardButton(name: string): Locator;
  /** How each sent message fares, once none is on its way any more: `sent`, or `send failed`. */
  deliveries(): Promise<readonly string[]>;
}

export function webChatOn(page: Page): WebChatPage {
  const log = page.locator('.webchat__basic-transcript');
  const suggestions = page.getByRole('toolbar', { name: 'Actions suggérées' }).getByRole('button');
  return {
    log,
    typingDots: log.locator('.webchat__typing-indicator'),
    sees: (text) => log.getByText(text).last().waitFor(),
    async ask(text) {
      const box = page.getByRole('textbox');
      await box.fill(text);
      await box.press('Enter');
    },
    suggestions: () => suggestions.allTextContents(),
    press: (suggestion) => suggestions.filter({ hasText: suggestion }).click(),
    cardButton: (name) => log.locator('.ac-pushButton').filter({ hasText: name }),
    async deliveries() {
      const states = `store.getState().activities.filter(({ from }) => from.role === 'user')
        .map(({ channelData }) => channelData.state)`;
      await page.waitForFunction(`${states}.every((state) => state !== 'sending')`);
      return page.evaluate<string[]>(states);
    },
  };
}

function pageWith(bundle: Bundle): string {
  return `<!doctype html>
<html lang="fr">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Un site avec Web Chat</title>
    <link rel="icon" href="data:,">
    <style>html, body, #chat { height: 100%; margin: 0 }</style>
  </head>
  <body>
    <main id="chat"></main>
    <script src="/${bundle}"></script>
    <script src="/start.js"></script>
  </body>
</html>`;
}

function startScript(server: string): string {
  return `(async () => {
    const answer = await fetch('${server}/api/widget/session', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}',
    });
    const { token } = await answer.json();
    const webSocket = location.search !== '?polling';
    window.store = WebChat.createStore();
    WebChat.renderWebChat({
      directLine: WebChat.createDirectLine({ domain: '${server}/v3/directline', token, webSocket }),
      store: window.store,
      locale: 'fr-FR',
    }, document.getElementById('chat'));
  })()`;
}
