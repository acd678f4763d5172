import { randomBytes, randomUUID } from 'node:crypto';
import { OPERATIONS, type Operation, type OperationName } from '../../src/inbox/operations.js';
import { buildCredentials, keyFrom } from './inbox-accounts.js';
import type { InboxAnswer, InboxBrowser } from './inbox-browser.js';

/** What calls are about: ids that are there, or that are not. */
export interface Targets {
  readonly conversation: string;
  readonly callback: string;
  readonly session: string;
  readonly account: string;
  readonly invitation: string;
  readonly subscription: string;
  /** Absent: one that nobody sent. */
  readonly report?: string;
  /** Facts and hours as they are, to be sent back unchanged. */
  readonly facts: unknown;
  readonly hours: unknown;
}

interface Sample {
  readonly id?: string;
  readonly query?: string;
  readonly body?: object;
}

type SampleOf = (targets: Targets) => Sample;

const credentials = buildCredentials('un autre mot de passe', 'intrus');
const about: SampleOf = ({ conversation }) => ({ id: conversation });
const aboutWith =
  (body: () => object): SampleOf =>
  ({ conversation }) => ({ id: conversation, body: body() });
const NO_REPORT = randomUUID();
const NO_ATTACHMENT = randomBytes(16).toString('base64url');
const aboutReport: SampleOf = ({ report = NO_REPORT }) => ({ id: report });
const aboutReportWith =
  (body: () => object): SampleOf =>
  ({ report = NO_REPORT }) => ({ id: report, body: body() });
const plain: SampleOf = () => ({});

/** A well-formed call of every operation: what refuses it is never its form. A new operation does not compile without. */
const SAMPLES: Readonly<Record<OperationName, SampleOf>> = {
  readParameters: () => ({ body: { login: 'quelquun' } }),
  logIn: () => ({ body: { login: 'quelquun', authKey: keyFrom('faux') } }),
  readSession: plain,
  logOut: plain,
  lockSession: plain,
  unlockSession: () => ({ body: { authKey: keyFrom('faux') } }),
  listSessions: plain,
  revokeSession: ({ session }) => ({ id: session }),
  revokeOtherSessions: plain,
  readInvitation: () => ({ body: { token: keyFrom('aucun lien') } }),
  acceptInvitation: () => ({
    body: { token: keyFrom('aucun lien'), login: 'intrus', displayName: 'Intrus', credentials },
  }),
  startRecovery: () => ({ body: { login: 'quelquun', recoveryAuthKey: keyFrom('faux') } }),
  finishRecovery: () => ({ body: { login: 'quelquun', recoveryAuthKey: keyFrom('faux'), credentials } }),
  changePassword: () => ({
    body: {
      authKey: keyFrom('faux'),
      newAuthKey: keyFrom('autre'),
      salt: credentials.salt,
      kdf: credentials.kdf,
      wrappedPrivateKey: credentials.wrappedPrivateKey,
    },
  }),
  changeProfile: () => ({ body: { isAvailable: true } }),
  startSecondFactor: plain,
  confirmSecondFactor: () => ({ body: { code: '000000' } }),
  removeSecondFactor: () => ({ body: { authKey: keyFrom('faux') } }),
  readTeam: plain,
  invite: () => ({ body: { displayName: 'Intrus', role: 'coordinator' } }),
  withdrawInvitation: ({ invitation }) => ({ id: invitation }),
  changeAccount: ({ account }) => ({ id: account, body: { displayName: 'Intrus' } }),
  resetAccount: ({ account }) => ({ id: account }),
  readEvents: ({ conversation }) => ({ query: `?conversation=${conversation}` }),
  listPast: plain,
  openConversation: about,
  readEarlier: ({ conversation }) => ({ id: conversation, query: '?before=1000' }),
  take: about,
  reply: aboutWith(() => ({ clientId: randomUUID(), text: 'Bonjour', seenSeq: 1_000_000 })),
  giveBack: about,
  transfer: aboutWith(() => ({})),
  close: about,
  reopen: about,
  snooze: aboutWith(() => ({ until: Date.parse('2026-11-25T09:00:00Z') })),
  unsnooze: about,
  acknowledge: about,
  block: aboutWith(() => ({ reason: 'Insultes' })),
  unblock: about,
  label: aboutWith(() => ({ labels: ['Bruit'] })),
  addNote: aboutWith(() => ({ id: randomUUID(), text: 'Note' })),
  settleCallback: aboutWith(() => ({ isDone: true })),
  saveDraft: aboutWith(() => ({ text: 'Brouillon' })),
  markRead: aboutWith(() => ({ seq: 1 })),
  showTyping: about,
  readTranscript: about,
  readAttachment: about,
  search: () => ({ body: { text: 'bonjour' } }),
  readCannedReplies: plain,
  listReports: plain,
  openReport: aboutReport,
  markReportRead: aboutReportWith(() => ({ seq: 1 })),
  appendToReport: aboutReportWith(() => ({
    kind: 'note',
    seq: 1,
    at: Date.parse('2026-11-23T09:00:00Z'),
    keyId: 'cle',
    sealed: randomBytes(540).toString('base64url'),
  })),
  assignReport: aboutReportWith(() => ({ assigneeId: null })),
  noteReportExport: aboutReportWith(() => ({ as: 'file' })),
  noteFiguresExport: () => ({ body: { reports: 3 } }),
  readReportAccess: plain,
  readMissingKeys: ({ account }) => ({ id: account }),
  grantKeys: ({ account }) => ({
    id: account,
    body: {
      publicKey: keyFrom('une clé'),
      grants: [{ reportId: NO_REPORT, keyId: 'cle', sealed: randomBytes(80).toString('base64url') }],
    },
  }),
  readAlarm: plain,
  subscribePush: () => ({
    body: { endpoint: `https://fcm.googleapis.com/fcm/send/${randomUUID()}`, keys: { p256dh: 'AAAA', auth: 'AAAA' } },
  }),
  unsubscribePush: ({ subscription }) => ({ id: subscription }),
  testAlarm: plain,
  readOpeningHours: plain,
  changeOpeningHours: ({ hours }) => ({ body: { hours } }),
  readFacts: plain,
  changeFacts: ({ facts }) => ({ body: { facts, version: 999 } }),
  previewFacts: ({ facts }) => ({ body: { facts } }),
  readFactsHistory: plain,
  undoFacts: () => ({ body: { to: 0, version: 999 } }),
  readWeekly: () => ({ query: '?week=2026-W48' }),
  exportWeekly: () => ({ query: '?week=2026-W48' }),
  readAudit: plain,
};

