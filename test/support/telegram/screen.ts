import { isRecord } from './parameters.js';
import { buttonsOf } from './reply-markup.js';
import type { Entity, JsonRecord, SeenMessage } from './types.js';
import type { KeptChat, KeptMessage, World } from './world.js';

export type Wanted = number | string | ((messages: readonly SeenMessage[]) => boolean);

const WAIT_MS = 10_000;

/** The chat as its people see it. */
export function seeAll(world: World, chat: KeptChat): readonly SeenMessage[] {
  return chat.messages.map((message) => see(world, message));
}

export const isVisible = ({ isDeleted }: SeenMessage): boolean => !isDeleted;
export const isOfBot = ({ from, isDeleted }: SeenMessage): boolean => from === 'bot' && !isDeleted;

export function waitForScreen(
  world: World,
  chat: KeptChat,
  wanted: Wanted,
  limitMs = WAIT_MS,
): Promise<readonly SeenMessage[]> {
  const look = (): readonly SeenMessage[] | undefined => {
    const messages = seeAll(world, chat);
    return isMet(wanted, messages) ? messages : undefined;
  };
  return world.signal.until(look, limitMs, () => describe(seeAll(world, chat)));
}

function isMet(wanted: Wanted, messages: readonly SeenMessage[]): boolean {
  if (typeof wanted === 'function') return wanted(messages);
  const ofBot = messages.filter(isOfBot);
  return typeof wanted === 'number' ? ofBot.length >= wanted : ofBot.some(({ text }) => text.includes(wanted));
}

function describe(messages: readonly SeenMessage[]): string {
  const lines = messages.map(
    ({ id, from, text, isDeleted }) => `${id} ${from}${isDeleted ? ' (deleted)' : ''}: ${text}`,
  );
  return ['the chat shows', ...lines].join('\n');
}

function see(world: World, message: KeptMessage): SeenMessage {
  const { content } = message;
  const document = isRecord(content.document) ? seeDocument(world, content.document) : undefined;
  return {
    id: message.id,
    from: message.isFromBot ? 'bot' : 'person',
    text: String(content.text ?? content.caption ?? ''),
    entities: (content.entities ?? content.caption_entities ?? []) as readonly Entity[],
    keyboard: buttonsOf(message.markup),
    isDeleted: message.isDeleted,
    isEdited: message.editedAt !== undefined,
    at: message.at,
    ...(isRecord(content.venue) && { venue: seeVenue(content.venue) }),
    ...(isRecord(content.location) && {
      location: content.location as unknown as NonNullable<SeenMessage['location']>,
    }),
    ...(document && { document }),
  };
}

function seeVenue({ location, title, address }: JsonRecord): NonNullable<SeenMessage['venue']> {
  const { latitude, longitude } = location as { latitude: number; longitude: number };
  return { latitude, longitude, title: String(title), address: String(address) };
}

function seeDocument(world: World, { file_id, file_name, mime_type }: JsonRecord): SeenMessage['document'] {
  const bytes = world.files.get(String(file_id))?.bytes ?? new Uint8Array();
  return {
    name: String(file_name ?? ''),
    ...(mime_type !== undefined && { mime: String(mime_type) }),
    bytes,
    text: new TextDecoder().decode(bytes),
  };
}
