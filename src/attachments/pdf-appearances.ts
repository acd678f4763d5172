import {
  PDFArray,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPageLeaf,
  PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib';

/** Six numbers, as the operator `cm` takes them. */
export type Matrix = readonly [number, number, number, number, number, number];

/** What an annotation looks like, and where it stands on its page. */
export interface Appearance {
  readonly form: PDFObject;
  readonly matrix: Matrix;
}

interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/** Of its flags (ISO 32000-1, table 165): hidden, and no view. */
const UNSEEN = 0b100010;
const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** What was filled in, signed, stamped or written over a page, in the order in which it is drawn. */
export function appearancesOf(page: PDFPageLeaf): readonly Appearance[] {
  const annotations = page.lookup(PDFName.of('Annots'));
  if (!(annotations instanceof PDFArray)) return [];
  return annotations.asArray().flatMap((item) => {
    const annotation = page.context.lookup(item);
    return annotation instanceof PDFDict ? appearanceOf(annotation) : [];
  });
}

function appearanceOf(annotation: PDFDict): readonly Appearance[] {
  const flags = annotation.lookup(PDFName.of('F'));
  if (flags instanceof PDFNumber && (flags.asNumber() & UNSEEN) !== 0) return [];
  if (annotation.lookup(PDFName.of('Subtype')) === PDFName.of('Popup')) return [];
  const form = normalForm(annotation);
  const stream = form && annotation.context.lookup(form);
  if (!form || !(stream instanceof PDFStream)) return [];
  const matrix = placed(stream.dict, numbers(annotation, 'Rect'));
  return matrix ? [{ form, matrix }] : [];
}

/** The normal one; of a box or a choice, that of its state. */
function normalForm(annotation: PDFDict): PDFObject | undefined {
  const forms = annotation.lookup(PDFName.of('AP'));
  if (!(forms instanceof PDFDict)) return undefined;
  const normal = forms.lookup(PDFName.of('N'));
  if (normal instanceof PDFStream) return asRef(forms, 'N');
  const state = annotation.lookup(PDFName.of('AS'));
  return normal instanceof PDFDict && state instanceof PDFName ? asRef(normal, state.decodeText()) : undefined;
}

function asRef(dict: PDFDict, name: string): PDFObject | undefined {
  const value = dict.get(PDFName.of(name));
  // A stream is always an object of its own.
  return value instanceof PDFRef ? value : undefined;
}

/** From the form's own box to the annotation's (ISO 32000-1, 12.5.5, algorithm 8.1). */
function placed(form: PDFDict, rect: readonly number[]): Matrix | undefined {
  const to = boxOf(cornersOf(rect));
  const from = boxOf(cornersOf(numbers(form, 'BBox')).map((corner) => moved(corner, matrixOf(form))));
  if (!to || !from || from.width === 0 || from.height === 0) return undefined;
  const [across, up] = [to.width / from.width, to.height / from.height];
  return [across, 0, 0, up, to.left - from.left * across, to.bottom - from.bottom * up];
}

function matrixOf(form: PDFDict): Matrix {
  const [a, b, c, d, e, f] = numbers(form, 'Matrix');
  if (a === undefined || b === undefined || c === undefined || d === undefined) return IDENTITY;
  return [a, b, c, d, e ?? 0, f ?? 0];
}

type Point = readonly [number, number];

function moved([x, y]: Point, [a, b, c, d, e, f]: Matrix): Point {
  return [a * x + c * y + e, b * x + d * y + f];
}

function cornersOf([left, bottom, right, top]: readonly number[]): readonly Point[] {
  if (left === undefined || bottom === undefined || right === undefined || top === undefined) return [];
  return [
    [left, bottom],
    [right, bottom],
    [left, top],
    [right, top],
  ];
}

function boxOf(corners: readonly Point[]): Box | undefined {
  if (corners.length === 0) return undefined;
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  return { left, bottom, width: Math.max(...xs) - left, height: Math.max(...ys) - bottom };
}

function numbers(dict: PDFDict, name: string): readonly number[] {
  const list = dict.lookup(PDFName.of(name));
  if (!(list instanceof PDFArray)) return [];
  const items = list.asArray().map((item) => dict.context.lookup(item));
  return items.flatMap((item) => (item instanceof PDFNumber ? [item.asNumber()] : []));
}
