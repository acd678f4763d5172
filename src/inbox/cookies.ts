import type { Request, Response } from 'express';

const NAME = 'permanence';
/** RFC 6265bis, 4.1.3.2: only this very host can have set it, over https, for every path. */
const SECURE_NAME = `__Host-${NAME}`;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Over which scheme the browser sees us. */
export interface CookieScheme {
  readonly isSecure: boolean;
}

/** @param baseUrl where the client reaches us. A page of https tells so by its origin, also behind a proxy that does not. */
export function schemeOf(request: Request, baseUrl: string): CookieScheme {
  return { isSecure: baseUrl.startsWith('https:') || request.get('origin')?.startsWith('https:') === true };
}

export function readSessionToken(request: Request, { isSecure }: CookieScheme): string | undefined {
  const cookies = parse(request.headers.cookie ?? '');
  // Over http, as on one's own machine, no browser keeps a cookie with the prefix.
  const token = cookies.get(SECURE_NAME) ?? (isSecure ? undefined : cookies.get(NAME));
  return token !== undefined && TOKEN.test(token) ? token : undefined;
}

/** @param maxAgeSeconds until the session is over at the latest. */
export function writeSessionToken(
  response: Response,
  token: string,
  { isSecure, maxAgeSeconds }: CookieScheme & { readonly maxAgeSeconds: number },
): void {
  response.append('Set-Cookie', line(token, isSecure, maxAgeSeconds));
}

export function clearSessionToken(response: Response, { isSecure }: CookieScheme): void {
  response.append('Set-Cookie', line('', isSecure, 0));
}

export const SESSION_COOKIE = SECURE_NAME;

function line(token: string, isSecure: boolean, maxAge: number): string {
  const name = isSecure ? SECURE_NAME : NAME;
  return `${name}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${isSecure ? '; Secure' : ''}`;
}

/** The first of each name, as browsers send the most specific one first (RFC 6265, 5.4). */
function parse(header: string): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim());
  }
  return cookies;
}
