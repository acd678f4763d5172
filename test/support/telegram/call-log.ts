import type { Given } from './parameters.js';
import { textOf } from './parameters.js';
import type { Call } from './types.js';
import type { World } from './world.js';

/** A call whose end is not known yet. */
export type OpenCall = { -readonly [Member in keyof Call]: Call[Member] };

export interface CallLog {
  readonly calls: readonly Call[];
  begin(method: string, token: string, given: Given): OpenCall;
  end(call: OpenCall, status: number): void;
  /** Under way, long polls apart. */
  open(): number;
}

export function createCallLog(world: World): CallLog {
  const calls: OpenCall[] = [];
  let open = 0;
  const isCounted = ({ method }: Call): boolean => method !== 'getUpdates';
  return {
    calls,
    begin(method, token, given) {
      const chatId = textOf(given, 'chat_id');
      const call: OpenCall = {
        method,
        token,
        parameters: given.values,
        files: given.files,
        at: world.now(),
        status: undefined,
        wasApplied: false,
        ...(chatId !== '' && { chatId: Number(chatId) }),
      };
      calls.push(call);
      if (isCounted(call)) open += 1;
      world.signal.tell();
      return call;
    },
    end(call, status) {
      if (call.status !== undefined) return;
      call.status = status;
      if (isCounted(call)) open -= 1;
      world.signal.tell();
    },
    open: () => open,
  };
}
