import type { DelegateId } from './desk-state.js';

/**
 * Tells readers of a conversation to look again. A signal carries no message: truth is read from storage, so a lost
 * signal delays and never loses. All kinds but `changed` and `removed` are not stored and may be missed.
 */
export type Signal =
  | { readonly kind: 'changed' }
  | { readonly kind: 'removed' }
  | { readonly kind: 'typing'; readonly author: 'bot' | 'resident' }
  | { readonly kind: 'typing'; readonly author: 'delegate'; readonly delegateId: DelegateId; readonly name: string }
  /** Notes, drafts, viewers: what delegates alone read has changed. */
  | { readonly kind: 'desk' }
  /** The resident's client has shown the messages up to `seq`. */
  | { readonly kind: 'delivered'; readonly seq: number }
  /** How long the resident will probably wait; for the resident's screen. */
  | { readonly kind: 'queue'; readonly position: number; readonly usualWaitMinutes?: number };

export interface WakeUps {
  notify(conversationId: string, signal: Signal): void;
  /** Returns the function that ends the subscription. */
  subscribe(conversationId: string, listener: (signal: Signal) => void): () => void;
  /** The signals of every conversation. */
  subscribeAll(listener: (conversationId: string, signal: Signal) => void): () => void;
}
