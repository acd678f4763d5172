/** The token of the link that this page was opened by; absent when there was none. */
export type LinkToken = string | undefined;

interface Place {
  readonly location: Pick<Location, 'pathname' | 'hash'>;
  readonly history: Pick<History, 'replaceState'>;
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
