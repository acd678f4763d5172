import type { Message, Reveal, TextContent } from '../domain/message.js';
import { faultOf } from '../http/error-handler.js';
import type { ChannelLog } from './channel.js';

/** A message as its resident is shown it. */
export interface ShownMessage {
  readonly message: Message;
  /** It says, or said, what no transcript keeps. */
  readonly isConfidential: boolean;
  /** The receipt of a report, while it may be shown. */
  readonly receipt?: string;
  /** See `Revealed`. */
  readonly onShown?: () => Promise<void>;
}

/**
 * Puts the words of a message in the place of their stand-in, as long as they are there. For the resident alone: what goes
 * through here reaches no delegate.
 * @throws DomainError `storage-unavailable`.
 */
export async function revealed(message: Message, reveal: Reveal): Promise<ShownMessage> {
  const { content } = message;
  if (content.kind !== 'text' || !isConfidential(content)) return { message, isConfidential: false };
  const shown = content.reveal === undefined ? undefined : await reveal(content.reveal);
  if (!shown) return { message, isConfidential: true };
  const { text, receipt, onShown } = shown;
  return {
    message: { ...message, content: { ...content, text } },
    isConfidential: true,
    ...(receipt !== undefined && { receipt }),
    ...(onShown && { onShown }),
  };
}

/** What could not be noted leaves a receipt to be shown for longer: the message has left all the same. */
export async function noteShown(shown: readonly ShownMessage[], log: ChannelLog): Promise<void> {
  for (const { onShown } of shown) {
    await onShown?.().catch((error: unknown) => log.warn(faultOf(error), 'That a receipt was shown was not noted'));
  }
}

function isConfidential({ isConcealed, reveal }: TextContent): boolean {
  return isConcealed === true || reveal !== undefined;
}

/** Where no words are kept, the stand-ins are shown. */
export const revealNothing: Reveal = async () => undefined;
