import type { Request } from 'express';
import type { Origins } from '../http/origins.js';
import { Refusal } from '../http/refusal.js';

/** The header that a page of another site cannot send without asking; forms and links cannot send it at all. */
export const PAGE_HEADER = 'x-permanence';
/** `background`: a call that the page makes by itself, which does not show that somebody is there. */
const PAGE_VALUES = new Set(['inbox', 'background']);

const SAFE_METHODS = new Set(['GET', 'HEAD']);

/**
 * Lets only our own page call (OWASP, Cross-Site Request Forgery Prevention): besides the cookie's `SameSite=Strict`,
 * what the browser says of where a call comes from (Fetch Metadata, else Origin), and a header of our own.
 * @throws Refusal `CrossSiteRequest`.
 */
export function checkOrigin(request: Request, origins: Pick<Origins, 'baseUrl'>): void {
  const site = request.get('sec-fetch-site');
  if (SAFE_METHODS.has(request.method)) {
    // `none`: typed into the address bar, or a download.
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Refusal('CrossSiteRequest');
    return;
  }
  const isOurs =
    site === undefined ? request.get('origin') === new URL(origins.baseUrl(request)).origin : site === 'same-origin';
  if (!isOurs || !PAGE_VALUES.has(request.get(PAGE_HEADER) ?? '')) throw new Refusal('CrossSiteRequest');
}

export function isInBackground(request: Request): boolean {
  return request.get(PAGE_HEADER) === 'background';
}
