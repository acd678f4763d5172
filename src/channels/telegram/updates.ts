import { z } from 'zod';

/** What is asked for: everything else stays with Telegram (https://core.telegram.org/bots/api#getupdates). */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'channel_post',
] as const;

const id = z.number().refine(Number.isSafeInteger);
const seconds = z.number().int().nonnegative();
const count = z.number().int().nonnegative();
const degrees = (most: number) => z.number().min(-most).max(most);
/** Something whose being there is all that matters: what it holds (names, numbers) is not read. */
const presence = z
  .unknown()
  .optional()
  .transform((value) => (value === undefined || value === null ? undefined : (true as const)));

const chat = z.object({ id, type: z.enum(['private', 'group', 'supergroup', 'channel']) });
const location = z.object({ latitude: degrees(90), longitude: degrees(180) });
const file = z.object({
  file_id: z.string().min(1),
  file_unique_id: z.string().optional(),
  file_size: count.optional(),
});

/** The people who write are not among the members: their names go no further than this. */
const message = z.object({
  message_id: id,
  date: seconds,
  edit_date: seconds.optional(),
  chat,
  text: z.string().optional(),
  caption: z.string().optional(),
  media_group_id: z.string().optional(),
  photo: z.array(file.extend({ width: count, height: count })).optional(),
  document: file.extend({ mime_type: z.string().optional() }).optional(),
  location: location.optional(),
  venue: z.object({ location, title: z.string(), address: z.string() }).optional(),
  voice: presence,
  audio: presence,
  video: presence,
  video_note: presence,
  animation: presence,
  sticker: presence,
  contact: presence,
  poll: presence,
  dice: presence,
  game: presence,
  story: presence,
  paid_media: presence,
  checklist: presence,
});

const button = z.object({ text: z.string(), url: z.string().optional(), callback_data: z.string().optional() });
/** The buttons as they stand; without ones that can be read, only the pressed one is known. */
const inlineKeyboard = z
  .object({ inline_keyboard: z.array(z.array(button)) })
  .optional()
  .catch(undefined);

/** `message` may be one that is too old to be shown: then it has a date of 0, and no more than these members. */
const callbackQuery = z.object({
  id: z.string().min(1),
  data: z.string().max(64).optional(),
  message: z.object({ message_id: id, date: seconds.optional(), chat, reply_markup: inlineKeyboard }).optional(),
});

const update = z.object({
  update_id: id,
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: callbackQuery.optional(),
  my_chat_member: z.object({ chat, date: seconds, new_chat_member: z.object({ status: z.string() }) }).optional(),
  channel_post: z.object({ chat }).optional(),
});

export type Update = z.infer<typeof update>;
export type UpdateMessage = z.infer<typeof message>;
export type CallbackQuery = z.infer<typeof callbackQuery>;
export type ChatMemberUpdate = NonNullable<Update['my_chat_member']>;

/** Undefined for what has not the form that the Bot API gives it. */
export function readUpdate(value: unknown): Update | undefined {
  return update.safeParse(value).data;
}

/** Of anything that has one: also of an update whose content cannot be read. */
export function readUpdateId(value: unknown): number | undefined {
  return z.object({ update_id: id }).safeParse(value).data?.update_id;
}

/** The chat that an update is about; undefined for one that is about none, such as a press below an inline message. */
export function chatOf(found: Update): z.infer<typeof chat> | undefined {
  const { message: written, edited_message: edited, callback_query: press, my_chat_member: member } = found;
  return (written ?? edited ?? press?.message ?? member ?? found.channel_post)?.chat;
}
