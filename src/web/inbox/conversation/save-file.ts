import type { BinaryFile, TextFile } from '../api/types.js';

/** Gives the reader a file to keep. */
export function saveFile({ text, fileName }: TextFile): void {
  saveBlob({ blob: new Blob([text], { type: 'text/plain;charset=utf-8' }), fileName });
}

export function saveBlob({ blob, fileName }: BinaryFile): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser reads it after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
