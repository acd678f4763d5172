import {
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNull,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib';
import { stripJpeg, stripJpeg2000 } from './image-in-pdf.js';
import { DRAWING_KEYS, MARKS, NAMED, RESOURCES } from './pdf-keys.js';
import { RefusedFile } from './refused-file.js';

/** How the keys of a dictionary are read. `names`: the file chose them. `marks`: those too, and nothing below them is kept. */
type Part = 'plain' | 'resources' | 'names' | 'marks';

/**
 * Copies from one document into another what pages are drawn from; what stands there twice is copied once.
 * @param key under which the object stands: it says how it is read.
 * @throws RefusedFile `damaged`.
 */
export type CopyDrawing = (object: PDFObject, key: string) => PDFObject;

const FILTER = PDFName.of('Filter');
const PARAMETERS = PDFName.of('DecodeParms');
const STRIPPED: Readonly<Record<string, (file: Uint8Array) => Uint8Array>> = {
  DCTDecode: stripJpeg,
  DCT: stripJpeg,
  JPXDecode: stripJpeg2000,
};

export function createCopier(source: PDFContext, target: PDFContext): CopyDrawing {
  const copied = new Map<string, PDFRef>();

  function copy(object: PDFObject, part: Part): PDFObject {
    if (object instanceof PDFRef) return copyRef(object, part);
    if (object instanceof PDFStream) return copyStream(object);
    if (object instanceof PDFDict) return copyDict(object, part);
    if (!(object instanceof PDFArray)) return object.clone(target);
    const items = target.obj([]);
    for (const item of object.asArray()) items.push(copy(item, 'plain'));
    return items;
  }

  function copyRef(ref: PDFRef, part: Part): PDFObject {
    const key = `${part} ${ref.tag}`;
    const known = copied.get(key);
    if (known) return known;
    const found = source.lookup(ref);
    if (!found) return PDFNull;
    const made = target.nextRef();
    copied.set(key, made);
    target.assign(made, copy(found, part));
    return made;
  }

  function copyDict(dict: PDFDict, part: Part): PDFDict {
    const made = target.obj({});
    for (const [key, value] of dict.entries()) {
      const name = key.decodeText();
      if (part === 'marks') made.set(key, target.obj({}));
      else if (isKept(name, part)) made.set(key, copy(value, partBelow(name, part)));
    }
    return made;
  }

  function copyStream(stream: PDFStream): PDFObject {
    if (!(stream instanceof PDFRawStream)) throw new RefusedFile('damaged');
    const { dict, contents } = withoutMetadata(source, stream);
    return PDFRawStream.of(copyDict(dict, 'plain'), contents);
  }

  return (object, key) => copy(object, partBelow(key, 'plain'));
}

function isKept(name: string, part: Part): boolean {
  if (part === 'names') return true;
  return part === 'resources' ? RESOURCES.has(name) : DRAWING_KEYS.has(name);
}

function partBelow(name: string, part: Part): Part {
  if (part === 'resources') return name === MARKS ? 'marks' : 'names';
  if (part === 'names') return 'plain';
  if (name === 'Resources') return 'resources';
  return NAMED.has(name) ? 'names' : 'plain';
}

/** A picture as another program wrote it, whatever it was packed in besides. */
function withoutMetadata(source: PDFContext, stream: PDFRawStream): PDFRawStream {
  const filters = listOf(source, stream.dict.get(FILTER));
  const last = filters.at(-1);
  const strip = last instanceof PDFName ? STRIPPED[last.decodeText()] : undefined;
  if (!last || !strip) return stream;
  const before = filters.slice(0, -1);
  const dict = stream.dict.clone();
  const parameters = listOf(source, stream.dict.get(PARAMETERS));
  dict.set(FILTER, last);
  setOrDelete(dict, PARAMETERS, parameters[before.length]);
  return PDFRawStream.of(dict, strip(unpacked(source, stream, before, parameters)));
}

function unpacked(
  source: PDFContext,
  stream: PDFRawStream,
  filters: readonly PDFObject[],
  parameters: readonly PDFObject[],
): Uint8Array {
  if (filters.length === 0) return stream.contents;
  const dict = source.obj({});
  dict.set(FILTER, source.obj([...filters]));
  if (parameters.length > 0) dict.set(PARAMETERS, source.obj(parameters.slice(0, filters.length)));
  return decodePDFRawStream(PDFRawStream.of(dict, stream.contents)).decode();
}

/** One or several, as both are written. */
function listOf(source: PDFContext, object: PDFObject | undefined): readonly PDFObject[] {
  const found = object && source.lookup(object);
  if (found instanceof PDFArray) return found.asArray().map((item) => source.lookup(item) ?? PDFNull);
  return found ? [found] : [];
}

function setOrDelete(dict: PDFDict, key: PDFName, value: PDFObject | undefined): void {
  if (value) dict.set(key, value);
  else dict.delete(key);
}
