import { DomainError } from '../../src/domain/errors.js';
import type { TextContent } from '../../src/domain/message.js';
import type { ReportDraft } from '../../src/domain/report-intake.js';
import { placeKnown } from '../../src/domain/report-place.js';
import { isReportStep, nextPlace } from '../../src/domain/report-walk.js';
import type { TurnEffects } from '../../src/domain/turn-effects.js';
import type { DialogTurn } from '../dialog-turn.js';
import type { ReportSays } from './report-says.js';
import type { Outcome, WalkState } from './report-state.js';

/** What is said before a question. */
export interface Before {
  readonly preface?: string;
  readonly remarks?: readonly TextContent[];
}

export type There = Omit<WalkState, 'at'>;

export interface ReportAsking {
  /** Asks what is to be asked at the place. @throws DomainError `report-gone` */
  goTo(turn: DialogTurn, there: There, before?: Before): Promise<Outcome>;
  /** The first question that is open, or all of it read back. */
  goOn(turn: DialogTurn, draft: ReportDraft, before?: Before): Promise<Outcome>;
  /** Says this at the same place. */
  stay(turn: DialogTurn, state: WalkState, contents: readonly TextContent[]): Outcome;
}

export function createReportAsking(says: ReportSays): ReportAsking {
  async function questionAt({ effects, now }: DialogTurn, there: There): Promise<readonly TextContent[]> {
    const { place, isWayAsked, hasHeld } = there;
    if (place === 'where' && (await hasPosition(effects, there))) return says.question(place, 'shared');
    if (isReportStep(place)) return says.question(place, isWayAsked ? 'way' : undefined);
    switch (place) {
      case 'recap':
        return says.recap(await draftOf(effects), effects);
      case 'resume':
        return askToResume(hasHeld ? 'report.resume.story' : 'report.resume', effects, now);
      case 'change':
        return says.change();
      case 'consent':
        return says.texts('report.consent.again');
      default:
        return says.texts(`report.${place}`);
    }
  }

  async function hasPosition(effects: TurnEffects, { answered = [] }: There): Promise<boolean> {
    const draft = answered.includes('where') ? await effects.report.draft() : undefined;
    return draft !== undefined && placeKnown(draft)?.position !== undefined;
  }

  async function askToResume(id: string, effects: TurnEffects, now: Date): Promise<readonly TextContent[]> {
    return says.texts(id, { until: says.until(await draftOf(effects), now) });
  }

  async function goTo(turn: DialogTurn, there: There, before: Before = {}): Promise<Outcome> {
    const contents = withBefore(await questionAt(turn, there), before);
    return { kind: 'ask', contents, state: { ...withoutPause(there), at: turn.now.getTime() } };
  }

  return {
    goTo,
    goOn: (turn, { id: reportId, answered }, before) =>
      goTo(turn, { place: nextPlace(answered), reportId, answered }, before),
    stay: (turn, state, contents) => ({
      kind: 'ask',
      contents,
      state: { ...withoutPause(state), at: turn.now.getTime() },
    }),
  };
}

export function withoutPause<State extends There>({ isPaused: _, ...state }: State): Omit<State, 'isPaused'> {
  return state;
}

/** @throws DomainError `report-gone` */
export async function draftOf({ report }: TurnEffects): Promise<ReportDraft> {
  const draft = await report.draft();
  if (!draft) throw new DomainError('report-gone', 'The draft is not there any more');
  return draft;
}

/** The preface goes into the first bubble. What is confided needs none: it says by itself what it is. */
function withBefore(contents: readonly TextContent[], { preface, remarks = [] }: Before): readonly TextContent[] {
  const [first, ...rest] = contents;
  if (!preface || !first || first.reveal !== undefined) return [...remarks, ...contents];
  return [...remarks, { ...first, text: `${preface}\n${first.text}` }, ...rest];
}
