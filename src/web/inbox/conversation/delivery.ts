import type { Delivery, Message } from '../live/wire.js';
import { DELIVERY } from './strings.js';

export interface DeliveryState {
  /** Of the message that it stands under. */
  readonly seq: number;
  readonly kind: 'delivered' | 'stored' | 'failed';
  readonly text: string;
}

/** How far the last message that `me` wrote has got, while it is the last word of the delegates. */
export function deliveryState(
  messages: readonly Message[],
  delivery: Delivery | undefined,
  me: string,
): DeliveryState | undefined {
  const last = messages.findLast(({ author }) => author === 'delegate');
  if (!delivery || !last || last.by?.id !== me || last.event !== undefined) return undefined;
  const { seq } = last;
  if (delivery.deliveredSeq >= seq) return { seq, kind: 'delivered', text: DELIVERY.delivered };
  if (delivery.failure !== undefined) return { seq, kind: 'failed', text: delivery.failure };
  return { seq, kind: 'stored', text: delivery.isResidentConnected === false ? DELIVERY.away : DELIVERY.stored };
}
