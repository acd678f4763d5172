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
  const token = location.hash.slice(1);
  if (!location.pathname.startsWith('/inbox/lien') || token === '') return undefined;
  history.replaceState(null, '', location.pathname);
  return token;
}
