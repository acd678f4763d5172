import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { inboxListOf, type Standing } from '../../../src/domain/conversation.js';
import {
  forget,
  noteEmergency,
  requestCallback,
  requestHandoff,
} from '../../../src/domain/conversation-transitions.js';
import { type CallbackRequest, NEW_DESK_STATE } from '../../../src/domain/desk-state.js';

const page = readFileSync(new URL('../../../src/web/pages/confidentialite.html', import.meta.url), 'utf8')
  .replace(/<[^>]+>/g, '')
  .replace(/\s+/g, ' ');

const NOW = Date.parse('2026-11-24T09:00:00Z');
const NEW: Standing = { status: 'bot', desk: NEW_DESK_STATE };
const REQUEST: CallbackRequest = { id: '1', phone: '+33612345678', moment: { part: 'any' }, requestedAt: NOW };

describe('the privacy page tells residents', () => {
  test('when delegates can read, and until then cannot', () => {
    expect(page).toContain(
      'trois cas : vous demandez un délégué, vous demandez à être rappelé, ou vous signalez un danger en cours',
    );
    expect(inboxListOf(NEW)).toBe('none');
    const cases = [requestHandoff(NEW, NOW), requestCallback(NEW, REQUEST), noteEmergency(NEW, NOW)];
    expect(cases.map(inboxListOf)).toEqual(['queue', 'queue', 'queue']);
  });

  test('that what they left for a call-back goes with the conversation', () => {
    expect(page).toContain('votre téléphone ou votre e-mail, le moment choisi, et votre prénom si vous le donnez');
    expect(page).toContain('cette demande est effacée aussi');
    expect(forget(requestCallback(NEW, REQUEST)).desk.callbacks).toEqual([]);
  });

  test('that readings are logged, and what is not', () => {
    expect(page).toContain('Quand un délégué ouvre une conversation ou en fait une copie, c’est noté dans un journal');
    expect(page).toContain('une phrase de chacune : cela n’est pas noté');
  });
});
