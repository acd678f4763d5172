import type { IncomingMessage } from 'node:http';
import type { Given } from './parameters.js';
import { isRecord } from './parameters.js';
import { badRequest } from './refusal.js';
import type { Json, UploadedFile } from './types.js';

/**
 * « We support four ways of passing parameters in Bot API requests: URL query string, application/x-www-form-urlencoded,
 * application/json (except for uploading files), multipart/form-data (use to upload files) »
 * (https://core.telegram.org/bots/api#making-requests).
 * @throws Refusal
 */
export async function readGiven(request: IncomingMessage, query: URLSearchParams): Promise<Given> {
  const body = await readAll(request);
  const values: Record<string, Json> = Object.fromEntries(query);
  if (body.length === 0) return { values, files: [] };
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return { values: { ...values, ...readJson(body) }, files: [] };
  if (type.startsWith('multipart/form-data') || type.startsWith('application/x-www-form-urlencoded')) {
    const form = await readForm(body, type);
    return { values: { ...values, ...form.values }, files: form.files };
  }
  return { values, files: [] };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function readJson(body: Buffer): Record<string, Json> {
  try {
    const value = JSON.parse(body.toString('utf8')) as Json;
    if (isRecord(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw badRequest("can't parse request: expected an object");
}

async function readForm(body: Buffer, type: string): Promise<Given> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => {
    throw badRequest("can't parse request: bad form");
  });
  const values: Record<string, Json> = {};
  const files: UploadedFile[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') values[field] = value;
    else files.push(await toFile(field, value));
  }
  return { values, files };
}

async function toFile(field: string, file: File): Promise<UploadedFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { field, name: file.name, ...(file.type && { mime: file.type }), bytes };
}
