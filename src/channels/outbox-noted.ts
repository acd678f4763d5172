/** Those who wait until storage knows what is due in a conversation. */
export interface Noted {
  /** Resolves once a run that begins after this has noted something. */
  wait(id: string): Promise<true>;
  /** A run begins. */
  begin(id: string): void;
  /** The run under way has noted that something is due. */
  note(id: string): void;
  end(id: string): void;
}

export function createNoted(): Noted {
  const waiting = new Map<string, PromiseWithResolvers<true>>();
  /** Whom the run under way answers for: what it reads is no older than what they wait for. */
  const answered = new Map<string, PromiseWithResolvers<true>>();

  return {
    wait(id) {
      const one = waiting.get(id) ?? Promise.withResolvers<true>();
      waiting.set(id, one);
      return one.promise;
    },
    begin(id) {
      const ones = waiting.get(id);
      if (ones) answered.set(id, ones);
      waiting.delete(id);
    },
    note: (id) => answered.get(id)?.resolve(true),
    end: (id) => void answered.delete(id),
  };
}
