import type { ClaimShelf } from '../deliveries.js';

/** Pictures that were sent at once. They come as messages of their own that name the same album. */
export interface Albums {
  /**
   * True for the message that came first of its album, also when it comes again.
   * @throws DomainError when that cannot be told.
   */
  isFirst(picture: Picture): Promise<boolean>;
}

export interface Picture {
  readonly conversationId: string;
  readonly album: string;
  readonly externalId: string;
}

/** Conversations whose last album is known. */
const MOST_KNOWN = 1_000;

/** For the only process that there is. */
export function createAlbums(): Albums {
  const last = new Map<string, Picture>();
  return {
    async isFirst(picture) {
      const known = last.get(picture.conversationId);
      if (known?.album === picture.album) return known.externalId === picture.externalId;
      if (last.size >= MOST_KNOWN) last.clear();
      last.set(picture.conversationId, picture);
      return true;
    },
  };
}

/** The pictures of an album come to any of several processes, at once: storage tells the first. */
export function createSharedAlbums({ claim }: ClaimShelf): Albums {
  return {
    isFirst: async ({ conversationId, album, externalId }) =>
      (await claim(conversationId, `album ${album}`, externalId)) === externalId,
  };
}
