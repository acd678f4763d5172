import { z } from 'zod';
import type { Signal } from '../domain/wake-ups.js';

const ID = z.string().min(1).max(200);
const COUNT = z.number().int().nonnegative();

const SIGNAL = z.union([
  z.object({ kind: z.enum(['changed', 'removed', 'desk']) }),
  z.object({ kind: z.literal('typing'), author: z.enum(['bot', 'resident']) }),
  z.object({ kind: z.literal('typing'), author: z.literal('delegate'), delegateId: ID, name: ID }),
  z.object({ kind: z.literal('delivered'), seq: COUNT }),
  z.object({ kind: z.literal('queue'), position: COUNT, usualWaitMinutes: z.number().nonnegative().optional() }),
]);

const TOLD = z.object({ id: ID, signal: SIGNAL });

/** What another process told of a conversation; undefined for what this version does not know. */
export function readSignal(content: unknown): { readonly id: string; readonly signal: Signal } | undefined {
  const told = TOLD.safeParse(content).data;
  return told && { id: told.id, signal: toSignal(told.signal) };
}

function toSignal(signal: z.infer<typeof SIGNAL>): Signal {
  if (signal.kind !== 'queue') return signal;
  const { kind, position, usualWaitMinutes } = signal;
  return { kind, position, ...(usualWaitMinutes !== undefined && { usualWaitMinutes }) };
}
