import type { Attachment } from './message.js';

/** `kind`: of a kind that is not taken; `size`: too large; `damaged`: it could not be read; `too-many`; `unavailable`: it could not be fetched now. */
export type EnclosedRefusal = 'kind' | 'size' | 'damaged' | 'too-many' | 'unavailable';

/** What became of a file. */
export type Keeping =
  | { readonly kind: 'kept'; readonly attachment: Attachment }
  | { readonly kind: 'refused'; readonly reason: EnclosedRefusal };

export interface KeptFile {
  readonly kind: Attachment['kind'];
  readonly bytes: Uint8Array;
}

/** Files of residents that delegates may open: sealed at rest, and removed with their conversation. */
export interface Attachments {
  /**
   * Keeps what is left of a file once it was written anew within the limits, without metadata. What it is is seen by its
   * content.
   * @param externalId of the message that brought it: keeping the same one again changes nothing.
   * @throws DomainError `storage-unavailable`.
   */
  keep(conversationId: string, externalId: string, file: Uint8Array): Promise<Keeping>;
  /** Undefined when it is not there, or was altered. */
  load(conversationId: string, id: string): Promise<KeptFile | undefined>;
}
