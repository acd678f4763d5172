import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type RequestHandler, Router, static as serveStatic } from 'express';
import helmet from 'helmet';
import { answerNotFound } from '../http/error-handler.js';

export const INBOX_PATH = '/inbox';
/** Below it, files have their content's hash in their name. */
const ASSETS = '/assets';
const SERVICE_WORKER = '/sw.js';
const YEAR_S = 31_536_000;

/**
 * The delegates' page, from `dist/web/inbox/`: one document for every address below `/inbox`, its assets, its service
 * worker, manifest and offline page. @throws Error when it has not been built.
 */
export function createInboxPageRouter({ webDir }: { readonly webDir: URL }): Router {
  const folder = new URL('inbox/', webDir);
  const page = readFileSync(new URL('index.html', folder), 'utf8');
  const router = Router();
  router.use(inboxHeaders());
  router.use(ASSETS, createCompressed(new URL('assets/', folder)));
  router.use(
    ASSETS,
    serveStatic(fileURLToPath(new URL('assets/', folder)), {
      immutable: true,
      maxAge: YEAR_S * 1000,
      index: false,
      redirect: false,
    }),
    answerNotFound,
  );
  // The service worker is asked for anew each time: an old one would keep showing an old page.
  router.use(
    serveStatic(fileURLToPath(folder), {
      index: false,
      extensions: false,
      dotfiles: 'ignore',
      maxAge: 0,
      // `/inbox` itself is the page: a redirection to its folder would come under another policy than the page's.
      redirect: false,
      setHeaders: (response, path) => {
        // Its own folder would leave out `/inbox` itself, which has no slash at its end.
        if (path.endsWith(SERVICE_WORKER)) response.setHeader('Service-Worker-Allowed', INBOX_PATH);
      },
    }),
  );
  router.get('/{*path}', (_request, response) => {
    response.set('Cache-Control', 'no-cache').type('html').send(page);
  });
  return router;
}

/**
 * Scripts and styles compressed, each once: over a mobile line the first page comes three times faster, with or without a
 * proxy in front. Whoever takes no gzip gets the file as it is, from the next handler.
 */
function createCompressed(assets: URL): RequestHandler {
  const names = new Set(readdirSync(assets).filter((name) => /\.(js|css)$/.test(name)));
  const compressed = new Map<string, Buffer>();
  return (request, response, next) => {
    const name = request.path.slice(1);
    response.vary('Accept-Encoding');
    if (!['GET', 'HEAD'].includes(request.method) || !names.has(name) || !request.acceptsEncodings('gzip'))
      return next();
    const body = compressed.get(name) ?? gzipSync(readFileSync(new URL(name, assets)), { level: 9 });
    compressed.set(name, body);
    response
      .set({ 'Content-Encoding': 'gzip', 'Cache-Control': `public, max-age=${YEAR_S}, immutable` })
      .type(name.endsWith('.js') ? 'text/javascript' : 'text/css')
      .send(body);
  };
}

/**
 * As strict as the public pages. Argon2id runs as WebAssembly, and in a worker; the alarm has a sound. No other page gets
 * these three.
 */
function inboxHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        mediaSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  });
}
