/**
 * Reads a QR code as the standard tells it (ISO/IEC 18004, versions 1 to 6, byte mode), by nothing of what draws it: so that a
 * test knows what a phone would read. It corrects no errors: any is a fault.
 */

/** Where the centres of the alignment patterns lie, besides 6, and how data is cut into blocks, by version. */
const ALIGNMENT = [0, 0, 18, 22, 26, 30, 34];
const CODEWORDS = [0, 26, 44, 70, 100, 134, 172];
/** Codewords that correct, and blocks, by level and version (table 9). */
const LEVELS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  M: [
    [0, 0],
    [10, 1],
    [16, 1],
    [26, 1],
    [18, 2],
    [24, 2],
    [16, 4],
  ],
  L: [
    [0, 0],
    [7, 1],
    [10, 1],
    [15, 1],
    [20, 1],
    [26, 1],
    [18, 2],
  ],
  H: [
    [0, 0],
    [17, 1],
    [28, 1],
    [22, 2],
    [16, 4],
    [22, 4],
    [28, 4],
  ],
  Q: [
    [0, 0],
    [13, 1],
    [22, 1],
    [18, 2],
    [26, 2],
    [18, 4],
    [24, 4],
  ],
};
const LEVEL_OF_BITS = ['M', 'L', 'H', 'Q'];
const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (_, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
];

export type Modules = readonly (readonly boolean[])[];

/** @param modules dark is true; without the quiet zone. @throws Error for what is no faultless code. */
export function readQr(modules: Modules): string {
  const size = modules.length;
  const version = (size - 17) / 4;
  const { level, mask } = readFormat(modules);
  const bits = pathOf(size, version).map(([row, column]) => at(modules, row, column) !== mask(row, column));
  const codewords = toBytes(bits).slice(0, CODEWORDS[version]);
  return textOf(joinBlocks(codewords, LEVELS[level]?.[version] ?? [0, 0]));
}

/** The modules of an SVG drawing whose second path has a bar for each run of dark ones. */
export function modulesOf(svg: string, quietZone: number): Modules {
  const size = Number(/viewBox="0 0 (\d+) \d+"/.exec(svg)?.[1]) - 2 * quietZone;
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const path = /fill="#000" d="([^"]+)"/.exec(svg)?.[1] ?? '';
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    rows[Number(y) - quietZone]?.fill(true, Number(x) - quietZone, Number(x) - quietZone + Number(width));
  }
  return rows;
}

function readFormat(modules: Modules): { level: string; mask: (row: number, column: number) => boolean } {
  const places = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => [8, column] as const);
  const below = [7, 5, 4, 3, 2, 1, 0].map((row) => [row, 8] as const);
  const format = numberOf([...places, ...below].map(([row, column]) => at(modules, row, column))) ^ 0x5412;
  let rest = format;
  for (let bit = 14; bit >= 10; bit--) if (rest & (1 << bit)) rest ^= 0x537 << (bit - 10);
  if (rest !== 0) throw new Error('The format of the code is damaged');
  return { level: LEVEL_OF_BITS[format >> 13] ?? '', mask: MASKS[(format >> 10) & 7] ?? (() => false) };
}

/** The modules that hold data, in their order: two columns at a time, up and down by turns, from the right. */
function pathOf(size: number, version: number): readonly (readonly [number, number])[] {
  const path: (readonly [number, number])[] = [];
  let isUp = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const row = isUp ? size - 1 - step : step;
      for (const column of [right, right - 1]) if (!isFixed(row, column, size, version)) path.push([row, column]);
    }
    isUp = !isUp;
  }
  return path;
}

/** Finders with their format, timing, alignment. */
function isFixed(row: number, column: number, size: number, version: number): boolean {
  const isFinder = (row <= 8 && column <= 8) || (row <= 8 && column >= size - 8) || (row >= size - 8 && column <= 8);
  const centre = ALIGNMENT[version] ?? 0;
  const isAlignment = centre > 0 && Math.abs(row - centre) <= 2 && Math.abs(column - centre) <= 2;
  return isFinder || isAlignment || row === 6 || column === 6;
}

/** Undoes the interleaving; every block must be without an error. */
function joinBlocks(codewords: readonly number[], [correcting, count]: readonly [number, number]): readonly number[] {
  const dataLength = codewords.length - correcting * count;
  const short = Math.floor(dataLength / count);
  const longFrom = count - (dataLength % count);
  const blocks = Array.from({ length: count }, (_, block) => {
    const own = Array.from({ length: short }, (_unused, index) => codewords[index * count + block] ?? 0);
    const last = block >= longFrom ? [codewords[short * count + block - longFrom] ?? 0] : [];
    const after = Array.from(
      { length: correcting },
      (_unused, index) => codewords[dataLength + index * count + block] ?? 0,
    );
    return { data: [...own, ...last], after };
  });
  for (const { data, after } of blocks) expectFaultless([...data, ...after], correcting);
  return blocks.flatMap(({ data }) => data);
}

/** Reed–Solomon over GF(256): each root of the generator must be a root of the block. */
function expectFaultless(block: readonly number[], correcting: number): void {
  let root = 1;
  for (let index = 0; index < correcting; index++) {
    if (block.reduce((sum, codeword) => times(sum, root) ^ codeword, 0) !== 0) throw new Error('A block is damaged');
    root = times(root, 2);
  }
}

function times(one: number, other: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ (product & 0x80 ? 0x11d : 0);
    if (other & (1 << bit)) product ^= one;
  }
  return product;
}

function textOf(data: readonly number[]): string {
  const bits = data.flatMap((byte) => Array.from({ length: 8 }, (_, index) => (byte & (0x80 >> index)) !== 0));
  if (numberOf(bits.slice(0, 4)) !== 0b0100) throw new Error('The code is not in byte mode');
  const length = numberOf(bits.slice(4, 12));
  return Buffer.from(toBytes(bits.slice(12, 12 + 8 * length))).toString('utf8');
}

function toBytes(bits: readonly boolean[]): readonly number[] {
  return Array.from({ length: Math.floor(bits.length / 8) }, (_, index) =>
    numberOf(bits.slice(8 * index, 8 * index + 8)),
  );
}

function numberOf(bits: readonly boolean[]): number {
  return bits.reduce((sum, bit) => sum * 2 + Number(bit), 0);
}

function at(modules: Modules, row: number, column: number): boolean {
  return modules[row]?.[column] ?? false;
}
