import {
  Bell,
  CalendarClock,
  ChartColumn,
  CircleUserRound,
  FileLock2,
  History,
  Inbox,
  Info,
  type LucideIcon,
  ScrollText,
  Search,
  UsersRound,
} from 'lucide-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { PAGES } from '../strings.js';
import type { RouteName } from './routes.js';

export type PageName = Exclude<
  RouteName,
  'conversation' | 'report' | 'reportFigures' | 'giveAccess' | 'link' | 'unknown'
>;

export interface Page {
  readonly name: PageName;
  readonly title: string;
  readonly icon: LucideIcon;
  /** Of the server's table of permissions; the server checks it again at each call. */
  readonly permission?: string;
  /** Where the navigation shows it; `within`: another page leads to it. */
  readonly place: 'main' | 'manage' | 'user' | 'within';
  /** Loaded when it is first shown, so that the first load stays small. */
  readonly Content: LazyExoticComponent<ComponentType>;
}

const page = (
  name: PageName,
  place: Page['place'],
  icon: LucideIcon,
  load: () => Promise<{ default: ComponentType }>,
  permission?: string,
): Page => ({ name, title: PAGES[name], icon, place, Content: lazy(load), ...(permission && { permission }) });

/** In the order of the navigation. */
export const ALL_PAGES: readonly Page[] = [
  page('queue', 'main', Inbox, () => import('../queue/index.js'), 'conversations'),
  page('reports', 'main', FileLock2, () => import('../reports/index.js'), 'reports'),
  page('past', 'main', History, () => import('../past/index.js'), 'conversations'),
  page('search', 'main', Search, () => import('../search/index.js'), 'search'),
  page('alarm', 'main', Bell, () => import('../alarm/index.js'), 'alarm'),
  page('facts', 'manage', Info, () => import('../facts/index.js'), 'facts'),
  page('hours', 'manage', CalendarClock, () => import('../settings/index.js'), 'opening-hours'),
  page('weekly', 'manage', ChartColumn, () => import('../weekly/index.js'), 'statistics'),
  page('team', 'manage', UsersRound, () => import('../team/index.js'), 'accounts'),
  page('audit', 'manage', ScrollText, () => import('../audit/index.js'), 'audit'),
  page('reportAccess', 'within', UsersRound, () => import('../report-access/index.js'), 'reports'),
  page('account', 'user', CircleUserRound, () => import('../account/index.js')),
];

const SHOWN_BY: Readonly<Partial<Record<RouteName, PageName>>> = {
  conversation: 'queue',
  report: 'reports',
  reportFigures: 'reports',
  giveAccess: 'reportAccess',
};

/** Which page shows a route: a conversation is shown by the queue's, a report and the figures by that of the reports. */
export function pageOf(name: RouteName): RouteName {
  return SHOWN_BY[name] ?? name;
}

/** Under which entry of the navigation a route stands. */
export function entryOf(name: RouteName): RouteName {
  const page = pageOf(name);
  return page === 'reportAccess' ? 'reports' : page;
}
