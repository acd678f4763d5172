import { encode } from 'uqr';
import type { Markup } from './template.js';

/** The quiet zone that scanners need around it, in modules (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/**
 * A QR code as an SVG drawing with a title, black on white wherever it stands: cameras want it so. A quarter of it may be
 * torn or stained. @throws Error for what no code can hold.
 */
export function drawQrCode(text: string, title: string): Markup {
  const { data, size } = encode(text, { ecc: 'Q', border: QUIET_ZONE });
  const bars = data.flatMap((row, y) => barsOf(row).map(([from, to]) => `M${from} ${y}h${to - from}v1h${from - to}z`));
  return {
    markup: [
      `<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" shape-rendering="crispEdges">`,
      `<title>${escapeText(title)}</title>`,
      `<path fill="#fff" d="M0 0h${size}v${size}H0z"/>`,
      `<path fill="#000" d="${bars.join('')}"/>`,
      '</svg>',
    ].join(''),
  };
}

/** Where dark modules begin, and end, in a row: hairlines would show between squares of their own. */
function barsOf(row: readonly boolean[]): readonly (readonly [number, number])[] {
  const begins = row.flatMap((isDark, x) => (isDark && !row[x - 1] ? [x] : []));
  const ends = row.flatMap((isDark, x) => (isDark && !row[x + 1] ? [x + 1] : []));
  return begins.map((from, index) => [from, ends[index] ?? row.length]);
}

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
