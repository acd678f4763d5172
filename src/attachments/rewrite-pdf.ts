import {
  concatTransformationMatrix,
  drawObject,
  PDFDocument,
  PDFName,
  PDFPage,
  PDFPageLeaf,
  PDFRef,
  popGraphicsState,
  pushGraphicsState,
} from '@cantoo/pdf-lib';
import { LIMITS } from './limits.js';
import { appearancesOf } from './pdf-appearances.js';
import { type CopyDrawing, createCopier } from './pdf-copier.js';
import { RefusedFile } from './refused-file.js';

/** Of a page, all that it looks like. */
const INHERITED = ['MediaBox', 'CropBox', 'Rotate', 'Resources'];
const OWN = ['BleedBox', 'TrimBox', 'ArtBox', 'Group', 'UserUnit', 'Contents'];
const ANNOTATIONS = PDFName.of('Annots');

/**
 * A new document with the pages as they look: what was filled in or stamped is drawn into them. It has no scripts, actions,
 * links, forms, files, layers, metadata or ids.
 * @throws RefusedFile `size`, or `damaged`, also for one that asks for a password.
 */
export async function rewritePdf(file: Uint8Array): Promise<Uint8Array> {
  try {
    const source = await PDFDocument.load(file, { throwOnInvalidObject: true, updateMetadata: false });
    return await copyPages(source);
  } catch (error) {
    throw error instanceof RefusedFile ? error : new RefusedFile('damaged', { cause: error });
  }
}

async function copyPages(source: PDFDocument): Promise<Uint8Array> {
  const pages = source.getPages();
  if (pages.length === 0) throw new RefusedFile('damaged');
  if (pages.length > LIMITS.pages) throw new RefusedFile('size');
  const target = await PDFDocument.create({ updateMetadata: false });
  const copy = createCopier(source.context, target.context);
  for (const { node } of pages) addPage(target, node, copy);
  const written = await target.save({ addDefaultPage: false, updateFieldAppearances: false });
  if (written.length > LIMITS.pdf) throw new RefusedFile('size');
  return written;
}

function addPage(target: PDFDocument, source: PDFPageLeaf, copy: CopyDrawing): void {
  const { context } = target;
  const leaf = PDFPageLeaf.fromMapWithContext(new Map([[PDFName.of('Type'), PDFName.of('Page')]]), context);
  for (const name of [...INHERITED, ...OWN]) {
    const key = PDFName.of(name);
    const value = INHERITED.includes(name) ? source.getInheritableAttribute(key) : source.get(key);
    if (value) leaf.set(key, copy(value, name));
  }
  // Refuses a page without a size.
  leaf.MediaBox();
  const page = target.addPage(PDFPage.of(leaf, context.register(leaf), target));
  for (const { form, matrix } of appearancesOf(source)) {
    const drawn = copy(form, 'XObject');
    if (!(drawn instanceof PDFRef)) continue;
    const name = leaf.newXObject('Drawn', drawn);
    page.pushOperators(
      pushGraphicsState(),
      concatTransformationMatrix(...matrix),
      drawObject(name),
      popGraphicsState(),
    );
  }
  leaf.delete(ANNOTATIONS);
}
