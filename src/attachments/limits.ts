const MB = 1_000_000;

/** Sizes in bytes, times in milliseconds. */
export const LIMITS = {
  /** Of a file as it comes: what the Bot API lets a bot fetch (getFile). */
  incoming: 20 * MB,
  /** Of an image once opened; a telephone's best camera makes 50 million. */
  pixels: 50_000_000,
  /** Of either side of an image as it is kept. */
  side: 2048,
  image: 3 * MB,
  pdf: 5 * MB,
  pages: 50,
  /** Of one conversation. */
  files: 20,
  conversation: 40 * MB,
  /** For writing one file anew. */
  time: 20_000,
  /** Resident memory of the process that does it: an image of the most pixels, opened at once, takes 400 MB. */
  memory: 1024 * MB,
  /** How many may wait for their turn, and how much memory they may hold meanwhile. */
  waiting: { count: 20, weight: 60 * MB },
} as const;
