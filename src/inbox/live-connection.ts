import { createEventBuffer } from 'better-sse';
import type { Response } from 'express';
import type { z } from 'zod';
import type { EVENTS } from './schemas/events.js';

type EventName = keyof typeof EVENTS;

/** The client comes back after so long when the connection breaks. */
const RETRY_MS = 2000;

export const HEARTBEAT = ': \n\n';

/** One event as it goes over the line (WHATWG HTML, 9.2). Without an id the client keeps the last one that it was given. */
export function frameOf<Name extends EventName>(name: Name, data: z.input<(typeof EVENTS)[Name]>, id?: string): string {
  const buffer = createEventBuffer().event(name).data(data);
  if (id !== undefined) buffer.id(id);
  return buffer.dispatch().read();
}

export interface LiveConnection {
  /** Cuts a client that reads too slowly: it comes back and gets the whole picture. */
  send(frame: string): void;
  end(): void;
}

/** Answers with an event stream that stays open. */
export function openConnection(response: Response, backlogBytes: number): LiveConnection {
  response.status(200).set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store, no-transform',
    // A reverse proxy (nginx) would otherwise hold events back until its buffer is full.
    'X-Accel-Buffering': 'no',
  });
  response.socket?.setNoDelay(true);
  response.write(createEventBuffer().retry(RETRY_MS).dispatch().read());

  return {
    send(frame) {
      if (response.writableEnded || response.destroyed) return;
      if (response.writableLength > backlogBytes) response.destroy();
      else response.write(frame);
    },
    end() {
      if (!response.writableEnded) response.end();
    },
  };
}
