import sharp, { type Sharp } from 'sharp';
import type { FileForm } from './file-form.js';
import { LIMITS } from './limits.js';
import { RefusedFile } from './refused-file.js';

/** Tried one after another until the file is small enough. */
const QUALITIES = [85, 75, 60, 45, 30] as const;
const BEHIND = '#ffffff';
const SECOND_MS = 1000;

// Of libvips only these are left to reach: not the dozens of other loaders, nor any that reads from disk.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadNsgifBuffer',
  ],
});
sharp.cache(false);
sharp.concurrency(1);

/**
 * What is seen of an image, and nothing else of it: a JPEG in sRGB without any metadata, upright, within the limits. Of an
 * animation, its first picture.
 * @throws RefusedFile `size` or `damaged`.
 */
export async function rewriteImage(file: Uint8Array, form: FileForm): Promise<Uint8Array> {
  try {
    await checkBeforeOpening(file, form);
    const { data, info } = await sharp(file, { limitInputPixels: LIMITS.pixels, failOn: 'error', sequentialRead: true })
      .autoOrient()
      .timeout({ seconds: LIMITS.time / SECOND_MS })
      .resize(LIMITS.side, LIMITS.side, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: BEHIND })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    return await smallEnough(() => sharp(data, { raw: { width, height, channels } }));
  } catch (error) {
    throw error instanceof RefusedFile ? error : new RefusedFile('damaged', { cause: error });
  }
}

/** Reads its head only. */
async function checkBeforeOpening(file: Uint8Array, form: FileForm): Promise<void> {
  const { format, width, height } = await sharp(file, { limitInputPixels: false }).metadata();
  if (format !== form) throw new RefusedFile('damaged');
  if (width * height > LIMITS.pixels) throw new RefusedFile('size');
}

async function smallEnough(open: () => Sharp): Promise<Uint8Array> {
  for (const quality of QUALITIES) {
    const written = await open().jpeg({ quality }).toBuffer();
    if (written.length <= LIMITS.image) return written;
  }
  throw new RefusedFile('size');
}
