import { expect } from '@jest/globals';
import type { TextContent } from '../../../src/domain/message.js';
import { type Chat, type ChatOptions, HAPPENING, type Line, SOMEBODY_THERE, toLines } from '../transcript.js';
import { createStageWorld, type StageWorld } from './world.js';

/** A channel, and a resident at its other end. */
export interface Stage {
  readonly conversationId: string;
  /**
   * Says it as a resident would (by a button where one says it), and waits until the channel has shown the answer.
   * Nothing that was shown before counts.
   */
  say(text: string): Promise<void>;
  /** Fails unless what was shown for the last message is exactly this. */
  expectShown(contents: readonly TextContent[]): Promise<void> | void;
  close(): Promise<void>;
}

export type OpenStage = (world: StageWorld) => Promise<Stage>;

/** Fails unless the robot says on this stage exactly what the transcript says, and its channel shows all of that. */
export async function expectTranscriptOn(
  openStage: OpenStage,
  options: ChatOptions,
  lines: readonly Line[],
): Promise<void> {
  const world = createStageWorld(options);
  const stage = await openStage(world);
  try {
    const played = await playOn(stage, world, lines);
    // What failed says more than what came of it.
    expect(world.failures).toEqual([]);
    expect(played).toEqual(lines);
  } finally {
    await stage.close();
  }
}

async function playOn(stage: Stage, world: StageWorld, lines: readonly Line[]): Promise<readonly Line[]> {
  const id = stage.conversationId;
  const shown = new Set<string>(['résident', 'robot', ...lines.map(([kind]) => kind)]);
  const played: Line[] = [];
  await world.prepare(id);
  for (const line of lines) {
    if (line[0] === 'entre-temps') {
      await happen(world, id, line[1]);
      played.push(line);
    }
    if (line[0] !== 'résident') continue;
    const before = await world.lastSeq(id);
    world.expectWords(line[2]);
    await stage.say(line[1]);
    const contents = await world.saidAfter(id, before);
    await stage.expectShown(contents);
    played.push(line, ...contents.flatMap(toLines));
  }
  return played.filter(([kind]) => shown.has(kind));
}

/** What transcripts let happen is told to a chat without a channel: this is what it comes to in a stored conversation. */
async function happen(world: StageWorld, id: string, what: string): Promise<void> {
  const minutes = Number.parseInt(what, 10);
  if (minutes > 0) world.putForward(minutes);
  let wasInterrupted = false;
  let wasReset = false;
  const chat: Chat = {
    say: () => Promise.reject(new Error('Nobody speaks meanwhile')),
    get state() {
      return undefined;
    },
    set state(_) {
      wasReset = true;
    },
    erasures: () => 0,
    now: world.clock(),
    status: 'bot',
    outlook: SOMEBODY_THERE,
    callbacks: () => [],
    reports: world.shelf,
    stored: () => '',
    interject() {
      wasInterrupted = true;
    },
    restart: () => world.restart(),
  };
  for (const [name, bringAbout] of Object.entries(HAPPENING)) if (name === what) bringAbout(chat);
  if (wasInterrupted) await world.interject(id, wasReset);
}
