import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  buildCredentials,
  enrol,
  type InboxServer,
  keyFrom,
  passwordOf,
  startInboxServer,
} from '../../support/inbox-accounts.js';
import { createInboxBrowser, type InboxBrowser } from '../../support/inbox-browser.js';

const HOUR = 3600;

let server: InboxServer;
let anne: InboxBrowser;
let annesId: string;
beforeEach(async () => {
  server = await startInboxServer();
  annesId = (await enrol(server, 'anne', 'coordinator')).id;
  anne = createInboxBrowser(server.url);
  await anne.logIn('anne');
});
afterEach(() => server.stop());

const stranger = () => createInboxBrowser(server.url);
const actions = async () => (await server.audit.page(undefined, 100)).map(({ action }) => action);

interface Link {
  readonly id: string;
  readonly token: string;
  readonly url: string;
}
const invite = async (displayName = 'Jean Martin', role = 'delegate') =>
  (await anne.call('POST', '/invitations', { body: { displayName, role } })).body as unknown as Link;
const accept = (token: string, login: string, from = stranger()) =>
  from.call('POST', '/invitations/accept', {
    body: { token, login, displayName: `${login} Nom`, credentials: buildCredentials(passwordOf(login), login) },
  });
const team = async () =>
  (await anne.call('GET', '/accounts')).body as unknown as {
    accounts: { id: string; login: string; fingerprint: string }[];
    invitations: { id: string }[];
  };

describe('the first start', () => {
  let empty: InboxServer;
  beforeEach(async () => {
    empty = await startInboxServer();
  });
  afterEach(() => empty.stop());
  const use = (token: string, login = 'premiere') =>
    createInboxBrowser(empty.url).call('POST', '/invitations/accept', {
      body: { token, login, displayName: 'Première', credentials: buildCredentials('p', login) },
    });

  test('gives a link for one coordinator, once', async () => {
    const { token = '' } = (await empty.accounts.ensureSetupInvitation()) ?? {};
    expect((await use(token)).body).toMatchObject({ account: { login: 'premiere', role: 'coordinator' } });
    expect(await use(token, 'seconde')).toMatchObject({ status: 404, code: 'InvalidLink' });
    expect(await empty.accounts.ensureSetupInvitation()).toBeUndefined();
  });

  test('a new start shows the same link as long as it lasts, and so do processes that start at once', async () => {
    const starts = [1, 2, 3].map(() => empty.accounts.ensureSetupInvitation());
    const [first, ...others] = (await Promise.all(starts)).map((made) => made?.token);
    expect(others).toEqual([first, first]);
    empty.clock.advance(22 * HOUR);
    expect((await empty.accounts.ensureSetupInvitation())?.token).toBe(first);
    empty.clock.advance(HOUR);
    const next = (await empty.accounts.ensureSetupInvitation())?.token;
    expect(next).not.toBe(first);
    expect((await use(first ?? '')).code).toBe('InvalidLink');
    expect((await use(next ?? '')).status).toBe(200);
  });

  test('another one that is asked for replaces the link', async () => {
    const first = await empty.accounts.ensureSetupInvitation();
    const second = await empty.accounts.ensureSetupInvitation({ isAnother: true });
    expect(second?.token).not.toBe(first?.token);
    expect((await use(first?.token ?? '')).code).toBe('InvalidLink');
    const afterStart = await empty.accounts.ensureSetupInvitation();
    expect(afterStart?.token).toBe(second?.token);
    expect((await use(first?.token ?? '')).code).toBe('InvalidLink');
    expect((await use(second?.token ?? '')).status).toBe(200);
  });

  test('the link ends after 24 hours', async () => {
    const { token = '' } = (await empty.accounts.ensureSetupInvitation()) ?? {};
    empty.clock.advance(24 * HOUR);
    expect((await use(token)).code).toBe('InvalidLink');
  });
});

