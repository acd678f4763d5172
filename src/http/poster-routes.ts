import { readFileSync } from 'node:fs';
import { Router } from 'express';
import { sendPage } from './pages.js';
import { type PosterSources, posterView } from './poster.js';
import { fillTemplate } from './template.js';

export interface PosterDependencies {
  /** The built pages. */
  readonly webDir: URL;
  /** Read at each call: facts are edited, and the bot is known only once Telegram has answered. */
  readonly sources: () => PosterSources;
}

export const POSTER_PATH = '/affiche';

/** `GET /affiche`: the page to be printed for where residents are received. @throws Error when it has not been built. */
export function createPosterRouter({ webDir, sources }: PosterDependencies): Router {
  const html = readFileSync(new URL('affiche.html', webDir), 'utf8');
  const fill = () => fillTemplate(html, posterView(sources()));
  // A page that cannot be filled in stops the start, not the first visitor.
  fill();
  return Router().get(POSTER_PATH, (request, response) => sendPage(request, response, fill()));
}
