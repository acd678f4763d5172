import type { CounterName, StatisticsRecorder } from '../domain/statistics.js';
import type { Turn } from './compose.js';

interface CountingDependencies {
  readonly statistics: StatisticsRecorder;
  readonly isReply: (text: string) => boolean;
}

/** Counts a turn that is stored. A correction is no new message: what it brings about counts, and nothing else. */
export function countTurn(turn: Turn, { statistics, isReply }: CountingDependencies): void {
  const { conversation, correction, draft } = turn;
  if (!correction) statistics.count(`channel:${conversation.channel}`);
  for (const name of [...draft.counts, ...(correction ? [] : understanding(turn, isReply))]) statistics.count(name);
}

/** A choice between two intents is neither: its reply is what counts. What a concealed message was about is not counted. */
function understanding(
  { recognition, danger, received, secrecy }: Turn,
  isReply: (text: string) => boolean,
): CounterName[] {
  if (secrecy.isConcealed) return [];
  if (recognition?.decision.kind === 'answer') return [`intent:${recognition.decision.intent}`];
  const isUnsure = recognition?.decision.kind === 'unsure' && !danger && !isReply(received.text);
  return isUnsure ? ['unsure'] : [];
}
