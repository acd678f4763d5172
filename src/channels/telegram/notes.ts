import { z } from 'zod';
import type { JsonObject } from '../../domain/json.js';

/** What is remembered of a chat, beside how far it has got. */
export interface Notes {
  /** Messages of both sides that may still be deleted: id, and when it was sent, in ms since 1970. The oldest first. */
  readonly ids?: readonly MessageMark[];
  /** The buttons that stand open under a message. */
  readonly keyboard?: OpenKeyboard;
  /** Buttons that should be gone, and could not be taken away so far; the last ones. */
  readonly stale?: readonly OpenKeyboard[];
  /** The parcel that is under way. */
  readonly part?: Progress;
  /** Buttons for a question have taken the menu's place under the field. */
  readonly isMenuAway?: boolean;
}

export type MessageMark = readonly [messageId: number, sentAt: number];

export interface OpenKeyboard {
  readonly messageId: number;
  /** Of the stored message whose buttons they are. */
  readonly seq: number;
  /** Rows that stay when the others go. */
  readonly links?: readonly (readonly LinkButton[])[];
}

export type LinkButton =
  | { readonly text: string; readonly url: string }
  | { readonly text: string; readonly callback_data: string };

export interface Progress {
  /** Of the parcel's first message. */
  readonly seq: number;
  /** How many of its calls are over; of an erasure, how many tries failed. */
  readonly done: number;
  /** One of them may not have arrived. */
  readonly isInDoubt?: boolean;
}

const linkButton = z.union([
  z.object({ text: z.string(), url: z.string() }),
  z.object({ text: z.string(), callback_data: z.string() }),
]);

const openKeyboard = z.object({
  messageId: z.int(),
  seq: z.int(),
  links: z.array(z.array(linkButton)).exactOptional(),
});

const schema: z.ZodType<Notes> = z.object({
  ids: z.array(z.tuple([z.int(), z.number()])).exactOptional(),
  keyboard: openKeyboard.exactOptional(),
  stale: z.array(openKeyboard).exactOptional(),
  part: z.object({ seq: z.int(), done: z.int(), isInDoubt: z.boolean().exactOptional() }).exactOptional(),
  isMenuAway: z.boolean().exactOptional(),
});

/** Notes of another version that cannot be read count for nothing. */
export function readNotes(stored: JsonObject): Notes {
  return schema.safeParse(stored).data ?? {};
}

export function writeNotes({ ids, keyboard, stale, part, isMenuAway }: Notes): JsonObject {
  return {
    ...(ids?.length && { ids }),
    ...(keyboard && { keyboard: writeKeyboard(keyboard) }),
    ...(stale?.length && { stale: stale.map(writeKeyboard) }),
    ...(part && { part: { ...part } }),
    ...(isMenuAway && { isMenuAway }),
  };
}

function writeKeyboard(keyboard: OpenKeyboard): JsonObject {
  return { ...keyboard } as JsonObject;
}