export interface OperationCall {
  readonly name: OperationName;
  readonly operation: Operation;
  readonly method: Operation['method'];
  /** Below `/api/inbox`, with its query. */
  readonly path: string;
  readonly body: object | undefined;
}

export const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[];

/** The operations that the filter wants, for `test.each`. */
export function operationsWhere(isWanted: (operation: Operation) => boolean): readonly OperationName[] {
  return OPERATION_NAMES.filter((name) => isWanted(OPERATIONS[name]));
}

export function callOf(name: OperationName, targets: Targets): OperationCall {
  const operation: Operation = OPERATIONS[name];
  const { id = '', query = '', body } = SAMPLES[name](targets);
  const path =
    operation.path
      .replace('{callbackId}', targets.callback)
      .replace('{attachmentId}', NO_ATTACHMENT)
      .replace('{id}', id) + query;
  return { name, operation, method: operation.method, path, body };
}

/** Not for a stream that opens: its answer has no end. */
export function makeCall(
  browser: InboxBrowser,
  { method, path, body }: OperationCall,
  headers: Readonly<Record<string, string | undefined>> = {},
): Promise<InboxAnswer> {
  return browser.call(method, path, { headers, ...(body && { body }) });
}

export const NO_TARGETS: Targets = {
  conversation: randomBytes(16).toString('base64url'),
  callback: randomUUID(),
  session: keyFrom('aucune session'),
  account: randomUUID(),
  invitation: keyFrom('aucune invitation'),
  subscription: keyFrom('aucun appareil'),
  facts: {},
  hours: {},
};
