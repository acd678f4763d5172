/**
 * The pages and their addresses; `conversation` is the queue with a conversation beside it, `report` one of the reports,
 * `giveAccess` the steps that let a colleague (`id`) read them.
 */
export type Route = { readonly name: Exclude<RouteName, WithId> } | { readonly name: WithId; readonly id: string };

/** Addresses that name one thing. */
type WithId = keyof typeof FOLDERS;

export type RouteName = keyof typeof ADDRESSES | WithId | 'unknown';

const ADDRESSES = {
  queue: '/inbox',
  past: '/inbox/passees',
  search: '/inbox/recherche',
  reports: '/inbox/signalements',
  reportFigures: '/inbox/signalements/chiffres',
  reportAccess: '/inbox/signalements/acces',
  team: '/inbox/equipe',
  hours: '/inbox/horaires',
  facts: '/inbox/informations',
  weekly: '/inbox/semaine',
  audit: '/inbox/journal',
  alarm: '/inbox/alarme',
  account: '/inbox/compte',
  link: '/inbox/lien',
} as const;

const FOLDERS = {
  conversation: '/inbox/c/',
  report: '/inbox/s/',
  giveAccess: '/inbox/signalements/acces/',
} as const;

/** `addressOf({ name: 'conversation', id })` */
export function addressOf(route: Route): string {
  if ('id' in route) return `${FOLDERS[route.name]}${encodeURIComponent(route.id)}`;
  return route.name === 'unknown' ? ADDRESSES.queue : ADDRESSES[route.name];
}

export function routeOf(pathname: string): Route {
  const path = pathname.replace(/\/+$/, '');
  const [, folder, id] = /^(.*\/)([^/]+)$/.exec(path) ?? [];
  const named = Object.entries(FOLDERS).find(([, address]) => address === folder)?.[0];
  if (named !== undefined && id !== undefined) return routeTo(named as WithId, id);
  const found = Object.entries(ADDRESSES).find(([, address]) => address === path)?.[0];
  return { name: (found ?? 'unknown') as keyof typeof ADDRESSES | 'unknown' };
}

function routeTo(name: WithId, encoded: string): Route {
  try {
    return { name, id: decodeURIComponent(encoded) };
  } catch {
    return { name: 'unknown' };
  }
}
