import type { WebSocket } from 'ws';

/** A client sends one empty frame every 20 s. */
const FRAMES_PER_BEAT = 100;

export interface KeepAliveOptions {
  readonly everyMs: number;
  readonly onBeat: () => void;
  readonly onFlood: () => void;
}

/**
 * Every `everyMs`: a ping, which finds dead peers, and `onBeat`. A peer that answered neither by a pong nor by a frame
 * is cut. What its frames hold is never looked at.
 */
export function keepAlive(socket: WebSocket, { everyMs, onBeat, onFlood }: KeepAliveOptions): void {
  let isAlive = true;
  let frames = 0;

  const timer = setInterval(() => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    frames = 0;
    socket.ping();
    onBeat();
  }, everyMs).unref();

  socket.on('pong', () => {
    isAlive = true;
  });
  socket.on('message', () => {
    isAlive = true;
    frames += 1;
    if (frames > FRAMES_PER_BEAT) onFlood();
  });
  socket.on('close', () => clearInterval(timer));
}
