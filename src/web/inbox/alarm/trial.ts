import type { AlarmTest } from '../api/types.js';
import { TEST } from './page-strings.js';
import type { Permission } from './permission.js';

export const TRIED = ['sound', 'notice', 'push', 'email'] as const;
export type Tried = (typeof TRIED)[number];

/** `ask`: it has left; only the reader can say whether it has arrived. */
export type Outcome =
  | { readonly kind: 'ask' }
  | { readonly kind: 'works' }
  | { readonly kind: 'fails'; readonly advice: string };

export type Trial = Readonly<Record<Tried, Outcome>>;

export interface TrialInput {
  /** The sound was played. */
  readonly sound: 'played' | 'blocked' | 'unsupported';
  readonly permission: Permission;
  /** The browser took the notification. */
  readonly isShown: boolean;
  /** Absent when the server did not answer. */
  readonly server: AlarmTest | undefined;
}

/** What can be told without asking the reader. */
export function judge({ sound, permission, isShown, server }: TrialInput): Trial {
  const { outcomes } = TEST;
  const sounds = { played: undefined, blocked: outcomes.soundBlocked, unsupported: outcomes.soundUnsupported };
  const permissions: Readonly<Record<Permission, string | undefined>> = {
    allowed: isShown ? undefined : outcomes.noticeUnsupported,
    refused: outcomes.noticeRefused,
    'not-asked': outcomes.noticeNotAsked,
    unsupported: outcomes.noticeUnsupported,
  };
  const pushes = { sent: undefined, 'no-subscription': outcomes.pushNone, failed: outcomes.pushFailed };
  const emails = {
    sent: undefined,
    'no-address': outcomes.emailNoAddress,
    'not-configured': outcomes.emailNotConfigured,
    failed: outcomes.emailFailed,
  };
  return {
    sound: outcomeOf(sounds[sound]),
    notice: outcomeOf(permissions[permission]),
    push: outcomeOf(server ? pushes[server.push] : outcomes.serverSilent),
    email: outcomeOf(server ? emails[server.email] : outcomes.serverSilent),
  };
}

/** After the reader has answered « Oui » or « Non ». */
export function answer(trial: Trial, tried: Tried, isYes: boolean): Trial {
  return { ...trial, [tried]: isYes ? { kind: 'works' } : { kind: 'fails', advice: TEST.advice[tried] } };
}

function outcomeOf(fault: string | undefined): Outcome {
  return fault === undefined ? { kind: 'ask' } : { kind: 'fails', advice: fault };
}
