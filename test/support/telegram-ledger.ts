import type { Delivery } from '../../src/channels/deliveries.js';
import { tagOf } from '../../src/channels/telegram/keyboards.js';
import { render } from '../../src/channels/telegram/render.js';
import { readConfig } from '../../src/config.js';
import { loadContent } from '../../src/content/load-content.js';
import type { Conversation } from '../../src/domain/conversation.js';
import type { Message } from '../../src/domain/message.js';
import { type DumpPlace, dumpDatabase } from './security-report-dump.js';
import type { FakeChat } from './telegram/types.js';

const CONTENT = loadContent(new URL('../../corpus/fr/', import.meta.url), readConfig({}));

/** What the server has stored of one chat. */
export interface Kept {
  readonly conversation: Conversation;
  /** In order. */
  readonly messages: readonly Message[];
  readonly delivery: Delivery | undefined;
}

/** Where what a person sees and what was stored for them differ. */
export interface Account {
  /** `seq` of messages that the person does not see. */
  readonly missing: readonly number[];
  /** What they see that was not said at this place: said twice, out of its order, or never. */
  readonly surplus: readonly string[];
  /** `seq` of messages of which the server says that it does not know. */
  readonly uncertain: readonly number[];
}

/** All chats of a database, by the id of the chat. The server must not run. */
export async function readLedger(place: DumpPlace): Promise<ReadonlyMap<number, Kept>> {
  const rows = await dumpDatabase(place);
  const conversations = rows
    .filter(({ table }) => table === 'conversation')
    .map(({ opened }) => JSON.parse(opened) as Conversation);
  return new Map(
    conversations.flatMap((conversation): [number, Kept][] => {
      const { chatId } = conversation.address?.details ?? {};
      if (typeof chatId !== 'number') return [];
      const own = rows.filter((row) => row.conversation === conversation.id);
      const messages = own
        .filter(({ table }) => table === 'message')
        .map(({ opened }) => JSON.parse(opened) as Message)
        .toSorted((one, other) => one.seq - other.seq);
      const delivery = own.find(({ kind }) => kind === 'delivery');
      return [[chatId, { conversation, messages, delivery: delivery && (JSON.parse(delivery.opened) as Delivery) }]];
    }),
  );
}

/** Holds what the person sees against what was stored, word for word. Nothing of it may have been deleted or changed. */
export function accountOf({ conversation, messages, delivery }: Kept, chat: Pick<FakeChat, 'messages'>): Account {
  const seen = chat.messages.filter(({ from }) => from === 'bot').map(({ text }) => squeezed(text));
  const missing: number[] = [];
  let place = { index: 0, offset: 0 };
  for (const message of messages) {
    const words = message.author === 'resident' ? '' : wordsOf(conversation, message);
    if (words === '') continue;
    const [text = ''] = [seen[place.index]];
    if (text.startsWith(words, place.offset)) {
      const offset = place.offset + words.length;
      place = offset === text.length ? { index: place.index + 1, offset: 0 } : { ...place, offset };
    } else missing.push(message.seq);
  }
  return { missing, surplus: seen.slice(place.index), uncertain: delivery?.uncertain ?? [] };
}

/** As a message by itself is shown, without what keeps its lines apart. */
function wordsOf({ id }: Conversation, message: Message): string {
  const calls = render([{ message, isConfidential: false }], {
    names: CONTENT.authors,
    words: CONTENT.telegram,
    tag: tagOf(id),
  });
  return squeezed(calls.map((call) => (call.method === 'sendMessage' ? call.parameters.text : '')).join(''));
}

const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');
