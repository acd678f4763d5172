import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runAccountCommand } from '../../../src/cli/account-commands.js';
import { runAuditCommand } from '../../../src/cli/audit-commands.js';
import { CommandError, UsageError } from '../../../src/cli/open-accounts.js';
import {
  buildCredentials,
  CLIENT,
  createServices,
  enrol,
  keyFrom,
  passwordOf,
  type Services,
} from '../../support/inbox-accounts.js';

let services: Services;
beforeEach(async () => {
  services = await createServices();
});
afterEach(() => services.storage.close());

const accounts = (...args: string[]) =>
  runAccountCommand(args, { accounts: services.accounts, baseUrl: 'https://permanence.example' });
const audit = (...args: string[]) => runAuditCommand(args, services.audit);
const tokenIn = (text: string): string => /\/inbox\/lien#([\w-]{43})$/m.exec(text)?.[1] ?? '';
const accept = (token: string, login: string) =>
  services.accounts.accept({ token, login, displayName: login, credentials: buildCredentials('p', login) }, CLIENT);
const logIn = (login: string) =>
  services.accounts.logIn({ login, authKey: keyFrom(passwordOf(login)) }, { ...CLIENT, address: '192.0.2.9' });

describe('before there is an account', () => {
  test('the list says so, and an invitation is the first coordinator’s link', async () => {
    expect(await accounts('list')).toBe('Il n’y a encore aucun compte.');
    const text = await accounts('invite', 'Jean Martin');
    expect(text).toMatch(
      /^Il n’y a encore aucun compte\. Lien du premier coordinateur :\n {2}https:\/\/permanence\.example\/inbox/,
    );
    expect((await accept(tokenIn(text), 'anne')).account.role).toBe('coordinator');
  });
});

describe('with accounts', () => {
  beforeEach(async () => {
    await enrol(services, 'anne', 'coordinator');
    services.clock.advance(1);
    await enrol(services, 'jean');
  });

  test('lists them, without a key', async () => {
    const text = await accounts('list');
    expect(text.split('\n')).toEqual([
      expect.stringMatching(
        /^anne · anne Nom · coordinateur · actif · sans second facteur · vu le mercredi 25 novembre 2026/,
      ),
      expect.stringMatching(/^jean · jean Nom · délégué · actif · sans second facteur · vu le/),
    ]);
  });

  test.each([
    [['invite', 'Marie Durand'], 'delegate', 'Lien pour Marie Durand, délégué :'],
    [['invite', 'Marie Durand', '--coordinator'], 'coordinator', 'Lien pour Marie Durand, coordinateur :'],
  ])('%j', async (args, role, title) => {
    const text = await accounts(...args);
    expect(text.startsWith(title)).toBe(true);
    expect(text).toMatch(/Il sert une seule fois, jusqu’au samedi 28 novembre 2026 à 10:00\.$/);
    expect((await accept(tokenIn(text), 'marie')).account.role).toBe(role);
  });

  test('suspends and restores', async () => {
    await logIn('jean');
    expect(await accounts('disable', 'Jean')).toBe('Le compte jean est suspendu ; ses sessions sont fermées.');
    await expect(logIn('jean')).rejects.toMatchObject({ code: 'wrong-credentials' });
    expect(await accounts('enable', 'jean')).toBe('Le compte jean est rétabli.');
    expect((await logIn('jean')).account.login).toBe('jean');
  });

  test('resets keys and second factor', async () => {
    const text = await accounts('reset', 'jean');
    expect((await accept(tokenIn(text), 'x')).account.login).toBe('jean');
    expect(await accounts('reset-second-factor', 'jean')).toBe('Le compte jean n’a plus de second facteur.');
  });

  test.each([
    [['disable', 'anne'], 'C’est le dernier coordinateur actif : invitez-en un autre d’abord.'],
    [['enable', 'personne'], 'Aucun compte ne s’appelle « personne » : voyez « list ».'],
  ])('%j cannot be done, and it says why', async (args, message) => {
    await expect(accounts(...args)).rejects.toThrow(new CommandError(message));
  });

  test('a suspended account gets no link', async () => {
    await accounts('disable', 'jean');
    await expect(accounts('reset', 'jean')).rejects.toThrow(CommandError);
  });

  test.each([
    [[]],
    [['inconnue']],
    [['disable']],
    [['list', 'a', 'b']],
    [['invite']],
    [['list', '--non']],
    [['toString']],
  ])('%j is written wrong', async (args) => {
    await expect(accounts(...args)).rejects.toThrow(UsageError);
  });

  test('whoever did it is the operator, in the log', async () => {
    await accounts('disable', 'jean');
    const [entry] = await services.audit.page(undefined, 1);
    expect(entry).toMatchObject({ action: 'account.disabled' });
    expect(entry).not.toHaveProperty('actor');
  });
});

describe('the log', () => {
  test('is whole, and says what to keep', async () => {
    expect(await audit('verify')).toBe('Le journal est vide.');
    await enrol(services, 'anne', 'coordinator');
    const text = await audit('verify');
    expect(text).toMatch(/^Le journal est intact : \d+ lignes\.\nRepère à garder ailleurs : \d+:[\w-]{43}$/);
    const mark = text.split(' ').at(-1) ?? '';
    await enrol(services, 'jean');
    expect(await audit('verify', mark)).toMatch(/^Le journal est intact/);
    await expect(audit('verify', mark.replace(/:.*/, `:${'A'.repeat(43)}`))).rejects.toThrow(/coupé ou refait/);
    await expect(audit('verify', `99${mark}`)).rejects.toThrow(/coupé ou refait/);
  });

  test('that was altered is told from the first wrong line on', async () => {
    await enrol(services, 'anne', 'coordinator');
    const altered = { ...services.audit, verify: async () => ({ entries: 4, brokenAt: 5 }) };
    await expect(runAuditCommand(['verify'], altered)).rejects.toThrow(
      new CommandError(
        'Le journal a été altéré à la ligne 5 : ce qui suit n’est plus sûr. Les 4 lignes d’avant sont intactes.',
      ),
    );
  });

  test.each([[[]], [['verify', 'x']], [['verify', '1:a', 'b']], [['autre']]])('%j is written wrong', async (args) => {
    await expect(audit(...args)).rejects.toThrow(UsageError);
  });
});
