import type { DateWords } from '../../src/domain/date-words.js';
import type { TextContent } from '../../src/domain/message.js';
import type { FollowUp } from '../../src/domain/report-intake.js';
import type { ReportWords } from '../../src/domain/report-words.js';
import { type DialogTurn, isOneOf } from '../dialog-turn.js';
import type { Listening } from './report-listening.js';
import type { ReportSays } from './report-says.js';
import { DECLINING } from './report-state.js';
import { heldText, isAskedAnew, isForElsewhere, looksLikeCode } from './report-status-reading.js';
import { createFollowUpSays } from './report-status-says.js';
import type { FollowUpOutcome, FollowUpState, ReportFollowUpTalk } from './report-status-state.js';
import { holdFrom } from './report-story.js';

export interface FollowUpDependencies {
  readonly dates: DateWords;
  readonly words: ReportWords;
  readonly says: ReportSays;
  readonly listening: Listening;
}

type Handler = (turn: DialogTurn, state: FollowUpState) => Promise<FollowUpOutcome>;

const FORGOTTEN_AFTER_MS = 30 * 60_000;
/** Replies in a row that hold nothing like a code. */
const MOST_MISSES = 2;

export function createReportFollowUp({ dates, words, says, listening }: FollowUpDependencies): ReportFollowUpTalk {
  const shows = createFollowUpSays(says, dates);

  async function find(turn: DialogTurn, receipt: string, state: FollowUpState): Promise<FollowUpOutcome> {
    const found = await turn.effects.report.find(receipt);
    if (found === 'too-many-attempts') return { kind: 'done', contents: says.texts('report.status.too-many') };
    if (found === 'unknown') return ask(turn, { ...state, place: 'code' }, says.texts('report.status.unknown'));
    return state.hasHeld ? addHeld(turn, found) : show(turn, found);
  }

  function show(turn: DialogTurn, found: FollowUp): FollowUpOutcome {
    const { ticket, notifies } = found;
    const contents = shows.shown(found, turn.effects, turn.now);
    return ask(turn, { place: 'shown', at: 0, ticket, isInformed: notifies }, contents);
  }

  /** What was written when the time was over. */
  async function addHeld(turn: DialogTurn, { ticket, notifies }: FollowUp): Promise<FollowUpOutcome> {
    const state: FollowUpState = { place: 'adding', at: 0, ticket, isInformed: notifies };
    const text = heldText(turn);
    return text === undefined ? ask(turn, state, says.texts('report.status.lost-text')) : addThat(turn, state, text);
  }

  function addThat(turn: DialogTurn, state: FollowUpState, held: string): Promise<FollowUpOutcome> {
    return add(turn, state, held, turn.sources.held());
  }

  /** @param said by which messages, unless it is this one. */
  async function add(
    turn: DialogTurn,
    state: FollowUpState,
    text: string,
    said: readonly string[] = [turn.id],
  ): Promise<FollowUpOutcome> {
    const { effects, sources } = turn;
    const { report } = effects;
    const isAdded = await carryOut(turn, async () => state.ticket !== undefined && report.add(state.ticket, text));
    if (typeof isAdded !== 'boolean') return isAdded;
    if (!isAdded) {
      report.hold([{ step: 'more', text }]);
      sources.hold(said);
      return ask(turn, { place: 'code', at: 0, hasHeld: true }, says.texts('report.status.expired.text'));
    }
    report.hold();
    sources.noteAdded(said);
    const { hasHeld: _, misses: __, ...rest } = state;
    const id = says.inChannel('report.status.added', turn.channel);
    return ask(turn, { ...rest, place: 'shown' }, shows.open(id, state.isInformed ?? false));
  }

  /** What the store says no to, in words: nothing is held for it any longer. */
  async function carryOut(turn: DialogTurn, run: () => Promise<boolean>): Promise<boolean | FollowUpOutcome> {
    try {
      return await run();
    } catch (error) {
      const contents = shows.refused(error, turn.now);
      if (!contents) throw error;
      turn.effects.report.hold();
      return { kind: 'done', contents };
    }
  }

  async function inform(turn: DialogTurn, state: FollowUpState, isInformed: boolean): Promise<FollowUpOutcome> {
    const { ticket } = state;
    const { report } = turn.effects;
    const isDone = await carryOut(turn, async () => ticket !== undefined && report.notify(ticket, isInformed));
    if (typeof isDone !== 'boolean') return isDone;
    if (!isDone) return ask(turn, { place: 'code', at: 0 }, says.texts('report.status.expired'));
    const id = isInformed ? 'report.status.informed' : 'report.status.not-informed';
    return ask(turn, { ...state, isInformed }, shows.open(id, isInformed));
  }

  async function receiveCode(turn: DialogTurn, state: FollowUpState): Promise<FollowUpOutcome> {
    const { command, entities, text } = turn;
    if (entities.receiptCode !== undefined) return find(turn, entities.receiptCode, state);
    if (command === 'lost-code' || words.saysCodeIsLost(text)) {
      return { kind: 'done', contents: says.texts('report.status.lost') };
    }
    if (isOneOf(turn, DECLINING)) return { kind: 'done', contents: says.texts('cancelled') };
    if (looksLikeCode(text)) return ask(turn, state, says.texts('report.status.unknown'));
    if (isAskedAnew(turn)) return ask(turn, state, says.texts('report.status.ask'));
    return isForElsewhere(turn) ? { kind: 'left' } : askAgain(turn, state);
  }

  function askAgain(turn: DialogTurn, state: FollowUpState): FollowUpOutcome {
    const misses = (state.misses ?? 0) + 1;
    if (misses > MOST_MISSES) return { kind: 'lost' };
    return ask(turn, { ...state, misses }, says.texts('report.status.ask-again'));
  }

  async function receiveShown(turn: DialogTurn, state: FollowUpState): Promise<FollowUpOutcome> {
    const { command, entities } = turn;
    if (entities.receiptCode !== undefined) return find(turn, entities.receiptCode, state);
    if (command === 'add') return ask(turn, { ...state, place: 'adding' }, asked(turn));
    if (command === 'inform' || command === 'stop-informing') return inform(turn, state, command === 'inform');
    if (command === 'finish' || isOneOf(turn, DECLINING)) return finished();
    if (!isTold(turn)) return { kind: 'left' };
    holdFrom(turn, false);
    return askWhetherToAdd(turn, state, shows.added(turn));
  }

  function isTold(turn: DialogTurn): boolean {
    if (turn.effects.position) return true;
    return listening.isSubstantial(turn) && !/\?\s*$/.test(turn.text);
  }

  function askWhetherToAdd(turn: DialogTurn, state: FollowUpState, text: string): FollowUpOutcome {
    return holdAnew(turn, { ...state, place: 'add-this', hasHeld: true }, text);
  }

  /** Asks for the yes, or for the code, that the text waits for. */
  function holdAnew(
    turn: DialogTurn,
    state: FollowUpState,
    text: string,
    remarks: readonly TextContent[] = [],
  ): FollowUpOutcome {
    turn.effects.report.hold([{ step: 'more', text }]);
    const id = state.place === 'code' ? 'report.status.expired.text' : 'report.status.add-this';
    return ask(turn, state, [...remarks, ...says.texts(id)]);
  }

  async function receiveAdding(turn: DialogTurn, state: FollowUpState): Promise<FollowUpOutcome> {
    const { command, effects, text } = turn;
    if (effects.position) return add(turn, state, shows.added(turn));
    if (isOneOf(turn, [...DECLINING, 'finish', 'skip'])) return backToShown(turn, state);
    if (listening.isForAssistant(turn, 'more')) return { kind: 'interrupted', state };
    if (command !== undefined && isForElsewhere(turn)) return { kind: 'left' };
    const isText = command === undefined && !words.isUnclear(text);
    return isText ? add(turn, state, text) : ask(turn, state, says.texts('report.status.add-again'));
  }

  /** A text that nobody asked for: whether it is meant for the delegates. */
  async function receiveWhetherToAdd(turn: DialogTurn, state: FollowUpState): Promise<FollowUpOutcome> {
    const isAgreed = isOneOf(turn, ['add', 'yes', 'send']);
    if (isAgreed || isTold(turn)) {
      const text = heldText(turn);
      if (text === undefined) return ask(turn, { ...state, place: 'adding' }, says.texts('report.status.lost-text'));
      if (isAgreed) return addThat(turn, state, text);
      holdFrom(turn, true);
      return askWhetherToAdd(turn, state, `${text}\n${shows.added(turn)}`);
    }
    const isDeclined = isOneOf(turn, DECLINING);
    if (!isDeclined && !isForElsewhere(turn)) return ask(turn, state, says.texts('report.status.add-this'));
    turn.effects.report.hold();
    return isDeclined ? backToShown(turn, state) : { kind: 'left' };
  }

  /** The words of one message are replaced; beside those of others, the corrected ones say what they are. */
  function correctHeld(turn: DialogTurn, state: FollowUpState): FollowUpOutcome | undefined {
    const { sources, text } = turn;
    const isOneOfSeveral = sources.held().length > 1;
    const before = isOneOfSeveral ? heldText(turn) : undefined;
    if (before !== undefined) {
      return holdAnew(turn, state, `${before}\n${says.phrase('report.value.correction', { text })}`);
    }
    if (!listening.isSubstantial(turn)) return undefined;
    holdFrom(turn, false);
    const lost: TextContent = { kind: 'text', text: says.phrase('report.corrected.lost') };
    return holdAnew(turn, state, text, isOneOfSeveral ? [lost] : []);
  }

  function backToShown(turn: DialogTurn, { hasHeld: _, ...state }: FollowUpState): FollowUpOutcome {
    return ask(turn, { ...state, place: 'shown' }, shows.open('report.status.next', state.isInformed ?? false));
  }

  function finished(): FollowUpOutcome {
    return { kind: 'done', contents: says.texts('report.status.finished') };
  }

  /** Words about a danger are a part of what is added. */
  async function pause(turn: DialogTurn, state: FollowUpState): Promise<FollowUpOutcome> {
    const paused = { ...state, isPaused: true } as const;
    if (state.place !== 'adding' || !listening.isSubstantial(turn)) return { kind: 'interrupted', state: paused };
    const outcome = await add(turn, state, turn.text);
    const isAdded = 'state' in outcome && outcome.state.place === 'shown';
    return { kind: 'interrupted', state: isAdded ? { ...outcome.state, isPaused: true, isKept: true } : paused };
  }

  const handlers: Readonly<Record<FollowUpState['place'], Handler>> = {
    code: receiveCode,
    shown: receiveShown,
    adding: receiveAdding,
    'add-this': receiveWhetherToAdd,
  };

  function asked({ channel }: DialogTurn): readonly TextContent[] {
    return says.texts(says.inChannel('report.status.add', channel));
  }

  async function begin(turn: DialogTurn): Promise<FollowUpOutcome> {
    const { effects, entities, isButton } = turn;
    // A code that is mistyped is one that nobody else may read.
    if (!isButton) effects.conceal();
    const state: FollowUpState = { place: 'code', at: 0 };
    if (entities.receiptCode !== undefined) return find(turn, entities.receiptCode, state);
    return ask(turn, state, says.texts(looksLikeCode(turn.text) ? 'report.status.unknown' : 'report.status.ask'));
  }

  /** The question of the place anew; none is open once the report is shown. */
  function askAnew(turn: DialogTurn, state: FollowUpState): FollowUpOutcome | undefined {
    if (state.place === 'code') return ask(turn, state, says.texts('report.status.ask'));
    return state.place === 'adding' ? ask(turn, state, asked(turn)) : undefined;
  }

  return {
    async begin(turn, isToldOfChannel) {
      const outcome = await begin(turn);
      if (isToldOfChannel || outcome.kind !== 'ask') return outcome;
      return { ...outcome, contents: [...says.aboutChannel(turn.channel), ...outcome.contents] };
    },
    async receive(turn, state) {
      const { status } = turn.effects.handoff;
      const isForgotten = turn.now.getTime() - state.at >= FORGOTTEN_AFTER_MS;
      if (isForgotten || status === 'assigned' || status === 'closed') return { kind: 'left' };
      if (listening.isDanger(turn, state.place === 'adding' ? 'more' : 'recap')) return pause(turn, state);
      const { isPaused: _, isKept, ...here } = state;
      const outcome = await handlers[state.place](turn, here);
      const isToBeTold = isKept && outcome.kind === 'left';
      return isToBeTold ? { ...outcome, preface: says.phrase('report.addition.kept') } : outcome;
    },
    correct(turn, state) {
      return state.hasHeld && turn.sources.held().includes(turn.id) ? correctHeld(turn, state) : undefined;
    },
    comeBack: (turn, state) => (state.isPaused ? undefined : askAnew(turn, state)),
  };
}

function ask(turn: DialogTurn, state: FollowUpState, contents: readonly TextContent[]): FollowUpOutcome {
  const { isPaused: _, ...there } = state;
  return { kind: 'ask', contents, state: { ...there, at: turn.now.getTime() } };
}
