import { startDeskSweeper } from '../../src/desk-sweeper.js';
import type { Actor, Desk, ReplyToSend } from '../../src/domain/desk.js';
import { DomainError, isDomainError } from '../../src/domain/errors.js';
import type { Inbound } from '../../src/pipeline/turn.js';
import type { DelegateStep, ResidentStep, SweepStep } from './handoff-plan.js';
import { DELEGATES, ProcessDied, type World } from './handoff-world.js';

const MINUTE_MS = 60_000;
const MOST_TRIES = 50;
const SETTINGS = { waitMinutes: 10, aloneMinutes: 3, holdLostSeconds: 120, everyMs: 2 ** 31 - 1 };

/** One tab of the resident's: each message is sent until it is acknowledged, and only then the next. */
export async function writeAll(world: World, tab: string, steps: readonly ResidentStep[]): Promise<void> {
  for (const [index, { text: command, crash, server, isTwice }] of steps.entries()) {
    const externalId = `${tab}-${index}`;
    const text = `${command} ${externalId}`;
    world.crashAt(externalId, crash);
    const servers = isTwice ? [server, 1 - server] : [server];
    const seqs = await Promise.all(servers.map((first) => sendUntilAcknowledged(world, { externalId, text }, first)));
    world.record.sent.push({ tab, externalId, text, seqs });
  }
}

async function sendUntilAcknowledged({ servers, id }: World, inbound: Inbound, first: number): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const server = servers[(first + tries) % 2 === 0 ? 0 : 1];
    try {
      return (await server.handle(id, inbound)).seq;
    } catch (error) {
      if (!(error instanceof ProcessDied) && !isDomainError(error, 'revision-conflict')) throw error;
    }
  }
  throw new Error('A message was never acknowledged');
}

/** A delegate at their screen. A refusal ends the step; a death of the server is followed by the same call again. */
export async function workThrough(world: World, by: Actor, steps: readonly DelegateStep[]): Promise<void> {
  const screen = world.storeOf('desk');
  let seenSeq = 0;
  for (const [index, { act, crash, isLooking }] of steps.entries()) {
    if (isLooking) seenSeq = (await screen.load(world.id))?.lastSeq ?? 0;
    const clientId = `${by.delegateId}-${index}`;
    const reply = { clientId, text: `réponse ${clientId}`, seenSeq };
    const hasDied = await diesIn(() => perform(world, world.deskOf('desk', crash), act, by, reply));
    if (hasDied) await diesIn(() => perform(world, world.deskOf('desk', 'none'), act, by, reply));
  }
}

async function diesIn(call: () => Promise<void>): Promise<boolean> {
  try {
    await call();
  } catch (error) {
    if (error instanceof ProcessDied) return true;
    if (!(error instanceof DomainError)) throw error;
  }
  return false;
}

async function perform(
  { id, record, clock }: World,
  desk: Desk,
  act: DelegateStep['act'],
  by: Actor,
  reply: ReplyToSend,
): Promise<void> {
  if (act === 'take' || act === 'reopen') {
    const { desk: held } = await desk[act](id, by);
    record.holds.push({ by: by.delegateId, holder: held.holder });
  } else if (act === 'reply') {
    const { message } = await desk.reply(id, by, reply);
    record.replies.push({ ...reply, by: by.delegateId, message });
  } else if (act === 'snooze') {
    await desk.snooze(id, by, clock().getTime() + 5 * MINUTE_MS);
  } else if (act === 'block') {
    await desk.block(id, by, 'insultes');
  } else {
    await desk[act](id, by);
  }
}

/** Laptops are closed and opened, time passes, and the queue is swept. */
export async function sweepAll(world: World, steps: readonly SweepStep[]): Promise<void> {
  const { presence, wakeUps, clock, record } = world;
  const leaving = new Map(DELEGATES.map(({ delegateId }) => [delegateId, presence.enter(delegateId)]));
  for (const { crash, minutes, toggles } of steps) {
    const delegateId = DELEGATES[toggles]?.delegateId;
    if (delegateId !== undefined) {
      if (presence.isConnected(delegateId)) leaving.get(delegateId)?.();
      else leaving.set(delegateId, presence.enter(delegateId));
    }
    world.advance(minutes * MINUTE_MS);
    const sweeper = startDeskSweeper({
      store: world.storeOf('sweeper'),
      desk: world.deskOf('sweeper', crash),
      presence,
      wakeUps,
      clock,
      isAnyoneThere: () => presence.connected().length > 0,
      settings: SETTINGS,
      log: { error: (fields: { readonly error?: string }) => noteTrouble(fields) },
    });
    await sweeper.tick();
    await sweeper.stop();
  }

  function noteTrouble({ error }: { error?: string }): void {
    if (error !== 'ProcessDied') record.troubles.push(`The sweep failed: ${error}`);
  }
}
