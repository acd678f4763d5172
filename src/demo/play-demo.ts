import { setTimeout as wait } from 'node:timers/promises';
import type { Demo, DemoStep } from '../content/load-demo.js';
import { type DemoDelegate, enrolDemoDelegate } from './demo-delegate.js';
import { type DemoResident, openDemoResident } from './demo-resident.js';
import { delegateNamed, playReport } from './play-report.js';

export interface DemoStage {
  readonly baseUrl: string;
  /** Of the link that the server printed. */
  readonly setupToken: string;
  readonly demo: Demo;
  /** Sets the server's clock back by so many ms. */
  setBack(ms: number): void;
}

/** A resident who is there, with what they still have to answer. */
interface Live {
  readonly resident: DemoResident;
  readonly answers: string[];
  /** Messages of delegates that have been answered. */
  answered: number;
}

const MINUTE_MS = 60_000;
/** Between two things that happen in a conversation. */
const STEP_MS = 40_000;
const LOOK_MS = 2_000;
const TYPING_MS = 3_000;
const ARRIVAL_MS = 75_000;

/** Fills the server through its own doors, in the past; what it gives back brings the demonstration to life. */
export async function fillDemo(stage: DemoStage): Promise<() => Promise<void>> {
  const { baseUrl, setupToken, demo, setBack } = stage;
  const past = [...demo.conversations, ...demo.reports].toSorted((one, other) => other.minutesAgo - one.minutesAgo);
  setBack(2 * (past[0]?.minutesAgo ?? 0) * MINUTE_MS);
  const team = await enrolTeam(baseUrl, setupToken, demo);
  const live: Live[] = [];
  for (const scene of past) {
    for (const delegate of team.values()) {
      setBack(scene.minutesAgo * MINUTE_MS);
      await delegate.logIn();
    }
    const resident = await openDemoResident(baseUrl);
    const pass = createPassing(stage, scene.minutesAgo);
    if ('says' in scene) await playReport(scene, { resident, team, pass });
    else live.push(await playConversation(scene, { resident, team, pass, label: demo.label }));
  }
  setBack(0);
  return () => goOn(baseUrl, demo, live);
}

/** Each call lets one step's time go by, and never more than there was. */
function createPassing({ setBack }: DemoStage, minutesAgo: number): () => void {
  let left = minutesAgo * MINUTE_MS;
  return () => {
    left = Math.max(0, left - STEP_MS);
    setBack(left);
  };
}

interface ConversationStage {
  readonly resident: DemoResident;
  readonly team: ReadonlyMap<string, DemoDelegate>;
  readonly label: string;
  pass(): void;
}

async function playConversation(
  { steps, answers }: Demo['conversations'][number],
  { resident, team, label: word, pass }: ConversationStage,
): Promise<Live> {
  for (const step of steps) {
    await perform(step, resident, team);
    pass();
  }
  await label(resident, team, word);
  return { resident, answers: [...answers], answered: await resident.countDelegateMessages() };
}

async function enrolTeam(baseUrl: string, setupToken: string, demo: Demo): Promise<ReadonlyMap<string, DemoDelegate>> {
  const team = new Map<string, DemoDelegate>();
  let first: DemoDelegate | undefined;
  for (const { login, displayName, role } of demo.team) {
    const token = first ? await first.invite(displayName, role) : setupToken;
    const delegate = await enrolDemoDelegate(baseUrl, { login, displayName, password: demo.password }, token);
    first ??= delegate;
    team.set(login, delegate);
  }
  return team;
}

async function perform(step: DemoStep, resident: DemoResident, team: ReadonlyMap<string, DemoDelegate>): Promise<void> {
  if ('say' in step) return resident.say(step.say);
  const delegate = delegateNamed(step.by, team);
  const id = resident.conversationId;
  if ('reply' in step) return delegate.reply(id, step.reply);
  if ('note' in step) return delegate.note(id, step.note);
  if ('do' in step) await delegate.call('POST', `/conversations/${id}/${step.do}`);
  else if ('labels' in step) await delegate.call('PUT', `/conversations/${id}/labels`, { labels: step.labels });
  else await delegate.call('PUT', `/conversations/${id}/labels`, { priority: step.priority });
}

/** Every conversation that delegates see says that it is fictitious. */
async function label(
  { conversationId }: DemoResident,
  team: ReadonlyMap<string, DemoDelegate>,
  word: string,
): Promise<void> {
  const [delegate] = team.values();
  const opened = await delegate?.call('GET', `/conversations/${conversationId}`).catch(() => undefined);
  if (!opened) return;
  const { labels } = (opened as { detail: { card: { labels: readonly string[] } } }).detail.card;
  await delegate?.call('PUT', `/conversations/${conversationId}/labels`, { labels: [word, ...labels] });
}

/** Residents answer what delegates write, and others come, until there is nothing left to say. */
async function goOn(baseUrl: string, demo: Demo, live: Live[]): Promise<void> {
  const arrivals = [...demo.arrivals];
  for (let sinceArrival = 0; arrivals.length > 0 || live.some(({ answers }) => answers.length > 0); ) {
    await wait(LOOK_MS, undefined, { ref: false });
    sinceArrival += LOOK_MS;
    await Promise.all(live.map(answer));
    if (sinceArrival < ARRIVAL_MS) continue;
    sinceArrival = 0;
    const arrival = arrivals.shift();
    if (arrival) live.push(await arrive(baseUrl, arrival));
  }
}

async function answer(one: Live): Promise<void> {
  if (one.answers.length === 0) return;
  const written = await one.resident.countDelegateMessages();
  if (written <= one.answered) return;
  one.answered = written;
  await one.resident.showTyping();
  await wait(TYPING_MS);
  const next = one.answers.shift();
  if (next !== undefined) await one.resident.say(next);
}

async function arrive(baseUrl: string, { say, answers }: Demo['arrivals'][number]): Promise<Live> {
  const resident = await openDemoResident(baseUrl);
  for (const text of say) await resident.say(text);
  return { resident, answers: [...answers], answered: 0 };
}
