import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Request, type Response, Router, static as serveStatic } from 'express';
import { fillTemplate, type View } from './template.js';

export interface PagesDependencies {
  /** The built pages, widget and assets. */
  readonly webDir: URL;
  /** Fills the pages; read at each call, since some of it is known only while the server runs. */
  readonly variables: () => View;
}

export const HOME_PATH = '/';
export const PRIVACY_PATH = '/confidentialite';
const PAGES = {
  [HOME_PATH]: 'index.html',
  [PRIVACY_PATH]: 'confidentialite.html',
  '/accessibilite': 'accessibilite.html',
};
/** The widget, and what it loads where a report is shown. */
const WIDGET_SCRIPTS = ['widget.js', 'widget-report.js'];
/** A town's page gets a new widget within this time, without asking for it at every view. */
const WIDGET_MAX_AGE_S = 300;

/** The public pages, the widget's scripts and their assets. @throws Error when they have not been built. */
export function createPagesRouter({ webDir, variables }: PagesDependencies): Router {
  const router = Router();
  for (const [path, file] of Object.entries(PAGES)) {
    const html = readFileSync(new URL(file, webDir), 'utf8');
    // A page that cannot be filled in stops the start, not the first visitor.
    fillTemplate(html, variables());
    router.get(path, (request, response) => sendPage(request, response, fillTemplate(html, variables())));
  }

  for (const file of WIDGET_SCRIPTS) {
    const script = readFileSync(new URL(file, webDir));
    const etag = tagOf(script);
    router.get(`/${file}`, (request, response) => {
      // Other sites load it by a script tag; helmet's same-origin default would forbid that.
      response.set('Cross-Origin-Resource-Policy', 'cross-origin').set('Access-Control-Allow-Origin', '*');
      if (isFresh(request, response, etag, `public, max-age=${WIDGET_MAX_AGE_S}`)) return;
      response.type('text/javascript').send(script);
    });
  }

  router.use((request, _, next) => (isServedElsewhere(request.path) ? next('router') : next()));
  router.use(serveStatic(fileURLToPath(webDir), { index: false, extensions: false, maxAge: '1h', dotfiles: 'ignore' }));
  return router;
}

/** A page of ours; caches ask whether it has changed. */
export function sendPage(request: Request, response: Response, html: string): void {
  if (!isFresh(request, response, tagOf(html), 'no-cache')) response.type('html').send(html);
}

/**
 * The pages go out filled in, by the routes above, and in no other way; the delegates' page goes out under its own policy.
 * The path is read as the static files' server reads it.
 */
function isServedElsewhere(path: string): boolean {
  try {
    const name = posix.normalize(decodeURIComponent(path)).toLowerCase();
    return name.endsWith('.html') || name === '/inbox' || name.startsWith('/inbox/');
  } catch {
    // Not an address that anything has.
    return true;
  }
}

function isFresh(request: Request, response: Response, etag: string, cacheControl: string): boolean {
  response.set('ETag', etag).set('Cache-Control', cacheControl);
  if (!request.fresh) return false;
  response.status(304).end();
  return true;
}

function tagOf(content: string | Buffer): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;
}
