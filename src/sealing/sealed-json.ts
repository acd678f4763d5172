import type { EventBody, EventPlace, OpenedEvent } from '../domain/report-sealing.js';
import { isBodyOf, isRecord } from './body-shapes.js';
import { type Bytes, utf8 } from './bytes.js';
import { SealingFault } from './fault.js';

/** What does not belong to its place is not sealed there. @throws SealingFault `malformed`. */
export function writeEvent(place: EventPlace, { body, previous }: OpenedEvent): Bytes {
  if (!isBodyOf(place, body)) throw new SealingFault('malformed');
  return utf8(JSON.stringify({ body, previous }));
}

/** @throws SealingFault `malformed`: whoever sealed it could, but sealed something else than an event. */
export function readEvent(place: EventPlace, text: Bytes): OpenedEvent {
  const event = parse(text);
  if (!isRecord(event) || typeof event.previous !== 'string' || !isBodyOf(place, event.body)) {
    throw new SealingFault('malformed');
  }
  return { body: event.body, previous: event.previous };
}

/** @throws SealingFault `malformed`. */
export function writeBody(place: EventPlace, body: EventBody): Bytes {
  if (!isBodyOf(place, body)) throw new SealingFault('malformed');
  return utf8(JSON.stringify(body));
}

/** @throws SealingFault `malformed`. */
export function readBody(place: EventPlace, text: Bytes): EventBody {
  const body = parse(text);
  if (!isBodyOf(place, body)) throw new SealingFault('malformed');
  return body;
}

function parse(text: Bytes): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch (error) {
    // The parser's own error quotes the text: it goes no further.
    throw new SealingFault('malformed', error instanceof TypeError ? { cause: error } : undefined);
  }
}
