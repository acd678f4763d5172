import { expect } from '@jest/globals';
import { createTelegramChannel } from '../../../src/channels/telegram/create-telegram-channel.js';
import { readConfig } from '../../../src/config.js';
import { loadContent } from '../../../src/content/load-content.js';
import type { TextContent } from '../../../src/domain/message.js';
import type { Timers } from '../../../src/domain/timers.js';
import { openFakeTelegram } from '../telegram/index.js';
import type { FakeChat, SeenMessage } from '../telegram/types.js';
import { expectShownOnTelegram } from './shown-on-telegram.js';
import type { OpenStage } from './stage.js';
import type { StageWorld } from './world.js';

const CONTENT = loadContent(new URL('../../../corpus/fr/', import.meta.url), readConfig({}));

/** How lines were said so far: by inline buttons, by the keyboard under the field, by typing. */
export interface Ways {
  pressed: number;
  tapped: number;
  typed: number;
}

/** Telegram over the fake Bot API, by long polling: buttons are pressed as callback queries wherever there is one. */
export function onTelegram(ways: Ways): OpenStage {
  return async (world) => {
    const time = createEagerTime(world.clock);
    const fake = await openFakeTelegram({ clock: time.clock });
    const channel = createTelegramChannel({
      ...world,
      settings: { token: fake.token, apiRoot: fake.url },
      changes: world.wakeUps,
      attachments: { keep: async () => ({ kind: 'refused', reason: 'unavailable' }) },
      names: CONTENT.authors,
      words: CONTENT.telegram,
      publicUrl: 'https://permanence.example',
      calendar: async (path) => ({ name: 'permanence.ics', text: path }),
      ...time,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      random: () => 0,
    });
    const chat = fake.openChat({ firstName: 'Samia' });
    chat.write('/start');
    await chat.waitFor(1);
    const conversationId = world.opened();
    let contents: readonly TextContent[] = [];
    let lastId = 0;

    return {
      conversationId,
      async say(text) {
        await delivered(world, conversationId);
        lastId = chat.messages.at(-1)?.id ?? 0;
        const turn = world.turned(world.turnCount() + 1);
        await sayBy(chat, wordsOf(contents, text), ways);
        await turn;
        await delivered(world, conversationId);
      },
      expectShown(said) {
        contents = said;
        const shown = chat.visible.filter(({ id, from }) => from === 'bot' && id > lastId);
        const { offer } = CONTENT.telegram.position;
        expectShownOnTelegram(shown, said, { keyboard: chat.replyKeyboard, positionOffer: offer });
      },
      async close() {
        await channel.close();
        expect(fake.violations()).toEqual([]);
        await fake.close();
      },
    };
  };
}

/** A line of a transcript is what a button says, or its title. */
function wordsOf(contents: readonly TextContent[], text: string): { readonly text: string; readonly title: string } {
  const actions = contents.flatMap((content) => content.actions ?? []);
  const action = actions.find(({ value }) => value === text) ?? actions.find(({ title }) => title === text);
  return { text, title: action?.title ?? text };
}

async function sayBy(chat: FakeChat, { text, title }: ReturnType<typeof wordsOf>, ways: Ways): Promise<void> {
  const open = chat.visible.findLast((message) => hasOpenButton(message, title));
  const isOnKeyboard = chat.replyKeyboard?.rows.flat().some((button) => button.text === title) ?? false;
  if (open) {
    ways.pressed += 1;
    await chat.press({ messageId: open.id, title }).answered;
  } else if (isOnKeyboard) {
    ways.tapped += 1;
    chat.write(title);
  } else {
    ways.typed += 1;
    chat.write(text);
  }
}

function hasOpenButton({ keyboard }: SeenMessage, title: string): boolean {
  return keyboard.flat().some((button) => button.text === title && button.data !== undefined);
}

async function delivered(world: StageWorld, id: string): Promise<void> {
  for (;;) {
    const saved = world.saved();
    const { deliveredSeq = 0 } = (await world.deliveries.load(id)) ?? {};
    if (deliveredSeq >= (await world.lastToldSeq(id))) return;
    await saved;
  }
}

/** Longer waits are for faults, of which there are none here. */
const LONGEST_MS = 2_000;

/** Whoever waits for a short time is told at once that it is over. */
function createEagerTime(base: () => Date): { readonly clock: () => Date; readonly timers: Timers } {
  let aheadMs = 0;
  return {
    clock: () => new Date(base().getTime() + aheadMs),
    timers: {
      set(task, ms) {
        if (ms > LONGEST_MS) return () => undefined;
        const immediate = setImmediate(() => {
          aheadMs += ms;
          task();
        });
        return () => clearImmediate(immediate);
      },
    },
  };
}
