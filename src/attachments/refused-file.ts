import type { EnclosedRefusal } from '../domain/attachments.js';

/** A file that is not kept, and why. Nothing of what is in it. */
export class RefusedFile extends Error {
  readonly reason: EnclosedRefusal;

  constructor(reason: EnclosedRefusal, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'RefusedFile';
    this.reason = reason;
  }
}
