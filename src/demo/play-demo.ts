import { setTimeout as wait } from 'node:timers/promises';
import type { Demo, DemoStep } from '../content/load-demo.js';
import { type DemoDelegate, enrolDemoDelegate } from './demo-delegate.js';
import { type DemoResident, openDemoResident } from './demo-resident.js';

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
export async function fillDemo({ baseUrl, setupToken, demo, setBack }: DemoStage): Promise<() => Promise<void>> {
  setBack(2 * (demo.conversations[0]?.minutesAgo ?? 0) * MINUTE_MS);
  const team = await enrolTeam(baseUrl, setupToken, demo);
  const live: Live[] = [];
  for (const { minutesAgo, steps, answers } of demo.conversations) {
    for (const delegate of team.values()) {
      setBack(minutesAgo * MINUTE_MS);
      await delegate.logIn();
    }
    const resident = await openDemoResident(baseUrl);
    for (const [index, step] of steps.entries()) {
      setBack(Math.max(0, minutesAgo * MINUTE_MS - index * STEP_MS));
      await perform(step, resident, team);
    }
    await label(resident, team, demo.label);
    live.push({ resident, answers: [...answers], answered: await resident.countDelegateMessages() });
  }
  setBack(0);
  return () => goOn(baseUrl, demo, live);
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
  const delegate = team.get(step.by);
  if (!delegate) throw new Error(`Nobody of the team is called ${step.by}`);
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
