/** The pages and their addresses; `conversation` is the queue with a conversation beside it. */
export type Route =
  | { readonly name: Exclude<RouteName, 'conversation'> }
  | { readonly name: 'conversation'; readonly id: string };

export type RouteName = keyof typeof ADDRESSES | 'conversation' | 'unknown';

const ADDRESSES = {
  queue: '/inbox',
  past: '/inbox/passees',
  search: '/inbox/recherche',
  team: '/inbox/equipe',
  hours: '/inbox/horaires',
  facts: '/inbox/informations',
  weekly: '/inbox/semaine',
  audit: '/inbox/journal',
  alarm: '/inbox/alarme',
  account: '/inbox/compte',
  link: '/inbox/lien',
} as const;

/** `addressOf({ name: 'conversation', id })` */
export function addressOf(route: Route): string {
  if (route.name === 'conversation') return `/inbox/c/${encodeURIComponent(route.id)}`;
  return route.name === 'unknown' ? ADDRESSES.queue : ADDRESSES[route.name];
}

export function routeOf(pathname: string): Route {
  const path = pathname.replace(/\/+$/, '');
  const id = /^\/inbox\/c\/([^/]+)$/.exec(path)?.[1];
  if (id !== undefined) return conversationRoute(id);
  const found = Object.entries(ADDRESSES).find(([, address]) => address === path)?.[0];
  return { name: (found ?? 'unknown') as keyof typeof ADDRESSES | 'unknown' };
}

function conversationRoute(encoded: string): Route {
  try {
    return { name: 'conversation', id: decodeURIComponent(encoded) };
  } catch {
    return { name: 'unknown' };
  }
}
