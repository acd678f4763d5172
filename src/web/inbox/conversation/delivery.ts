import type { Delivery, Message } from '../live/wire.js';
import { DELIVERY } from './strings.js';

export interface DeliveryState {
  readonly kind: 'delivered' | 'stored' | 'failed' | 'uncertain';
  readonly text: string;
}

/** What is known of the arrival of messages, by their `seq`; those of which nothing is to be said are not there. */
export type DeliveryStates = ReadonlyMap<number, DeliveryState>;

/**
 * How far what was written has got: the last message that `me` wrote, while it is the last word of the delegates; every
 * message in doubt or refused; and in a messenger, what a delegate wrote that has not left, with the reason under the last one.
 */
export function deliveryStates(
  messages: readonly Message[],
  delivery: Delivery | undefined,
  me: string,
): DeliveryStates {
  if (!delivery) return new Map();
  const written = messages.filter(({ author, event }) => author !== 'resident' && event === undefined);
  const marked = (seqs: readonly number[] = [], state: DeliveryState) =>
    written.filter(({ seq }) => seqs.includes(seq)).map(({ seq }): Entry => [seq, state]);
  return new Map([
    ...lastOfMine(messages, delivery, me),
    ...(isPushed(delivery) ? held(written, delivery) : []),
    ...marked(delivery.uncertain, { kind: 'uncertain', text: DELIVERY.uncertain }),
    ...marked(delivery.refused, { kind: 'failed', text: DELIVERY.refused }),
  ]);
}

type Entry = readonly [number, DeliveryState];

function lastOfMine(messages: readonly Message[], delivery: Delivery, me: string): readonly Entry[] {
  const last = messages.findLast(({ author }) => author === 'delegate');
  if (!last || last.by?.id !== me || last.event !== undefined) return [];
  const { seq } = last;
  if (delivery.deliveredSeq >= seq) return [[seq, { kind: 'delivered', text: DELIVERY.delivered }]];
  if (delivery.failure !== undefined) return [[seq, { kind: 'failed', text: delivery.failure }]];
  const text = delivery.isResidentConnected === false ? DELIVERY.away : DELIVERY.stored;
  return [[seq, { kind: 'stored', text }]];
}

/** What does not leave holds up all that comes after it, whoever wrote it. */
function held(written: readonly Message[], { deliveredSeq, failure }: Delivery): readonly Entry[] {
  const waiting = written.filter(({ seq }) => seq > deliveredSeq);
  const last = waiting.at(-1);
  const byDelegates = waiting.filter(({ author }) => author === 'delegate');
  return [
    ...byDelegates.map(({ seq }): Entry => [seq, { kind: 'stored', text: DELIVERY.stored }]),
    ...(last && failure !== undefined ? [[last.seq, { kind: 'failed', text: failure }] satisfies Entry] : []),
  ];
}

/** A web page says whether it is open; a messenger tells nothing of its users. */
function isPushed({ isResidentConnected }: Delivery): boolean {
  return isResidentConnected === undefined;
}
