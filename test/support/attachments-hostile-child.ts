/** Stands in for the process that writes files anew, and does what the first byte of its file says. */
const ACTS: Readonly<Record<number, () => void>> = {
  0: () => {
    for (;;) Math.random();
  },
  1: () => {
    const taken: Buffer[] = [];
    setInterval(() => taken.push(Buffer.alloc(50_000_000, 1)), 10);
  },
  2: () => process.abort(),
  3: () => process.exit(0),
  4: () => process.disconnect(),
  5: () => {
    const lists: number[][] = [];
    for (;;) lists.push(new Array(1_000_000).fill(lists.length));
  },
  6: () => process.send?.({ kind: 'image', bytes: Buffer.from(JSON.stringify(process.env)) }),
};

process.once('message', (file: Uint8Array) => {
  ACTS[file[0] ?? 0]?.();
});
