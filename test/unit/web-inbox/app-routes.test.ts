import { describe, expect, test } from '@jest/globals';
import { addressOf, type Route, routeOf } from '../../../src/web/inbox/app/routes.js';
import { takeLinkToken } from '../../../src/web/inbox/auth/link-token.js';

test.each<[string, Route]>([
  ['/inbox', { name: 'queue' }],
  ['/inbox/c/3f2a', { name: 'conversation', id: '3f2a' }],
  ['/inbox/c/a%20b', { name: 'conversation', id: 'a b' }],
  ['/inbox/signalements', { name: 'reports' }],
  ['/inbox/s/3f2a', { name: 'report', id: '3f2a' }],
  ['/inbox/signalements/chiffres', { name: 'reportFigures' }],
  ['/inbox/signalements/acces', { name: 'reportAccess' }],
  ['/inbox/signalements/acces/3f2a', { name: 'giveAccess', id: '3f2a' }],
  ['/inbox/passees', { name: 'past' }],
  ['/inbox/recherche', { name: 'search' }],
  ['/inbox/equipe', { name: 'team' }],
  ['/inbox/horaires', { name: 'hours' }],
  ['/inbox/informations', { name: 'facts' }],
  ['/inbox/semaine', { name: 'weekly' }],
  ['/inbox/journal', { name: 'audit' }],
  ['/inbox/alarme', { name: 'alarm' }],
  ['/inbox/compte', { name: 'account' }],
  ['/inbox/lien', { name: 'link' }],
])('%s is a page, and the page’s address', (address, route) => {
  expect(routeOf(address)).toEqual(route);
  expect(routeOf(`${address}/`)).toEqual(route);
  expect(addressOf(route)).toBe(address);
});

test.each(['/inbox/c/', '/inbox/c/a/b', '/inbox/c/%E0%A4%A', '/inbox/autre', '/inbox/toString'])(
  '%s is no page',
  (address) => {
    expect(routeOf(address).name).toBe('unknown');
  },
);

describe('the token of a link', () => {
  function open(pathname: string, hash: string) {
    const replaced: unknown[] = [];
    const token = takeLinkToken({
      location: { pathname, hash },
      history: { replaceState: (_data, _title, url) => replaced.push(url) },
    });
    return { token, replaced };
  }

  test('is taken out of the address', () => {
    expect(open('/inbox/lien', '#abc_DEF-1')).toEqual({ token: 'abc_DEF-1', replaced: ['/inbox/lien'] });
  });

  test.each([
    ['/inbox/lien', ''],
    ['/inbox', '#abc'],
  ])('%s%s holds none', (pathname, hash) => {
    expect(open(pathname, hash)).toEqual({ token: undefined, replaced: [] });
  });
});
