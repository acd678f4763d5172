import type { EnclosedRefusal, KeptFile } from '../domain/attachments.js';
import { formOf } from './file-form.js';
import { LIMITS } from './limits.js';
import { RefusedFile } from './refused-file.js';
import { rewriteImage } from './rewrite-image.js';
import { rewritePdf } from './rewrite-pdf.js';

export type Rewritten = KeptFile | { readonly refused: EnclosedRefusal };

/** A file written anew from what is seen of it; nothing else of it is left. */
export async function rewrite(file: Uint8Array): Promise<Rewritten> {
  try {
    return await written(file);
  } catch (error) {
    if (error instanceof RefusedFile) return { refused: error.reason };
    throw error;
  }
}

async function written(file: Uint8Array): Promise<KeptFile> {
  const form = formOf(file);
  if (!form) throw new RefusedFile('kind');
  if (file.length > LIMITS.incoming) throw new RefusedFile('size');
  if (form === 'pdf') return { kind: 'pdf', bytes: await rewritePdf(file) };
  return { kind: 'image', bytes: await rewriteImage(file, form) };
}
