/**
 * Tells readers of a conversation to look again. A signal carries no message: truth is read from storage, so a lost
 * signal delays and never loses. `typing` is the exception: it is not stored and may be missed.
 */
export type Signal =
  | { readonly kind: 'changed' }
  | { readonly kind: 'typing'; readonly author: 'bot' | 'delegate' }
  | { readonly kind: 'removed' };

export interface WakeUps {
  notify(conversationId: string, signal: Signal): void;
  /** Returns the function that ends the subscription. */
  subscribe(conversationId: string, listener: (signal: Signal) => void): () => void;
}
