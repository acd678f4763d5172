import type { Response } from 'express';
import { z } from 'zod';
import type { BinaryFile, TextFile } from './handler.js';
import { OPERATIONS, type Operation, type OperationName } from './operations.js';

const FILE_NAME = /^[\w.-]{1,100}$/;

/** A file that is opened by itself can do nothing, whatever is in it, and no browser guesses what it is. */
const CLOSED_IN = { 'Content-Security-Policy': "sandbox; default-src 'none'", 'X-Content-Type-Options': 'nosniff' };

/** Sends what a handler gave back: JSON, a file, or nothing for a stream. */
export function answerResult(response: Response, { response: kind }: Operation, result: unknown): void {
  if (kind === 'text/event-stream') return;
  if (kind instanceof z.ZodType) {
    response.json(result);
    return;
  }
  if (typeof kind !== 'string') {
    answerFile(response, result as BinaryFile);
    return;
  }
  const { text, fileName } = result as TextFile;
  response
    .set({ 'Content-Type': `${kind}; charset=utf-8`, 'Content-Disposition': disposition('attachment', fileName) })
    .send(text);
}

function answerFile(response: Response, { bytes, type, fileName }: BinaryFile): void {
  const place = type.startsWith('image/') ? 'inline' : 'attachment';
  response
    .set({ ...CLOSED_IN, 'Content-Type': type, 'Content-Disposition': disposition(place, fileName) })
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function disposition(place: 'inline' | 'attachment', fileName: string): string {
  // It becomes part of a header.
  if (!FILE_NAME.test(fileName)) throw new Error('The name of a file to download is not plain ASCII');
  return `${place}; filename="${fileName}"`;
}

/** Passes a result on, or throws. */
export type ResultCheck = (name: OperationName, result: unknown) => unknown;

interface CheckLog {
  error(fields: Readonly<Record<string, string | number>>, message: string): void;
}

/** Holds answers against their schemas, which list every member; tells where they differ and not what is there. */
export function resultCheck(log: CheckLog, isOn: boolean): ResultCheck {
  if (!isOn) return (_name, result) => result;
  return (name, result) => {
    const kind = OPERATIONS[name].response;
    if (!(kind instanceof z.ZodType)) return result;
    // As it will be read: JSON leaves out what is undefined.
    const checked = kind.safeParse(JSON.parse(JSON.stringify(result)));
    if (checked.success) return result;
    const issues = checked.error.issues.map(({ path, code, ...issue }) =>
      [...path, code, ...('keys' in issue ? issue.keys : [])].join('.'),
    );
    log.error({ operation: name, issues: issues.join(' ') }, 'An answer does not fit its schema');
    throw new Error(`The answer of ${name} does not fit its schema`);
  };
}
