import { type Activity, DirectLine, type Message } from 'botframework-directlinejs';
import { FetchXmlHttpRequest } from './directline-xhr.js';

/** `botframework-directlinejs` exactly as npm delivers it, by WebSocket. */
export interface BotClient {
  /** The messages that it gave its reader, in the order in which they came. */
  readonly received: readonly Activity[];
  readonly errors: readonly Error[];
  /** Resolves with the activity's id, or with `retry` when there was no answer. */
  post(text: string, clientActivityID: string): Promise<string>;
  /** Resolves once a message with this text has come. */
  sees(text: RegExp): Promise<void>;
  /** Resolves once this many messages have come. */
  until(count: number): Promise<void>;
  end(): void;
}

type Options = ConstructorParameters<typeof DirectLine>[0];

export function connectBotClient(server: string, token: string): BotClient {
  Object.assign(globalThis, { XMLHttpRequest: FetchXmlHttpRequest });
  // It waits for 3 s plus this times 12 s before it connects again: an option of its own.
  const line = new DirectLine({ domain: `${server}/v3/directline`, token, random: () => 0 } as Options);
  const received: Activity[] = [];
  const errors: Error[] = [];
  const checks = new Set<() => void>();
  line.activity$.subscribe(
    (activity) => {
      if (activity.type === 'typing') return;
      received.push(activity);
      for (const check of checks) check();
    },
    (error: Error) => errors.push(error),
  );

  function once(isDone: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!isDone()) return;
        checks.delete(check);
        resolve();
      };
      checks.add(check);
      check();
    });
  }

  return {
    received,
    errors,
    post: (text, clientActivityID) =>
      new Promise((resolve, reject) => {
        line
          .postActivity({ type: 'message', text, from: { id: 'x' }, channelData: { clientActivityID } })
          .subscribe(resolve, reject);
      }),
    sees: (text) => once(() => received.some((activity) => text.test((activity as Message).text ?? ''))),
    until: (count) => once(() => received.length >= count),
    end() {
      line.end();
      Reflect.deleteProperty(globalThis, 'XMLHttpRequest');
    },
  };
}
