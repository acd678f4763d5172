import type { Urgency } from './picture.js';

const ICONS: Readonly<Record<Urgency | 'none', string>> = {
  none: '/inbox/icon.svg',
  waiting: '/inbox/icon-waiting.svg',
  emergency: '/inbox/icon-emergency.svg',
};

/** Shows who calls on the tab's icon, and on the application's where the system has badges. */
export function showBadges(urgency: Urgency | undefined, count: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const icon = ICONS[urgency ?? 'none'];
  if (link && link.getAttribute('href') !== icon) link.href = icon;
  if (!('setAppBadge' in navigator)) return;
  // Refused outside of an installed application on some systems: nothing is lost.
  const done = count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge();
  done.catch(() => undefined);
}