describe('an invitation', () => {
  test('is a link that holds its token after the #, and makes an account', async () => {
    const { token, url, id } = await invite();
    expect(url).toBe(`${server.url}/inbox/lien#${token}`);
    expect(id).not.toContain(token);
    const view = await stranger().call('POST', '/invitations/read', { body: { token } });
    expect(view.body).toMatchObject({ kind: 'invitation', role: 'delegate', displayName: 'Jean Martin' });
    const jean = stranger();
    expect((await accept(token, 'Jean', jean)).body).toMatchObject({ account: { login: 'jean', role: 'delegate' } });
    expect((await jean.call('GET', '/session')).status).toBe(200);
    expect((await stranger().logIn('jean')).code).toBe('WrongCredentials');
    const logIn = { body: { login: 'jean', authKey: keyFrom(passwordOf('Jean')) } };
    expect((await stranger().call('POST', '/session', logIn)).status).toBe(200);
    expect(await actions()).toEqual(
      expect.arrayContaining(['invitation.created', 'account.created', 'session.opened']),
    );
  });

  test('used by two at once makes one account', async () => {
    const { token } = await invite();
    const answers = await Promise.all(['jean', 'paul', 'marc'].map((login) => accept(token, login)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    expect((await team()).accounts).toHaveLength(2);
  });

  test('still works after a login that was taken', async () => {
    const { token } = await invite();
    expect(await accept(token, 'ANNE')).toMatchObject({ status: 409, code: 'LoginTaken' });
    expect((await accept(token, 'jean')).status).toBe(200);
  });

  test('of two links that ask for one login at once, the second one keeps its link', async () => {
    const links = [await invite(), await invite()];
    const answers = await Promise.all(links.map(({ token }) => accept(token, 'jean')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const loser = links[answers.findIndex(({ status }) => status === 409)];
    expect((await accept(loser?.token ?? '', 'paul')).status).toBe(200);
  });

  test('ends after 72 hours, and when it is withdrawn', async () => {
    const [late, withdrawn] = [await invite(), await invite()];
    expect((await team()).invitations.map(({ id }) => id).sort()).toEqual([late.id, withdrawn.id].sort());
    expect((await anne.call('DELETE', `/invitations/${withdrawn.id}`)).status).toBe(200);
    expect((await anne.call('DELETE', `/invitations/${withdrawn.id}`)).status).toBe(404);
    expect((await accept(withdrawn.token, 'jean')).code).toBe('InvalidLink');
    server.clock.advance(72 * HOUR);
    expect((await accept(late.token, 'jean')).code).toBe('InvalidLink');
    const read = await stranger().call('POST', '/invitations/read', { body: { token: late.token } });
    expect(read.code).toBe('InvalidLink');
  });

  test('takes no weaker keys than those asked for, and no other', async () => {
    const { token } = await invite();
    const credentials = buildCredentials('p', 'jean');
    const kdfs = [
      { ...credentials.kdf, memoryKib: 8 },
      { ...credentials.kdf, passes: 4 },
      { ...credentials.kdf, memoryKib: 131_072 },
    ];
    for (const kdf of kdfs) {
      const body = { token, login: 'jean', displayName: 'Jean', credentials: { ...credentials, kdf } };
      expect((await stranger().call('POST', '/invitations/accept', { body })).code).toBe('InvalidBody');
    }
    expect((await accept(token, 'jean')).status).toBe(200);
  });

  describe.each(['invitation', 'reset'])('a link of kind %s', (kind) => {
    const linkOf = async () => {
      if (kind === 'invitation') return invite();
      const { id } = await enrol(server, 'jean');
      return (await anne.call('POST', `/accounts/${id}/reset`)).body as unknown as Link;
    };

    test.each([
      ['all zeroes', 'A'.repeat(43)],
      ['of small order', Buffer.from([1, ...Array<number>(31).fill(0)]).toString('base64url')],
      ['with bits to spare', `B${'A'.repeat(41)}B`],
    ])('takes no public key to which nobody could seal: %s', async (_name, publicKey) => {
      const { token } = await linkOf();
      const credentials = { ...buildCredentials(passwordOf('jean'), 'jean'), publicKey };
      const body = { token, login: 'jean', displayName: 'Jean', credentials };
      expect((await stranger().call('POST', '/invitations/accept', { body })).code).toBe('InvalidBody');
      // The link still works.
      expect((await accept(token, 'jean')).status).toBe(200);
    });
  });
});

describe('a coordinator', () => {
  test('sees the team, its fingerprints and no key', async () => {
    const answer = await anne.call('GET', '/accounts');
    expect(JSON.stringify(answer.body)).not.toMatch(/Hash|wrapped|salt|authKey/i);
    expect((await team()).accounts[0]).toMatchObject({
      login: 'anne',
      fingerprint: expect.stringMatching(/^(\d{5} ?){6}$/),
    });
  });

  test('suspends a delegate: sessions end, logins fail, links too, and all of it comes back', async () => {
    const { id } = await enrol(server, 'jean');
    const jean = stranger();
    await jean.logIn('jean');
    const reset = (await anne.call('POST', `/accounts/${id}/reset`)).body as unknown as Link;
    await jean.logIn('jean');
    const device = { endpoint: 'https://push.exemple/1', keys: { p256dh: 'p', auth: 'a' }, device: 'Firefox' };
    const { push } = server.storage;
    for (const accountId of [id, annesId])
      await push.save({ ...device, id: `of ${accountId}`, accountId, createdAt: 1 });
    expect((await anne.call('PATCH', `/accounts/${id}`, { body: { isDisabled: true } })).status).toBe(200);
    expect((await push.list()).map(({ accountId }) => accountId)).toEqual([annesId]);
    expect(await jean.call('GET', '/session')).toMatchObject({ status: 401, code: 'NotLoggedIn' });
    expect((await jean.logIn('jean')).code).toBe('WrongCredentials');
    expect((await anne.call('POST', `/accounts/${id}/reset`)).code).toBe('AccountNotFound');
    await anne.call('PATCH', `/accounts/${id}`, { body: { isDisabled: false } });
    expect((await accept(reset.token, 'jean')).code).toBe('InvalidLink');
    expect((await jean.logIn('jean')).status).toBe(200);
    expect(await actions()).toEqual(expect.arrayContaining(['account.reset', 'account.disabled', 'account.enabled']));
  });

  test('who loses the role loses the links given out, and the session', async () => {
    const { id } = await enrol(server, 'paule', 'coordinator');
    const paule = stranger();
    await paule.logIn('paule');
    const given = (await paule.call('POST', '/invitations', { body: { displayName: 'X', role: 'coordinator' } })).body;
    await anne.call('PATCH', `/accounts/${id}`, { body: { role: 'delegate' } });
    expect((await accept(String(given.token), 'xavier')).code).toBe('InvalidLink');
    expect((await paule.call('GET', '/session')).status).toBe(401);
    await paule.logIn('paule');
    expect((await paule.call('GET', '/accounts')).code).toBe('NotAllowed');
  });

  test('is never the last one to go', async () => {
    for (const body of [{ isDisabled: true }, { role: 'delegate' }]) {
      expect(await anne.call('PATCH', `/accounts/${annesId}`, { body })).toMatchObject({
        status: 409,
        code: 'LastCoordinator',
      });
    }
    expect((await anne.call('GET', '/accounts')).status).toBe(200);
  });

  test('and another one, who take the role from each other at once, do not leave the desk without any', async () => {
    for (let round = 0; round < 10; round += 1) {
      const others = (await server.accounts.findByLogin('paule')) ?? (await enrol(server, 'paule', 'coordinator'));
      await Promise.allSettled([
        server.accounts.changeAccount(annesId, { role: 'delegate' }, others.id),
        server.accounts.changeAccount(others.id, { isDisabled: true }, annesId),
      ]);
      const active = (await server.accounts.list()).filter(
        ({ role, isDisabled }) => role === 'coordinator' && !isDisabled,
      );
      expect(active.length).toBeGreaterThan(0);
      await server.accounts.changeAccount(annesId, { role: 'coordinator' }, undefined);
      await server.accounts.changeAccount(others.id, { isDisabled: false, role: 'coordinator' }, undefined);
    }
  });

  test('gives new keys by a link: sessions end, the old password holds until then, login and name stay', async () => {
    const { id } = await enrol(server, 'jean');
    const jean = stranger();
    await jean.logIn('jean');
    const first = (await anne.call('POST', `/accounts/${id}/reset`)).body as unknown as Link;
    expect((await jean.call('GET', '/session')).status).toBe(401);
    expect((await jean.logIn('jean')).status).toBe(200);
    const { token } = (await anne.call('POST', `/accounts/${id}/reset`)).body as unknown as Link;
    const read = await stranger().call('POST', '/invitations/read', { body: { token } });
    expect(read.body).toMatchObject({ kind: 'reset', login: 'jean', displayName: 'jean Nom', role: 'delegate' });
    const body = { token, login: 'autre', displayName: 'Autre', credentials: buildCredentials('neuf', 'jean neuf') };
    const accepted = await stranger().call('POST', '/invitations/accept', { body });
    expect(accepted.body).toMatchObject({ account: { id, login: 'jean', displayName: 'jean Nom' } });
    expect((await jean.logIn('jean')).code).toBe('WrongCredentials');
    expect((await stranger().call('POST', '/invitations/read', { body: { token: first.token } })).code).toBe(
      'InvalidLink',
    );
  });

  test('gets nowhere with an account that is not there', async () => {
    for (const [method, path, body] of [
      ['PATCH', '/accounts/inconnu', { isDisabled: true }],
      ['POST', '/accounts/inconnu/reset', undefined],
    ] as const) {
      expect(await anne.call(method, path, { body })).toMatchObject({ status: 404, code: 'AccountNotFound' });
    }
  });
});

describe('one’s own account', () => {
  test('changes its name, address and availability, and takes the address away', async () => {
    const body = { displayName: 'Anne Durand', email: 'anne@exemple.fr', isAvailable: false };
    expect((await anne.call('PATCH', '/profile', { body })).body).toMatchObject({ account: body });
    const without = await anne.call('PATCH', '/profile', { body: { email: null } });
    expect(without.body).toMatchObject({ account: { displayName: 'Anne Durand', isAvailable: false } });
    expect(without.body.account).not.toHaveProperty('email');
  });

  test.each(['', ' ', 'a\u0000b', 'x\r\nSet-Cookie: y', 'a'.repeat(61)])(
    'takes no such name: %j',
    async (displayName) => {
      expect((await anne.call('PATCH', '/profile', { body: { displayName } })).code).toBe('InvalidBody');
    },
  );

  test('a new password needs the old one, and ends the other sessions', async () => {
    const other = stranger();
    await other.logIn('anne');
    const { salt, kdf, authKey, wrappedPrivateKey } = buildCredentials('neuf', 'anne');
    const body = { authKey: keyFrom('faux'), salt, kdf, newAuthKey: authKey, wrappedPrivateKey };
    expect((await anne.call('POST', '/password', { body })).code).toBe('WrongCredentials');
    expect((await other.call('GET', '/session')).status).toBe(200);
    const right = await anne.call('POST', '/password', { body: { ...body, authKey: keyFrom(passwordOf('anne')) } });
    expect(right.body).toMatchObject({ keys: { salt, wrappedPrivateKey } });
    expect((await other.call('GET', '/session')).status).toBe(401);
    expect((await other.logIn('anne')).code).toBe('WrongCredentials');
    expect((await other.call('POST', '/session', { body: { login: 'anne', authKey } })).status).toBe(200);
  });
});

describe('the recovery key', () => {
  const prove = { login: 'anne', recoveryAuthKey: keyFrom('anne secours') };

  test('gives back the private key, then a new password; sessions end and the key pair stays', async () => {
    const { recoveryWrappedPrivateKey, publicKey } = buildCredentials(passwordOf('anne'), 'anne');
    const start = await stranger().call('POST', '/recovery/start', { body: prove });
    expect(start.body).toMatchObject({ recoveryWrappedPrivateKey, publicKey });
    const credentials = buildCredentials('neuf', 'anne', 'nouvelle clé de secours');
    const back = stranger();
    expect((await back.call('POST', '/recovery/finish', { body: { ...prove, credentials } })).status).toBe(200);
    expect((await back.call('GET', '/session')).status).toBe(200);
    expect((await anne.call('GET', '/session')).status).toBe(401);
    expect((await stranger().call('POST', '/recovery/start', { body: prove })).code).toBe('WrongCredentials');
    expect(await actions()).toContain('account.recovered');
  });

  test('brings no other key pair, and no change without it', async () => {
    const other = { ...prove, credentials: buildCredentials('neuf', 'quelqu’un d’autre') };
    expect((await stranger().call('POST', '/recovery/finish', { body: other })).code).toBe('InvalidBody');
    const wrong = {
      ...prove,
      recoveryAuthKey: keyFrom(passwordOf('anne')),
      credentials: buildCredentials('neuf', 'anne'),
    };
    expect((await stranger().call('POST', '/recovery/finish', { body: wrong })).code).toBe('WrongCredentials');
    expect((await anne.logIn('anne')).status).toBe(200);
  });
});

describe('the log', () => {
  test('is read in French, page by page', async () => {
    for (let n = 0; n < 60; n += 1)
      await server.audit.record({ action: 'facts.changed', actor: annesId, details: { version: n } });
    const first = (await anne.call('GET', '/audit')).body as { entries: { seq: number; text: string }[]; next: number };
    expect(first.entries).toHaveLength(50);
    expect(first.entries[0]?.text).toBe('anne Nom a modifié les informations (version 59).');
    const second = (await anne.call('GET', `/audit?before=${first.next}`)).body as typeof first;
    expect(second.entries.at(-1)?.seq).toBe(1);
    expect(second.next).toBeUndefined();
    expect((await anne.call('GET', '/audit?before=x')).code).toBe('InvalidRequest');
  });
});
