/** Cameras write where and when into the pictures that a scan is made of; viewers need none of it. */

const MARKER = 0xff;
const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const COMMENT = 0xfe;
const FIRST_APPLICATION = 0xe0;
const LAST_APPLICATION = 0xef;
/** JFIF says how dense pixels are; Adobe's, which colours they are in. */
const KEPT_APPLICATIONS = new Set([0xe0, 0xee]);

/**
 * A JPEG without its comments, all that applications wrote into it, and what is appended after its end (ITU-T T.81, annex B).
 * @throws RangeError.
 */
export function stripJpeg(file: Uint8Array): Uint8Array {
  if (file[0] !== MARKER || file[1] !== START) throw new RangeError('No JPEG');
  const kept: Uint8Array[] = [file.subarray(0, 2)];
  for (let at = 2; at < file.length && !isMarker(file, at, END); ) {
    const { marker, start, end: endOfHead } = segmentAt(file, at);
    const end = marker === SCAN ? endOfScan(file, endOfHead) : endOfHead;
    if (!isForeign(marker)) kept.push(file.subarray(start, end));
    at = end;
  }
  return Buffer.concat([...kept, Buffer.of(MARKER, END)]);
}

function segmentAt(file: Uint8Array, at: number): { marker: number; start: number; end: number } {
  let start = at;
  // A marker may be filled up with any number of these before it.
  while (file[start] === MARKER && file[start + 1] === MARKER) start += 1;
  const marker = file[start + 1];
  const length = (file[start + 2] ?? 0) * 256 + (file[start + 3] ?? 0);
  const end = start + 2 + length;
  if (file[start] !== MARKER || marker === undefined || length < 2 || end > file.length)
    throw new RangeError('No JPEG');
  return { marker, start, end };
}

/** Where the next segment begins: among coded pixels, a marker's first byte is followed by 0, or counts restarts. */
function endOfScan(file: Uint8Array, from: number): number {
  for (let at = from; at < file.length; at += 1) {
    const next = file[at + 1] ?? 0;
    const isPixels = file[at] !== MARKER || next === 0 || next === MARKER || (next >= 0xd0 && next <= 0xd7);
    if (!isPixels) return at;
  }
  return file.length;
}

function isMarker(file: Uint8Array, at: number, marker: number): boolean {
  return file[at] === MARKER && file[at + 1] === marker;
}

function isForeign(marker: number): boolean {
  const isApplication = marker >= FIRST_APPLICATION && marker <= LAST_APPLICATION;
  return marker === COMMENT || (isApplication && !KEPT_APPLICATIONS.has(marker));
}

const JPEG_2000 = 'jP  ';
/** What a JPEG 2000 file is shown from (ISO/IEC 15444-1, annex I); « xml », « uuid » and « uinf » are not among them. */
const KEPT_BOXES = new Set([JPEG_2000, 'ftyp', 'jp2h', 'jp2c']);
const BOX_HEAD = 8;

/** A JPEG 2000 without metadata. A bare code stream is left as it is. @throws RangeError. */
export function stripJpeg2000(file: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.toString('latin1', 4, BOX_HEAD) !== JPEG_2000) return file;
  const kept: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = length === 0 ? bytes.length : at + length;
    // A length of 1 says that it follows in eight bytes: longer than any file taken here.
    if ((length !== 0 && length < BOX_HEAD) || end > bytes.length) throw new RangeError('No JPEG 2000');
    if (KEPT_BOXES.has(bytes.toString('latin1', at + 4, at + BOX_HEAD))) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}
