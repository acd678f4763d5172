import { createRootDialog } from '../../dialogs/index.js';
import { loadAnswers } from '../../src/content/load-answers.js';
import { loadConcealed } from '../../src/content/load-concealed.js';
import type { Peers } from '../../src/domain/peers.js';
import type { ReportsDependencies } from '../../src/domain/report-parts.js';
import type { Reports } from '../../src/domain/reports.js';
import { createSecretLines, type SecretLines } from '../../src/domain/secret-lines.js';
import { type Confidences, createConfidences } from '../../src/pipeline/confidences.js';
import { createTurnHandler } from '../../src/pipeline/create-turn-handler.js';
import { createReveal } from '../../src/pipeline/reveal.js';
import { createInProcessWakeUps } from '../../src/realtime/wake-ups.js';
import type { ConversationStore } from '../../src/storage/ports/conversation-store.js';
import { buildConversation } from './build-conversation.js';
import { ENCLOSED } from './report-fakes.js';
import { makeReportWorld, type ReportWorld } from './report-world.js';
import { createMemoryStore } from './storage-memory.js';
import { buildDialogDependencies, NO_WORDS, SOMEBODY_THERE, toRecognition, withEntities } from './transcript.js';

/** One conversation, in which any process may take any message. */
export const CONVERSATION = 'c1';
const CORPUS = new URL('../../corpus/fr/', import.meta.url);

/** One process of several on the same storage, with real dialogs and real sealing: what it remembers is its own. */
export interface ReportProcess {
  readonly lines: SecretLines;
  readonly confidences: Confidences;
  readonly reports: Reports;
  /** A message of the resident. */
  say(text: string): Promise<void>;
  /** What was said since the last message that `from` shows, as the resident reads it on this process; random parts are named. */
  shown(after?: number): Promise<readonly string[]>;
  /** Erases what was said, as « effacez mes données » does beside the conversation itself. */
  eraseBeside(): void;
}

export interface ReportProcesses {
  readonly world: ReportWorld;
  readonly store: ConversationStore;
  readonly failures: readonly unknown[];
  start(peers: Peers): ReportProcess;
  lastSeq(): Promise<number>;
}

export async function openReportProcesses(settings: Partial<ReportsDependencies> = {}): Promise<ReportProcesses> {
  const world = await makeReportWorld();
  const store = createMemoryStore();
  const failures: unknown[] = [];
  const clock = world.clock.now;
  let said = 0;
  await store.create(buildConversation({ id: CONVERSATION, createdAt: clock(), lastMessageAt: clock() }), []);

  function start(peers: Peers): ReportProcess {
    const lines = createSecretLines(peers, clock);
    const confidences = createConfidences(clock, { lines });
    const reports = world.start({ lines, ...settings });
    const concealed = loadConcealed(CORPUS, loadAnswers(CORPUS));
    const turns = createTurnHandler({
      store,
      clock,
      confidences,
      reports,
      concealed,
      enclosed: ENCLOSED,
      wakeUps: createInProcessWakeUps((error) => failures.push(error)),
      emergency: { assess: async () => undefined },
      recognizer: {
        recognise: async (text) => withEntities(toRecognition(isStory(text) ? 'report.start' : {}), text, clock()),
      },
      dialogs: createRootDialog(buildDialogDependencies({}, clock)),
      outlook: async () => SOMEBODY_THERE,
      words: NO_WORDS,
      isLeaving: () => false,
      isReply: () => true,
      statistics: { count: () => undefined },
      emergencyAnswer: () => [],
      failureAnswer: () => [{ kind: 'text', text: 'souci' }],
      onFailure: (error) => failures.push(error),
    });
    const reveal = createReveal({
      confidences,
      words: concealed,
      readReceipt: (ref) => reports.intake.readReceipt(ref),
    });
    return {
      lines,
      confidences,
      reports,
      async say(text) {
        said += 1;
        await turns.handle(CONVERSATION, { externalId: `m${said}`, text });
      },
      async shown(after = 0) {
        const messages = await store.messagesAfter(CONVERSATION, after, 1000);
        return Promise.all(
          messages.map(async ({ author, content }) => {
            if (content.kind !== 'text') return content.kind;
            const revealed = content.reveal === undefined ? undefined : await reveal(content.reveal);
            const text = revealed?.text ?? content.text;
            return `${author} ${revealed?.receipt === undefined ? text : text.replace(revealed.receipt, '<code>')}`;
          }),
        );
      },
      eraseBeside: () => confidences.forget(CONVERSATION),
    };
  }

  return {
    world,
    store,
    failures,
    start,
    lastSeq: async () => (await store.load(CONVERSATION))?.lastSeq ?? 0,
  };
}

/** Understood as a report before anybody asked. */
function isStory(text: string): boolean {
  return text.startsWith('ils crient');
}
