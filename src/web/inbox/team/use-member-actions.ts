import { KeyRound, ShieldOff, UserCheck, UserCog, UserX } from 'lucide-react';
import { createElement, useState } from 'react';
import { call } from '../api/client.js';
import { type ApiProblem, problemFrom } from '../api/problem.js';
import type { AccountView, Team } from '../api/types.js';
import { useAction } from '../api/use-action.js';
import { TEAM } from '../strings-team.js';
import { type ConfirmDialogProps, type MenuEntry, useToast } from '../ui/index.js';
import type { MadeLink } from './link-dialog.js';
import { DisableWords, ResetWords } from './report-words.js';

export interface MemberActionsProps {
  readonly account: AccountView;
  readonly onTeam: (team: Team) => void;
  readonly onLink: (made: MadeLink) => void;
}

type Change = Pick<Partial<AccountView>, 'role' | 'isDisabled'>;
type Question = Omit<ConfirmDialogProps, 'isOpen' | 'cancel'>;

export interface MemberActions {
  readonly entries: readonly MenuEntry[];
  /** What has to be confirmed first. */
  readonly asked: Question | undefined;
  readonly problem: ApiProblem | undefined;
}

/** Changes that can be taken back are made at once, with « Annuler »; the others are asked about. */
export function useMemberActions({ account, onTeam, onLink }: MemberActionsProps): MemberActions {
  const { id, displayName: name, role, isDisabled, hasSecondFactor } = account;
  const toast = useToast();
  const [asked, setAsked] = useState<Question>();

  const change = useAction(async (next: Change, before: Change, text: string) => {
    onTeam(await call('changeAccount', { params: { id }, body: next }));
    const undo = (): void => {
      call('changeAccount', { params: { id }, body: before }).then(onTeam, (fault: unknown) =>
        toast.show({ text: problemFrom(fault).detail, kind: 'danger' }),
      );
    };
    toast.show({ text, onUndo: undo });
  });
  // The sealed keys go with it, and no « Annuler » brings them back.
  const disable = useAction(async () => {
    onTeam(await call('changeAccount', { params: { id }, body: { isDisabled: true } }));
    toast.show({ text: TEAM.nowDisabled(name) });
  });
  const reset = useAction(async () => {
    onLink({ link: await call('resetAccount', { params: { id } }), name });
  });
  const removeFactor = useAction(async () => {
    onTeam(await call('changeAccount', { params: { id }, body: { secondFactor: 'off' } }));
    toast.show({ text: TEAM.factorRemoved(name) });
  });

  const ask = (question: Omit<Question, 'onClose'>) => () =>
    setAsked({
      ...question,
      onClose: () => setAsked(undefined),
      onConfirm: () => {
        setAsked(undefined);
        question.onConfirm();
      },
    });

  const otherRole = role === 'coordinator' ? 'delegate' : 'coordinator';
  const entries: (MenuEntry | false)[] = [
    {
      id: 'role',
      icon: UserCog,
      label: role === 'coordinator' ? TEAM.makeDelegate : TEAM.makeCoordinator,
      onAction: () => void change.run({ role: otherRole }, { role }, TEAM.roleChanged(name, TEAM.roles[otherRole])),
    },
    !isDisabled && {
      id: 'reset',
      icon: KeyRound,
      label: TEAM.reset,
      onAction: ask({
        title: TEAM.resetTitle(name),
        children: createElement(ResetWords, { id, name }),
        confirm: TEAM.resetConfirm,
        onConfirm: () => void reset.run(),
      }),
    },
    hasSecondFactor && {
      id: 'factor',
      icon: ShieldOff,
      label: TEAM.removeFactor,
      onAction: ask({
        title: TEAM.removeFactorTitle(name),
        children: TEAM.removeFactorText,
        confirm: TEAM.removeFactorConfirm,
        isDangerous: true,
        onConfirm: () => void removeFactor.run(),
      }),
    },
    isDisabled
      ? {
          id: 'enable',
          icon: UserCheck,
          label: TEAM.enable,
          onAction: () => void change.run({ isDisabled: false }, { isDisabled: true }, TEAM.nowEnabled(name)),
        }
      : {
          id: 'disable',
          icon: UserX,
          label: TEAM.disable,
          isDangerous: true,
          onAction: ask({
            title: TEAM.disableTitle(name),
            children: createElement(DisableWords, { id, name }),
            confirm: TEAM.disableConfirm,
            isDangerous: true,
            onConfirm: () => void disable.run(),
          }),
        },
  ];
  return {
    entries: entries.filter((entry) => entry !== false),
    asked,
    problem: change.problem ?? disable.problem ?? reset.problem ?? removeFactor.problem,
  };
}
