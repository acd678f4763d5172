import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { OutboundActivity } from '../../src/channels/directline/activities.js';

export interface Frame {
  readonly activities: readonly OutboundActivity[];
  readonly watermark?: string;
}

export interface StreamSocket {
  readonly socket: WebSocket;
  readonly frames: readonly Frame[];
  readonly emptyFrames: () => number;
  /** All activities so far. */
  activities(): readonly OutboundActivity[];
  /** Resolves when the frames so far satisfy `isEnough`. */
  until(isEnough: (activities: readonly OutboundActivity[]) => boolean): Promise<readonly OutboundActivity[]>;
  /** Resolves with the code by which the server closed. */
  closed(): Promise<number>;
  close(): Promise<void>;
}

export async function openStream(streamUrl: string, options: { readonly origin?: string } = {}): Promise<StreamSocket> {
  const socket = new WebSocket(streamUrl, options);
  const frames: Frame[] = [];
  let empty = 0;
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    const text = data.toString();
    if (text === '') empty += 1;
    else frames.push(JSON.parse(text) as Frame);
    for (const check of waiting) check();
  });
  const end = once(socket, 'close').then(([code]) => code as number);
  await once(socket, 'open');
  const activities = (): readonly OutboundActivity[] => frames.flatMap((frame) => frame.activities);

  return {
    socket,
    frames,
    emptyFrames: () => empty,
    activities,
    until: (isEnough) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!isEnough(activities())) return;
          waiting.delete(check);
          resolve(activities());
        };
        waiting.add(check);
        check();
      }),
    closed: () => end,
    async close() {
      socket.close();
      await end;
    },
  };
}

/** Resolves with the HTTP status and problem code by which an upgrade is refused. */
export function refusedStream(
  streamUrl: string,
  options: { readonly origin?: string } = {},
): Promise<{ readonly status: number; readonly code: string }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(streamUrl, options);
    socket.on('error', () => socket.terminate());
    socket.on('open', () => reject(new Error('the stream was opened')));
    socket.on('unexpected-response', (_request, response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        const { code } = JSON.parse(text) as { code: string };
        resolve({ status: response.statusCode ?? 0, code });
      });
    });
  });
}
