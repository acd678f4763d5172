import { call } from '../api/client.js';
import type { Detail } from '../live/wire.js';
import { ACTIONS } from './strings.js';
import type { DeskActions } from './use-desk-actions.js';

type Simple = 'take' | 'giveBack' | 'close' | 'reopen' | 'unsnooze' | 'acknowledge' | 'unblock';

/** Every action on a conversation, with the words for it and its way back. Each resolves to true when it was done. */
export interface DeskCommands {
  take(): Promise<boolean>;
  giveBack(): Promise<boolean>;
  close(): Promise<boolean>;
  reopen(): Promise<boolean>;
  unsnooze(): Promise<boolean>;
  acknowledge(): Promise<boolean>;
  unblock(): Promise<boolean>;
  /** `words`: when it comes back. */
  snooze(until: number, words: string): Promise<boolean>;
  transfer(to?: { readonly id: string; readonly name: string }): Promise<boolean>;
  block(reason: string): Promise<boolean>;
}

export function createCommands(id: string, run: DeskActions['run']): DeskCommands {
  const params = { id };
  const simply = (name: Simple) => (): Promise<Detail> => call(name, { params });
  const takeBack = { request: simply('take'), text: ACTIONS.taken };
  const reopenBack = { request: simply('reopen'), text: ACTIONS.reopened };
  return {
    take: () => run('take', simply('take')),
    giveBack: () => run('giveBack', simply('giveBack'), { text: ACTIONS.givenBack, undo: reopenBack }),
    close: () => run('close', simply('close'), { text: ACTIONS.closed, undo: reopenBack }),
    reopen: () => run('reopen', simply('reopen')),
    unsnooze: () => run('unsnooze', simply('unsnooze'), { text: ACTIONS.unsnoozed }),
    acknowledge: () => run('acknowledge', simply('acknowledge'), { text: ACTIONS.acknowledged }),
    unblock: () => run('unblock', simply('unblock'), { text: ACTIONS.unblocked }),
    snooze: (until, words) =>
      run('snooze', () => call('snooze', { params, body: { until } }), {
        text: ACTIONS.snoozed(words),
        undo: takeBack,
      }),
    transfer: (to) =>
      run('transfer', () => call('transfer', { params, body: to ? { to: to.id } : {} }), {
        text: to ? ACTIONS.transferredTo(to.name) : ACTIONS.transferredToAll,
        undo: takeBack,
      }),
    block: (reason) =>
      run('block', () => call('block', { params, body: { reason } }), {
        text: ACTIONS.blocked,
        undo: { request: simply('unblock'), text: ACTIONS.unblocked },
      }),
  };
}
