import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';

export interface PublicAddress {
  /** Without a trailing slash. It wins over what requests say. */
  readonly publicUrl?: string;
  /** Proxies in front of the server; over 0, their X-Forwarded-Proto and -Host are believed. */
  readonly trustProxy: number;
}

export interface Origins {
  /** Where this request's client reaches the server: `https://host[:port]`, without a trailing slash. */
  baseUrl(request: IncomingMessage): string;
  /** True without an Origin (it is no browser), for this server's own, for localhost, and for those of the list. */
  isAllowed(request: IncomingMessage): boolean;
}

const HOST = /^[\w.-]+(:\d{1,5})?$|^\[[\da-fA-F:.]+\](:\d{1,5})?$/;
const LOCAL_HOSTNAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

export function createOrigins(address: PublicAddress & { readonly allowed: readonly string[] }): Origins {
  const allowed = new Set([...address.allowed, ...(address.publicUrl ? [new URL(address.publicUrl).origin] : [])]);
  return {
    baseUrl: (request) => address.publicUrl ?? requestedBaseUrl(request, address.trustProxy > 0),
    isAllowed(request) {
      const { origin } = request.headers;
      if (origin === undefined || allowed.has(origin)) return true;
      // Browsers set this header themselves, so it holds behind a proxy that changes Host as well.
      if (request.headers['sec-fetch-site'] === 'same-origin') return true;
      return isLocal(origin) || origin === requestedBaseUrl(request, address.trustProxy > 0);
    },
  };
}

/** True for a page or a service of the very machine: `http(s)://localhost`, `127.0.0.1` or `[::1]`, any port. */
export function isLocal(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && LOCAL_HOSTNAMES.has(hostname);
}

function requestedBaseUrl(request: IncomingMessage, believesProxy: boolean): string {
  const forwarded = (name: string): string | undefined =>
    believesProxy ? firstValue(request.headers[name]) : undefined;
  const isSecure = (request.socket as Partial<TLSSocket>).encrypted === true;
  const protocol = forwarded('x-forwarded-proto') ?? (isSecure ? 'https' : 'http');
  const host = forwarded('x-forwarded-host') ?? request.headers.host ?? '';
  return `${protocol === 'https' ? 'https' : 'http'}://${HOST.test(host) ? host : 'localhost'}`;
}

function firstValue(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(',')[0]?.trim() || undefined;
}
