import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';

/** `code` of every error that comes before a connection stands: nothing can have been sent. */
export const NOT_CONNECTED = 'ERR_NOT_CONNECTED';

/** Shorter than any server keeps an idle connection: one that it is just closing would leave a send in doubt. */
const IDLE_MS = 2_000;

/**
 * Tells errors of connecting from those that come later, whatever their own codes are.
 * @param connectMs how long the name, the connection and the handshake may take together.
 */
export function createAgent(connectMs: number): Agent {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (...given) => {
    const socket = connect(...given);
    if (socket) watchConnecting(socket, connectMs);
    return socket;
  };
  return agent;
}

function watchConnecting(socket: Duplex, connectMs: number): void {
  const mark = (error: Error): void => void Object.assign(error, { code: NOT_CONNECTED });
  const timer = setTimeout(() => socket.destroy(new Error('No connection in time')), connectMs).unref();
  const end = (): void => {
    clearTimeout(timer);
    socket.off('error', mark);
  };
  // The client's own listeners come later, and read the code. Until the handshake is over nothing of a request is sent.
  socket.on('error', mark).once('secureConnect', end).once('close', end);
}
