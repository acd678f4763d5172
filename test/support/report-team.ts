import { randomUUID, type webcrypto } from 'node:crypto';
import type { Account } from '../../src/domain/account.js';
import type { Report, ReportEvent } from '../../src/domain/report.js';
import type { DataKey, OpenedEvent } from '../../src/domain/report-sealing.js';
import * as sealing from '../../src/sealing/index.js';
import type { AccountStore } from '../../src/storage/ports/account-store.js';
import { buildAccount } from './storage-builders.js';

/** A delegate with real keys, as their browser has them. */
export interface TeamMember {
  readonly id: string;
  readonly publicKey: string;
  readonly pair: sealing.OpeningPair;
}

/** Makes an account with keys of its own. */
export async function enrolReader(accounts: AccountStore, overrides: Partial<Account> = {}): Promise<TeamMember> {
  const member = await makeMember(overrides.id ?? randomUUID());
  const { credentials, ...account } = buildAccount({ ...overrides, id: member.id });
  await accounts.create({ ...account, credentials: { ...credentials, publicKey: member.publicKey } });
  return member;
}

async function makeMember(id: string): Promise<TeamMember> {
  const made = (await crypto.subtle.generateKey('X25519', false, ['deriveBits'])) as webcrypto.CryptoKeyPair;
  const raw = await crypto.subtle.exportKey('raw', made.publicKey);
  const publicKey = Buffer.from(raw).toString('base64url');
  return { id, publicKey, pair: { privateKey: made.privateKey, publicKey } };
}

export async function setDisabled(accounts: AccountStore, id: string, isDisabled: boolean): Promise<void> {
  const account = await accounts.load(id);
  if (account) await accounts.update({ ...account, isDisabled });
}

export async function setPublicKey(accounts: AccountStore, id: string, publicKey: string): Promise<void> {
  const account = await accounts.load(id);
  if (account) await accounts.update({ ...account, credentials: { ...account.credentials, publicKey } });
}

/** The key as this delegate's browser opens it; undefined when it is not sealed to them. */
export async function openKey(report: Report, keyId: string, reader: TeamMember): Promise<DataKey | undefined> {
  const sealed = report.keys
    .find(({ id }) => id === keyId)
    ?.sealedTo.find((each) => each.publicKey === reader.publicKey);
  return sealed && sealing.openDataKey(sealed.sealed, { reportId: report.id, keyId }, reader.pair);
}

/** All that this delegate can read, in its order. */
export async function readAs(reader: TeamMember, report: Report): Promise<readonly (OpenedEvent | undefined)[]> {
  return Promise.all(report.events.map((event) => openAs(reader, report, event)));
}

async function openAs(reader: TeamMember, report: Report, event: ReportEvent): Promise<OpenedEvent | undefined> {
  const key = await openKey(report, event.keyId, reader);
  if (!key || event.sealed === null) return undefined;
  return sealing.reportSealing.openEvent(key, sealing.placeOfEvent(report.id, event), event.sealed);
}
