/** Pictures that were sent at once. They come as messages of their own that name the same album. */
export interface Albums {
  /** True for the message that came first of its album, also when it comes again. */
  isFirst(chatId: number, album: string, externalId: string): boolean;
}

/** Chats whose last album is known. */
const MOST_KNOWN = 1_000;

export function createAlbums(): Albums {
  const last = new Map<number, { readonly album: string; readonly first: string }>();
  return {
    isFirst(chatId, album, externalId) {
      const known = last.get(chatId);
      if (known?.album === album) return known.first === externalId;
      if (last.size >= MOST_KNOWN) last.clear();
      last.set(chatId, { album, first: externalId });
      return true;
    },
  };
}
