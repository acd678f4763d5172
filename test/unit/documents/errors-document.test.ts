import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Response } from 'express';
import { DomainError, type ErrorCode } from '../../../src/domain/errors.js';
import { createErrorHandler } from '../../../src/http/error-handler.js';
import { readDocument, rowsOf } from './tables.js';

const source = readFileSync(new URL('../../../src/domain/errors.ts', import.meta.url), 'utf8');

/** The code that an HTTP client gets for a domain error. */
function refusalOf(code: string): string {
  let body = '';
  const response = {
    headersSent: false,
    hasHeader: () => false,
    set: () => response,
    status: () => response,
    type: () => response,
    send(text: string) {
      body = text;
      return response;
    },
  };
  const answer = createErrorHandler({ error: () => undefined });
  answer(new DomainError(code as ErrorCode, ''), {} as never, response as unknown as Response, () => undefined);
  return (JSON.parse(body) as { code: string }).code;
}

test('docs/ERRORS.md lists every domain code with what it becomes over HTTP, and no other', () => {
  const union = source.slice(source.indexOf('export type ErrorCode'), source.indexOf('export class DomainError'));
  const codes = Array.from(union.matchAll(/\| '([a-z-]+)'/g), ([, code = '']) => code);
  expect(codes.length).toBeGreaterThan(10);
  const rows = rowsOf(readDocument('ERRORS.md'), 'domain code').map(([code, , refusal]) => [code, refusal]);
  expect(rows).toEqual(codes.map((code) => [code, refusalOf(code)]));
});
