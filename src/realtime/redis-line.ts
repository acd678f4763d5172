import { Redis } from 'ioredis';
import type { Line, LineEvents } from './line.js';
import { type ConnectionOptions, readRedisUrl } from './redis-url.js';

const CONNECT_MS = 2_000;
/** After which a connection that is being ended is cut. */
const ENDING_MS = 100;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;
/** What Redis has not acknowledged: past it, a silent Redis would fill the memory of the process. */
const MOST_ON_ITS_WAY = 2_000;
const MOST_BYTES_ON_THEIR_WAY = 8 * 1024 * 1024;

export interface RedisLineOptions {
  readonly url: string;
  /** Those who listen to it hear each other. */
  readonly channel: string;
}

export interface RedisLine extends Line {
  /** The connection that sends, for other commands. It refuses them at once while there is none. */
  readonly client: Redis;
}

/**
 * A line over Redis' channels, which store nothing (https://redis.io/docs/latest/develop/pubsub/). One connection listens,
 * one sends; both come back by themselves, for ever, after pauses of two seconds at most.
 */
export function openRedisLine({ url, channel }: RedisLineOptions, events: LineEvents): RedisLine {
  const options = optionsOf(url);
  const sender = new Redis(options);
  const listener = new Redis(options);
  const both = [sender, listener];
  const onItsWay = { messages: 0, bytes: 0 };
  let isListening = false;
  let wasOpen = false;

  const isOpen = (): boolean => isListening && sender.status === 'ready' && listener.status === 'ready';

  function look(): void {
    if (isOpen() === wasOpen) return;
    wasOpen = !wasOpen;
    if (wasOpen) events.onOpen();
    else events.onClosed();
  }

  async function startListening(): Promise<void> {
    try {
      await listener.subscribe(channel);
      isListening = true;
      look();
    } catch (error) {
      events.onFault(error);
    }
  }

  listener.on('messageBuffer', (_channel: Buffer, bytes: Buffer) => events.onBytes(bytes));
  listener.on('ready', () => void startListening());
  listener.on('close', () => {
    isListening = false;
  });
  for (const client of both) {
    client.on('error', events.onFault);
    client.on('ready', look);
    client.on('close', look);
  }

  return {
    client: sender,
    isOpen,
    async send(bytes) {
      if (sender.status !== 'ready') return undefined;
      if (onItsWay.messages >= MOST_ON_ITS_WAY || onItsWay.bytes >= MOST_BYTES_ON_THEIR_WAY) return undefined;
      onItsWay.messages += 1;
      onItsWay.bytes += bytes.length;
      try {
        return await sender.publish(channel, bytes);
      } catch (error) {
        events.onFault(error);
        return undefined;
      } finally {
        onItsWay.messages -= 1;
        onItsWay.bytes -= bytes.length;
      }
    },
    renew() {
      // The others are on their way already.
      for (const client of both) if (client.status === 'ready' || client.status === 'connect') client.disconnect(true);
    },
    close() {
      for (const client of both) client.disconnect();
    },
  };
}

function optionsOf(url: string): ConnectionOptions {
  return {
    ...readRedisUrl(url),
    // The older protocol, which everything that speaks Redis' speaks.
    protocol: 2,
    connectTimeout: CONNECT_MS,
    disconnectTimeout: ENDING_MS,
    // What could not be sent is late already: readers look at storage by then.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    autoResubscribe: false,
    disableClientInfo: true,
    retryStrategy: (tries) =>
      Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS) * (0.75 + Math.random() / 4),
  };
}
