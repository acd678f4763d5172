/** The stored ids of what comes from Telegram: unique in a conversation, and the same when an update comes twice. */

export const messageIdToExternal = (messageId: number): string => `m${messageId}`;

/** Two taps on one button are one. Without `index` the id does not tell which button it was: those of its message are one. */
export const pressToExternal = (seq: number, index?: number): string => `b${seq}:${index ?? 'x'}`;

/** Undefined for what is no message of the chat. */
export function messageIdOf(externalId: string): number | undefined {
  const [, id] = /^m(\d+)$/.exec(externalId) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** `seq` of the message under which a button was pressed. */
export function pressedSeqOf(externalId: string): number | undefined {
  const [, seq] = /^b(\d+):(?:\d+|x)$/.exec(externalId) ?? [];
  return seq === undefined ? undefined : Number(seq);
}

/** Undefined where the id does not tell which button it was. */
export function pressedIndexOf(externalId: string): number | undefined {
  const [, index] = /^b\d+:(\d+)$/.exec(externalId) ?? [];
  return index === undefined ? undefined : Number(index);
}
