/** The token of the link that this page was opened by; absent when there was none. */
export type LinkToken = string | undefined;

/** The window's own `location` and `history`. */
interface Place {
  readonly location: { readonly pathname: string; readonly hash: string };
  readonly history: { replaceState(data: unknown, unused: string, url: string): void };
}

/**
 * Takes the token from the fragment, and the fragment from the address: neither the history nor somebody who looks at the
 * screen gets it. No server has seen it.
 */
export function takeLinkToken({ location, history }: Place): LinkToken {
  if (!hasLinkToken(location)) return undefined;
  const token = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  return token;
}

export function hasLinkToken({ pathname, hash }: Place['location']): boolean {
  return pathname.startsWith('/inbox/lien') && hash.length > 1;
}
