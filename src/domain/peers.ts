import type { JsonObject } from './json.js';

/** What processes say to each other, by subject. One file reads each. */
export type PeerTopic =
  /** A signal about a conversation (`WakeUps`). */
  | 'signal'
  /** A delegate came, left, or looks at something else: the stored processes are to be read again. */
  | 'presence'
  /** Pages of residents: which came or went, and the question for them. */
  | 'residents'
  /** A session was locked, ended or replaced. */
  | 'session'
  /** Something that all processes keep a copy of was changed: accounts, facts, opening hours, reports. */
  | 'change'
  /** What is kept in memory only: words shown once, keys of drafts, tickets. */
  | 'secret';

/**
 * `sole`: there can be no other process. `together`: the line to the others works. `apart`: it does not, or there is none;
 * what others do is seen by looking at storage.
 */
export type PeersState = 'sole' | 'together' | 'apart';

/**
 * The other processes of the same installation. What is said passes sealed and is stored nowhere on its way; any of it may be
 * lost, so that nothing that must not be lost rests on it.
 */
export interface Peers {
  /** Names this process as long as it lives: unguessable, and new at each start. */
  readonly self: string;
  state(): PeersState;
  /** Called after each change of state. Returns the function that ends it. */
  watch(listener: (state: PeersState) => void): () => void;
  /** Tells all others, nothing to this one. All that one process tells arrives in the order of its calls. Never throws. */
  tell(topic: PeerTopic, content: JsonObject): void;
  /** What others tell. `content` is to be checked: another version of this program may have told it. Returns the end of it. */
  listen(topic: PeerTopic, listener: (content: unknown, from: string) => void): () => void;
  /**
   * Asks all others; the first answer that is not undefined counts. Undefined when there is none within `limitMs`, at once
   * when there are no others. Never rejects.
   */
  ask(topic: PeerTopic, question: JsonObject, limitMs: number): Promise<unknown>;
  /** Gives answers; undefined: has none, and says nothing. One answerer a topic. Returns the end of it. */
  answer(topic: PeerTopic, answerer: (question: unknown) => JsonObject | undefined): () => void;
}
