/** Forms of files that are taken. HEIC needs a licensed decoder; AVIF, TIFF and SVG are sent by nobody's camera. */
export type FileForm = 'jpeg' | 'png' | 'webp' | 'gif' | 'pdf';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const WEBP_AT = 8;

/** What a file is by its first bytes; its name and the type that came with it are the sender's words. */
export function formOf(file: Uint8Array): FileForm | undefined {
  if (startsWith(file, JPEG)) return 'jpeg';
  if (startsWith(file, PNG)) return 'png';
  if (says(file, 'GIF87a') || says(file, 'GIF89a')) return 'gif';
  if (says(file, 'RIFF') && says(file, 'WEBP', WEBP_AT)) return 'webp';
  return says(file, '%PDF-') ? 'pdf' : undefined;
}

function says(file: Uint8Array, text: string, at = 0): boolean {
  return startsWith(file, Buffer.from(text, 'latin1'), at);
}

function startsWith(file: Uint8Array, bytes: ArrayLike<number>, at = 0): boolean {
  return Array.from(bytes).every((byte, index) => file[at + index] === byte);
}
