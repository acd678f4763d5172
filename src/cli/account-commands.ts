import type { Account, Role } from '../domain/account.js';
import type { AccountChange } from '../domain/account-team.js';
import type { Accounts } from '../domain/accounts.js';
import { isDomainError } from '../domain/errors.js';
import type { MadeInvitation } from '../domain/invitations.js';
import { linkOf } from '../inbox/links.js';
import { line } from '../inbox/schemas/common.js';
import { CommandError, UsageError } from './open-accounts.js';

const USAGE = `Commandes :
  npm run accounts -- list
  npm run accounts -- invite "Prénom Nom" [--coordinator]
  npm run accounts -- disable IDENTIFIANT
  npm run accounts -- enable IDENTIFIANT
  npm run accounts -- reset IDENTIFIANT
  npm run accounts -- reset-second-factor IDENTIFIANT`;

const COORDINATOR = '--coordinator';
const ROLES: Readonly<Record<Role, string>> = { coordinator: 'coordinateur', delegate: 'délégué' };
const MOMENT = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'full', timeStyle: 'short' });

interface Context {
  readonly accounts: Accounts;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly argument: string | undefined;
  readonly role: Role;
}

const COMMANDS: Readonly<Record<string, (context: Context) => Promise<string>>> = {
  list: async ({ accounts }) => {
    const all = await accounts.list();
    return all.length === 0 ? 'Il n’y a encore aucun compte.' : all.map(describe).join('\n');
  },
  invite: async ({ accounts, baseUrl, argument, role }) => {
    const setup = await accounts.ensureSetupInvitation({ isAnother: true });
    if (setup) return told('Il n’y a encore aucun compte. Lien du premier coordinateur :', setup, baseUrl);
    const name = line(60).safeParse(argument);
    if (!name.success) throw new UsageError(`invite attend un nom de 60 caractères au plus.\n${USAGE}`);
    const made = await accounts.invite({ displayName: name.data, role }, undefined);
    return told(`Lien pour ${name.data}, ${ROLES[role]} :`, made, baseUrl);
  },
  disable: async (context) => {
    const { login } = await change(context, { isDisabled: true });
    return `Le compte ${login} est suspendu ; ses sessions sont fermées.`;
  },
  enable: async (context) => `Le compte ${(await change(context, { isDisabled: false })).login} est rétabli.`,
  reset: async (context) => {
    const { id, login, isDisabled } = await find(context);
    if (isDisabled) throw new CommandError(`Le compte ${login} est suspendu : rétablissez-le d’abord (enable).`);
    const made = await context.accounts.reset(id, undefined);
    return told(`Lien pour donner de nouvelles clés au compte ${login} :`, made, context.baseUrl);
  },
  'reset-second-factor': async (context) =>
    `Le compte ${(await change(context, { secondFactor: 'off' })).login} n’a plus de second facteur.`,
};

/**
 * Runs one command of the operator on accounts.
 * @returns what to print, in French.
 * @throws UsageError, CommandError; DomainError `storage-unavailable`.
 */
export async function runAccountCommand(
  args: readonly string[],
  services: { readonly accounts: Accounts; readonly baseUrl: string },
): Promise<string> {
  const { command, argument, role } = parse(args);
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!run) throw new UsageError(USAGE);
  return run({ ...services, argument, role });
}

function parse(args: readonly string[]): { command: string; argument: string | undefined; role: Role } {
  const [command = '', argument, ...rest] = args.filter((arg) => arg !== COORDINATOR);
  if (rest.length > 0 || argument?.startsWith('-')) throw new UsageError(USAGE);
  return { command, argument, role: args.includes(COORDINATOR) ? 'coordinator' : 'delegate' };
}

async function find({ accounts, argument }: Context): Promise<Account> {
  if (argument === undefined) throw new UsageError(USAGE);
  const account = await accounts.findByLogin(argument);
  if (!account) throw new CommandError(`Aucun compte ne s’appelle « ${argument} » : voyez « list ».`);
  return account;
}

async function change(context: Context, wanted: AccountChange): Promise<Account> {
  const { id } = await find(context);
  try {
    return await context.accounts.changeAccount(id, wanted, undefined);
  } catch (error) {
    if (!isDomainError(error, 'last-coordinator')) throw error;
    throw new CommandError('C’est le dernier coordinateur actif : invitez-en un autre d’abord.');
  }
}

function describe({ login, displayName, role, isDisabled, secondFactor, lastSeenAt }: Account): string {
  return [
    login,
    displayName,
    ROLES[role],
    isDisabled ? 'suspendu' : 'actif',
    secondFactor ? 'second facteur' : 'sans second facteur',
    lastSeenAt === undefined ? 'jamais connecté' : `vu le ${MOMENT.format(lastSeenAt)}`,
  ].join(' · ');
}

function told(title: string, { token, invitation }: MadeInvitation, baseUrl: string): string {
  const until = `Il sert une seule fois, jusqu’au ${MOMENT.format(invitation.expiresAt)}.`;
  return [title, `  ${linkOf(baseUrl, token)}`, until].join('\n');
}
