import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { LIMITS } from '../../../src/attachments/limits.js';
import { rewrite } from '../../../src/attachments/rewrite.js';
import { buildPhoto, buildPixels, FILE_CANARY, hasText, withSegment } from '../../support/files.js';

async function rewritten(file: Uint8Array): Promise<Buffer> {
  const result = await rewrite(file);
  if ('refused' in result) throw new Error(`Refused: ${result.refused}`);
  expect(result.kind).toBe('image');
  return Buffer.from(result.bytes);
}

/** A PNG of this size that holds next to nothing. */
function bomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length);
    ends.writeUInt32BE(crc(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side);
  head.writeUInt32BE(side, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const lines = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', lines), chunk('IEND', Buffer.of())]);
}

/** PNG, annex D. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

describe('an image that is written anew', () => {
  it('is upright, in sRGB, and without the place, the owner and all else that was written into it', async () => {
    const photo = withSegment(await buildPhoto(80, 40), 0xfe, FILE_CANARY);
    // The traps are there.
    expect(hasText(photo.toString('latin1'), FILE_CANARY)).toBe(true);
    const before = await sharp(photo).metadata();
    expect([before.orientation, before.exif !== undefined, before.xmp !== undefined]).toEqual([6, true, true]);

    const kept = await rewritten(photo);
    const { format, space, width, height, orientation, exif, xmp, iptc, icc, comments } = await sharp(kept).metadata();
    expect({ format, space, width, height }).toEqual({ format: 'jpeg', space: 'srgb', width: 40, height: 80 });
    expect([orientation, exif, xmp, iptc, icc, comments].filter((each) => each !== undefined)).toEqual([]);
    expect(hasText(kept.toString('latin1'), FILE_CANARY)).toBe(false);
    expect(kept.includes('Exif')).toBe(false);
  });

  it.each(['png', 'webp', 'gif', 'jpeg'] as const)('is taken as %s, and comes out as JPEG on white', async (form) => {
    const clear = sharp({ create: { width: 30, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
    const file =
      form === 'jpeg'
        ? await sharp(await buildPixels(30, 20))
            .jpeg()
            .toBuffer()
        : await clear.toFormat(form).toBuffer();
    const kept = await rewritten(file);
    expect(await sharp(kept).metadata()).toMatchObject({ format: 'jpeg', width: 30, height: 20 });
    if (form !== 'jpeg')
      expect([...(await sharp(kept).extract({ left: 3, top: 3, width: 1, height: 1 }).raw().toBuffer())]).toEqual([
        255, 255, 255,
      ]);
  });

  it('is the first picture of an animation', async () => {
    const [red, blue] = ['#ff0000', '#0000ff'].map((background) => ({
      create: { width: 20, height: 20, channels: 3 as const, background },
    }));
    const frames = [await sharp(red).png().toBuffer(), await sharp(blue).png().toBuffer()];
    const animation = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(animation, { animated: true }).metadata()).pages).toBe(2);
    const { channels } = await sharp(await rewritten(animation)).stats();
    expect(channels[0]?.mean).toBeGreaterThan(200);
    expect(channels[2]?.mean).toBeLessThan(50);
  });

  it('is made small enough', async () => {
    const kept = await rewritten(
      await sharp(await buildPixels(2600, 2400))
        .jpeg({ quality: 98 })
        .toBuffer(),
    );
    const { width, height } = await sharp(kept).metadata();
    expect([width, height]).toEqual([2048, 1890]);
    expect(kept.length).toBeLessThanOrEqual(LIMITS.image);
  });

  it('loses what was hidden behind or beside it', async () => {
    const png = await buildPixels();
    for (const tail of [`<script>${FILE_CANARY}</script>`, `PK\x03\x04${FILE_CANARY}`, `%PDF-1.7\n${FILE_CANARY}`]) {
      for (const file of [png, await sharp(png).gif().toBuffer(), await sharp(png).jpeg().toBuffer()]) {
        const polyglot = Buffer.concat([file, Buffer.from(tail)]);
        expect((await rewritten(polyglot)).includes(FILE_CANARY)).toBe(false);
      }
    }
  });

  it('is refused before it is opened when it has too many pixels', async () => {
    const file = bomb(8000);
    expect(file.length).toBeLessThan(20_000);
    const before = process.memoryUsage().rss;
    expect(await rewrite(file)).toEqual({ refused: 'size' });
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
    // As many pixels as are taken, opened.
    expect((await rewritten(bomb(7000))).length).toBeLessThan(100_000);
  });

  it('is refused when it is cut off, or is nothing but its first bytes', async () => {
    const png = await buildPixels(300, 300);
    const jpeg = await sharp(png).jpeg().toBuffer();
    const others = [await sharp(png).webp().toBuffer(), await sharp(png).gif().toBuffer()];
    for (const file of [png, jpeg, ...others]) {
      for (const length of [12, 40, Math.floor(file.length / 2)])
        expect({ length, ...(await rewrite(file.subarray(0, length))) }).toEqual({ length, refused: 'damaged' });
    }
  });

  it('is what its content says, whatever else it is called', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;
    const avif = await sharp(await buildPixels())
      .avif()
      .toBuffer();
    const tiff = await sharp(await buildPixels())
      .tiff()
      .toBuffer();
    const texts = [
      svg,
      `<?xml version="1.0"?>${svg}`,
      '<!doctype html>',
      'PK\x03\x04',
      'MZ\x90\0',
      '',
      ' ',
      '\xff\xd8',
    ];
    for (const file of [...texts.map((text) => Buffer.from(text, 'latin1')), avif, tiff, heic()])
      expect(await rewrite(file)).toEqual({ refused: 'kind' });
    // An SVG that begins as something else is nothing.
    for (const start of ['GIF89a', '\xff\xd8\xff\xe0', 'RIFF\0\0\0\0WEBP', '\x89PNG\r\n\x1a\n'])
      expect(await rewrite(Buffer.from(start + svg, 'latin1'))).toEqual({ refused: 'damaged' });
  });
});

function heic(): Buffer {
  return Buffer.concat([Buffer.of(0, 0, 0, 24), Buffer.from('ftypheic'), Buffer.alloc(200)]);
}
