import { type Conversation, inboxListOf, type Standing } from './conversation.js';
import { isAllowed, type TransitionName } from './conversation-transitions.js';
import type { DelegateId, InboxList } from './desk-state.js';

/** What a delegate may be offered on a screen. */
export type DeskAction =
  | 'take'
  | 'reply'
  | 'give-back'
  | 'transfer'
  | 'close'
  | 'reopen'
  | 'snooze'
  | 'unsnooze'
  | 'acknowledge'
  | 'block'
  | 'unblock';

interface View extends Standing {
  readonly list: InboxList;
  readonly isMine: boolean;
  readonly isColleagues: boolean;
}

/** In the order of the screen. `needs`: what the table of transitions cannot tell. */
const ACTIONS: readonly {
  readonly action: DeskAction;
  readonly transition: TransitionName;
  readonly needs: (view: View) => boolean;
}[] = [
  { action: 'take', transition: 'take', needs: (view) => isFree(view) && !isPast(view) },
  { action: 'reply', transition: 'reply', needs: (view) => isFree(view) || view.isMine || view.isColleagues },
  { action: 'give-back', transition: 'giveBack', needs: isNoColleagues },
  { action: 'transfer', transition: 'transfer', needs: ({ isMine }) => isMine },
  { action: 'close', transition: 'close', needs: isNoColleagues },
  { action: 'reopen', transition: 'reopen', needs: (view) => isFree(view) && isPast(view) },
  { action: 'snooze', transition: 'snooze', needs: isNoColleagues },
  { action: 'unsnooze', transition: 'unsnooze', needs: ({ desk }) => desk.snoozedUntil !== undefined },
  {
    action: 'acknowledge',
    transition: 'acknowledge',
    needs: ({ desk }) => desk.emergencyAt !== undefined || desk.missedAt !== undefined,
  },
  { action: 'block', transition: 'block', needs: (view) => !view.desk.block && isNoColleagues(view) },
  { action: 'unblock', transition: 'unblock', needs: ({ desk }) => desk.block !== undefined },
];

/** What this delegate may do now; the screen shows these and no others. None of what delegates may not read. */
export function availableActions(
  { status, desk }: Pick<Conversation, 'status' | 'desk'>,
  delegateId: DelegateId,
): readonly DeskAction[] {
  const list = inboxListOf({ status, desk });
  if (list === 'none') return [];
  const isHeld = desk.holder !== undefined;
  const isMine = desk.holder === delegateId;
  const view: View = { status, desk, list, isMine, isColleagues: isHeld && !isMine };
  return ACTIONS.filter(({ transition, needs }) => isAllowed(transition, view) && needs(view)).map(
    ({ action }) => action,
  );
}

function isFree({ desk }: View): boolean {
  return desk.holder === undefined && !desk.block;
}

/** Nobody has anything to do: it is opened again rather than taken. */
function isPast({ status, list }: View): boolean {
  return status === 'closed' || list === 'past';
}

function isNoColleagues({ isColleagues }: View): boolean {
  return !isColleagues;
}
