import { tellMembership } from './methods/about.js';
import type { Server } from './methods/method.js';
import { textContent } from './private-chat.js';
import { seeAll, waitForScreen } from './screen.js';
import type { FakeGroup, GroupOptions, JsonRecord } from './types.js';
import { type KeptChat, toWire } from './world.js';

const LEAVE_MS = 10_000;

/** A group, supergroup or channel whose people add the bot and write; it reads all of it, as with privacy mode off. */
export function openGroup(hands: Pick<Server, 'world' | 'updates'>, options: GroupOptions): FakeGroup {
  const { world, updates } = hands;
  const type = options.type ?? 'group';
  const number = world.next();
  // Ids of supergroups and channels begin with -100.
  const id = options.id ?? (type === 'group' ? -(4_000_000 + number) : -1_001_000_000_000 - number);
  const person = { id: 800_000_000 + number, is_bot: false, first_name: 'Alex', language_code: 'fr' };
  const chat: KeptChat = {
    id,
    wire: { id, title: options.title ?? 'Les voisins', type },
    messages: [],
    actions: [],
    standing: 'stranger',
    keyboard: undefined,
    nextId: 1,
  };
  world.chats.set(id, chat);
  const role = type === 'channel' ? 'administrator' : 'member';

  function say(content: JsonRecord): number {
    const from = type === 'channel' ? null : person;
    const message = world.addMessage(chat, { from, content });
    const isHeard = chat.standing === 'member';
    if (isHeard) updates.add(type === 'channel' ? 'channel_post' : 'message', toWire(message), `chat ${id}`);
    return message.id;
  }

  return {
    id,
    add() {
      chat.standing = 'member';
      tellMembership(hands, chat, person, { from: 'left', to: role });
      // A channel says nothing of who comes and goes.
      if (type !== 'channel') say({ new_chat_members: [world.bot] });
    },
    remove() {
      tellMembership(hands, chat, person, { from: role, to: 'kicked' });
      chat.standing = 'left';
    },
    write: (text) => say(textContent(text)),
    get messages() {
      return seeAll(world, chat);
    },
    get isJoined() {
      return chat.standing === 'member';
    },
    waitFor: (wanted, limitMs) => waitForScreen(world, chat, wanted, limitMs),
    left: (limitMs = LEAVE_MS) =>
      world.signal
        .until(
          () => (chat.standing === 'left' ? null : undefined),
          limitMs,
          () => 'the bot is still there',
        )
        .then(() => undefined),
  };
}
