import type { DeskWords } from '../../src/domain/desk-words.js';
import type { StatisticsRecorder } from '../../src/domain/statistics.js';
import { TURN_EFFECTS, type TurnEffects } from '../../src/domain/turn-effects.js';
import type { WakeUps } from '../../src/domain/wake-ups.js';
import { createTurnHandler } from '../../src/pipeline/create-turn-handler.js';
import type { DialogRunner } from '../../src/pipeline/run-dialogs.js';
import type { TurnHandler } from '../../src/pipeline/turn.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import { buildSecrets } from './report-fakes.js';

export interface ScriptedTurnsDependencies {
  readonly store: ConversationStore;
  readonly wakeUps: WakeUps;
  readonly clock: () => Date;
  readonly statistics: StatisticsRecorder;
  readonly words: DeskWords;
  /** What makes the bot slow. */
  readonly pause: () => Promise<void>;
}

/** The only thing that the bot says while a delegate holds the conversation. */
export const NUMBERS = 'Appelez le 17';

/** The real turn handler with a slow recogniser and slow dialogs; the first word of a message says what they do. */
export function createScriptedTurns({ pause, ...deps }: ScriptedTurnsDependencies): TurnHandler {
  return createTurnHandler({
    ...deps,
    ...buildSecrets(),
    emergency: { assess: async (text) => (commandOf(text) === 'secours' ? { kinds: [], level: 2 } : undefined) },
    recognizer: {
      async recognise() {
        await pause();
        return { decision: { kind: 'unsure' }, ranking: [], entities: {}, requests: [] };
      },
    },
    dialogs: createScriptedDialogs(pause),
    outlook: async () => ({ available: 1, hours: 'unknown', position: 1 }),
    isLeaving: (text) => commandOf(text) === 'menu',
    isReply: () => false,
    emergencyAnswer: () => [{ kind: 'text', text: NUMBERS }],
    failureAnswer: () => [{ kind: 'text', text: 'souci' }],
    onFailure: () => undefined,
  });
}

const EFFECTS: Readonly<Record<string, (effects: TurnEffects) => Promise<void> | void>> = {
  humain: ({ handoff }) => handoff.request(),
  laisser: ({ handoff }) => handoff.leave(),
  rappel: ({ handoff }) => handoff.requestCallback({ phone: '+33612345678', moment: { part: 'any' } }),
  async efface(effects) {
    await effects.countMessages();
    effects.eraseHistory();
  },
};

/** Every answer counts the turns before it, so that a lost or doubled state shows. */
function createScriptedDialogs(pause: () => Promise<void>): DialogRunner {
  return {
    isConfidential: () => false,
    async run(context, state) {
      const { turns } = (await state.get(context, { turns: 0 })) as { turns: number };
      await state.set(context, { turns: turns + 1 });
      const { text } = context.activity;
      await context.sendActivity(`tour ${turns + 1}`);
      await pause();
      const effects = context.turnState.get<TurnEffects>(TURN_EFFECTS);
      await EFFECTS[commandOf(text)]?.(effects);
      if (commandOf(text) === 'panne') throw new Error('A fault of the dialogs');
      await context.sendActivity(`fin du tour ${turns + 1}`);
    },
  };
}

function commandOf(text: string): string {
  return text.split(' ')[0] ?? '';
}
