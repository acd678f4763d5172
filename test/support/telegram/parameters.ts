import { badRequest } from './refusal.js';
import type { Json, JsonRecord, UploadedFile } from './types.js';

/**
 * The parameters of a call. Each way of sending them (query, form, multipart, JSON) is worth the same, so that a number
 * may be its digits and an object its JSON (https://core.telegram.org/bots/api#making-requests).
 */
export interface Given {
  readonly values: JsonRecord;
  readonly files: readonly UploadedFile[];
}

export function textOf(given: Given, name: string): string {
  const value = given.values[name];
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** @returns the default for what is missing or no integer, within the bounds, as the server does. */
export function integerOf(given: Given, name: string, fallback: number, least = -Infinity, most = Infinity): number {
  const text = textOf(given, name);
  const value = /^-?\d+$/.test(text) ? Number(text) : fallback;
  return Math.min(Math.max(value, least), most);
}

/** @throws Refusal if it is missing or no number. */
export function numberOf(given: Given, name: string): number {
  const text = textOf(given, name);
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) throw badRequest(`wrong ${name} specified`);
  return value;
}

export const isYes = (given: Given, name: string): boolean => /^(true|yes|1)$/i.test(textOf(given, name));

/** @throws Refusal if it is given and no JSON. */
export function jsonOf(given: Given, name: string, complaint: string): Json {
  const value = given.values[name];
  if (typeof value !== 'string') return value;
  if (value === '') return undefined;
  try {
    return JSON.parse(value) as Json;
  } catch {
    throw badRequest(complaint);
  }
}

export function isRecord(value: Json): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
