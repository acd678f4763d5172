import { reportSealing } from '../../../sealing/index.js';
import type { Call } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import type { ReportDetail } from '../api/types.js';
import { sealWords, type Words, type Writer } from './sealing-new.js';

export interface AppendDependencies extends Writer {
  readonly call: Call;
  /** The device's clock, in ms. */
  readonly now: () => number;
}

/** A report as the reader has it before them. */
export interface Known {
  readonly detail: ReportDetail;
  /** To be added to the device's clock to have the server's. */
  readonly clockOffset: number;
}

/** `guarded`: nothing was sent, since somebody has written to or for the author meanwhile: to be read first. */
export interface Sent {
  readonly outcome: 'sent' | 'guarded';
  readonly detail: ReportDetail;
}

/** One thing that a delegate sends, tried as often as it takes: it knows what it has tried, and so is never sent twice. */
export interface Submission {
  readonly words: Words;
  /** @throws ApiProblem, SealingFault; the words are the caller's to keep. */
  send(known: Known): Promise<Sent>;
}

export function createSubmission({ call, now, ...writer }: AppendDependencies, words: Words): Submission {
  const tried = new Set<string>();

  const reload = async (id: string): Promise<Known> => {
    const detail = await call('openReport', { params: { id } });
    return { detail, clockOffset: detail.now - now() };
  };
  const isThere = ({ events }: ReportDetail): boolean => events.some(({ digest }) => tried.has(digest));

  async function attempt({ detail, clockOffset }: Known): Promise<Sent> {
    const request = await sealWords(writer, detail, { words, at: Math.round(now() + clockOffset) });
    tried.add(await reportSealing.digestOf(request.sealed));
    const after = await call('appendToReport', { params: { id: detail.card.id }, body: request });
    return { outcome: 'sent', detail: after };
  }

  async function sendAgain(known: Known): Promise<Sent> {
    const fresh = await reload(known.detail.card.id);
    if (isThere(fresh.detail)) return { outcome: 'sent', detail: fresh.detail };
    // A status closes or answers what the author said; a note is for delegates, whatever was said.
    if (words.kind !== 'note' && hasNewWords(known.detail, fresh.detail)) {
      return { outcome: 'guarded', detail: fresh.detail };
    }
    return attempt(fresh);
  }

  return {
    words,
    async send(known) {
      // An answer may have been lost: whether it was taken is looked at before it is sealed anew.
      if (tried.size > 0) return sendAgain(known);
      try {
        return await attempt(known);
      } catch (fault) {
        if (!isChanged(fault)) throw fault;
        return sendAgain(known);
      }
    },
  };
}

/** A colleague has answered, or the author has added something. */
function hasNewWords(known: ReportDetail, fresh: ReportDetail): boolean {
  return fresh.events.some(({ seq, kind }) => seq > known.card.lastSeq && (kind === 'reply' || kind === 'addition'));
}

function isChanged(fault: unknown): boolean {
  return fault instanceof ApiProblem && fault.code === 'ReportChanged';
}
