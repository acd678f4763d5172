import type { RequestHandler } from 'express';
import type { Origins } from './origins.js';

/** Chromium remembers a preflight for two hours at most. */
const PREFLIGHT_SECONDS = 7200;

/** What `botframework-directlinejs` sends; without `x-requested-with` none of its calls passes a preflight. */
const ALLOWED_HEADERS = 'authorization, content-type, x-ms-bot-agent, x-requested-with';

/**
 * Lets browsers of the allowed origins read the answers. There are no cookies, so an origin that is not allowed is
 * left to its browser; routes that must refuse it outright do so themselves.
 */
export function createCors(origins: Origins, methods: string): RequestHandler {
  return (request, response, next) => {
    response.vary('Origin');
    response.set('Cache-Control', 'no-store');
    const { origin } = request.headers;
    if (origin !== undefined && origins.isAllowed(request)) {
      response.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After' });
    }
    if (request.method !== 'OPTIONS') return next();
    response.set({
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': ALLOWED_HEADERS,
      'Access-Control-Max-Age': `${PREFLIGHT_SECONDS}`,
    });
    return response.status(204).end();
  };
}
