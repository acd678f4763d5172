import { afterEach, describe, expect, test } from '@jest/globals';
import { createPresses, type Presses, type Said } from '../../../src/channels/telegram/presses.js';
import { readUpdate } from '../../../src/channels/telegram/updates.js';
import type { Message, TextContent } from '../../../src/domain/message.js';
import type { Press } from '../../support/telegram/types.js';
import { openSending, type Sending, type SendingOptions, WORDS } from '../../support/telegram-sending.js';

let sending: Sending;
let presses: Presses;

async function open(options: SendingOptions = {}): Promise<Sending> {
  sending = await openSending({ sender: { publicUrl: 'https://permanence.example' }, ...options });
  const { messages, lines } = sending;
  const line = (_: object, words: string): void => void lines.push(words);
  presses = createPresses({
    ...sending,
    words: WORDS,
    conversations: { messagesAfter: async (_, after) => messages.filter(({ seq }) => seq > after) },
    calendar: async (path) =>
      path.includes('2026-11-25') ? { name: 'permanence.ics', text: `BEGIN:VCALENDAR ${path}` } : undefined,
    log: { warn: line, error: line },
  });
  return sending;
}
afterEach(async () => {
  await presses.close();
  await sending.close();
});

/** Hands in the newest press, as the channel does. */
async function read(): Promise<Said | undefined> {
  const query = readUpdate(sending.fake.updates.all.at(-1))?.callback_query;
  if (!query) throw new Error('Nothing was pressed');
  return presses.read(query, sending.conversation.id);
}

/** What was pressed says so; it is stored as the pipeline does. */
async function store(said: Said | undefined): Promise<void> {
  if (!said) return;
  const seq = (sending.messages.at(-1)?.seq ?? 0) + 1;
  const content = { kind: 'text', text: said.text } as const;
  const message: Message = { seq, externalId: said.externalId, author: 'resident', at: sending.clock(), content };
  sending.messages.push(message);
}

async function press(title: string): Promise<{ readonly said: Said | undefined; readonly toast: string | undefined }> {
  const made: Press = sending.chat.press(title);
  const said = await read();
  const { text } = await made.answered;
  await presses.close();
  await store(said);
  return { said, toast: text };
}

const QUESTION: TextContent = {
  kind: 'text',
  text: 'Que voulez-vous faire ?',
  actions: [
    { title: 'Oui', value: 'oui, je le veux' },
    { title: 'Non', value: 'Non' },
  ],
  card: {
    title: 'Permanence',
    links: [
      { title: 'Lire la page', url: '/confidentialite' },
      { title: 'Ajouter à mon agenda', url: '/permanences/delegates/2026-11-25.ics' },
      { title: 'Une autre date', url: '/permanences/delegates/2020-01-01.ics' },
    ],
  },
};

const keyboard = () =>
  sending.chat.visible.findLast(({ from, keyboard: rows }) => from === 'bot' && rows.length > 0)?.keyboard.flat();
const titles = () => keyboard()?.map(({ text }) => text);

async function ask(): Promise<void> {
  sending.say([QUESTION]);
  await sending.deliver();
}

describe('a button', () => {
  test('says its value, is acknowledged by its title, and is all that is left of the others', async () => {
    await open();
    await ask();
    const order = sending.chat.visible.at(-1)?.id;
    expect(await press('Oui')).toEqual({ said: { externalId: 'b1:0', text: 'oui, je le veux', order }, toast: 'Oui' });
    expect(titles()).toEqual(['✓ Oui', 'Lire la page', 'Ajouter à mon agenda', 'Une autre date']);
    expect(await press('✓ Oui')).toEqual({ said: undefined, toast: WORDS.toasts.used });
  });

  test('names the newest message of the chat that is known', async () => {
    await open();
    await ask();
    const at = sending.clock();
    const content = { kind: 'text', text: 'attendez' } as const;
    const later = ['m900', 'm902', 'e901:1:1'].map((externalId, index): Message => {
      return { seq: index + 2, externalId, author: 'resident', at, content };
    });
    sending.messages.push(...later);
    expect(await press('Oui')).toMatchObject({ said: { order: 902 } });
  });

  test('sends no more than 64 bytes', async () => {
    await open();
    await ask();
    for (const { data } of keyboard() ?? []) expect(Buffer.byteLength(data ?? '')).toBeLessThanOrEqual(64);
  });

  test('that was pressed twice says the same message; another one of its keyboard says nothing', async () => {
    await open();
    await ask();
    const twice = [sending.chat.press('Oui'), sending.chat.press('Non')];
    const [first, second] = sending.fake.updates.all.slice(-2).map((update) => readUpdate(update)?.callback_query);
    if (!first || !second) throw new Error('Nothing was pressed');
    const said = await presses.read(first, sending.conversation.id);
    await store(said);
    expect(await presses.read(first, sending.conversation.id)).toEqual(said);
    expect(await presses.read(second, sending.conversation.id)).toBeUndefined();
    const [, toast] = await Promise.all(twice.map(({ answered }) => answered));
    expect(toast?.text).toBe(WORDS.toasts.used);
    await presses.close();
    expect(titles()?.[0]).toBe('✓ Oui');
  });

  test('whose answer is given in confidence is not told by the id of what it says', async () => {
    await open();
    sending.say([{ ...QUESTION, asksInConfidence: true }]);
    await sending.deliver();
    const twice = [sending.chat.press('Non'), sending.chat.press('Oui')];
    const [first, second] = sending.fake.updates.all.slice(-2).map((update) => readUpdate(update)?.callback_query);
    if (!first || !second) throw new Error('Nothing was pressed');
    const said = await presses.read(first, sending.conversation.id);
    expect(said).toMatchObject({ externalId: 'b1:x', text: 'Non' });
    await store(said);
    // Whatever a later press says, it is the same message.
    expect(await presses.read(second, sending.conversation.id)).toMatchObject({ externalId: 'b1:x' });
    const toasts = await Promise.all(twice.map(({ answered }) => answered));
    expect(toasts.map((toast) => toast?.text)).toEqual(['Non', WORDS.toasts.used]);
    await presses.close();
    expect(titles()?.[0]).toBe('✓ Non');
    const edits = sending.fake.callsOf('editMessageReplyMarkup').length;
    sending.say(['Très bien.'], { replyTo: 2 });
    await sending.deliver();
    expect(sending.fake.callsOf('editMessageReplyMarkup')).toHaveLength(edits);
  });

  test('the answer to it leaves the used keyboard as it is', async () => {
    await open();
    await ask();
    await press('Non');
    const edits = sending.fake.callsOf('editMessageReplyMarkup').length;
    sending.say(['Très bien.'], { replyTo: 2 });
    await sending.deliver();
    expect(titles()?.[0]).toBe('✓ Non');
    expect(sending.fake.callsOf('editMessageReplyMarkup')).toHaveLength(edits);
    expect(sending.delivery()?.notes).not.toHaveProperty('keyboard');
  });

  test.each([
    ['of an erased conversation', () => sending.messages.splice(0)],
    ['of a message that was erased', () => sending.messages.splice(0, 1, { ...erased(), seq: 1 })],
    ['whose number another message has now', () => Object.assign(sending.conversation, { id: 'conversation-2' })],
  ])('%s goes, and its press is told what to do', async (_, change) => {
    await open();
    await ask();
    change();
    expect(await press('Oui')).toEqual({ said: undefined, toast: WORDS.toasts.gone });
    expect(titles()).toBeUndefined();
  });

  test('works while Telegram acknowledges nothing', async () => {
    await open({ answerMs: 300 });
    await ask();
    sending.fake.fail({ method: 'answerCallbackQuery', kind: 'hang-before' });
    sending.fake.fail({
      method: 'editMessageReplyMarkup',
      status: 400,
      description: 'Bad Request: message to edit not found',
    });
    sending.chat.press('Oui');
    expect(await read()).toMatchObject({ externalId: 'b1:0', text: 'oui, je le veux' });
    await presses.close();
    expect(sending.lines).toEqual(expect.arrayContaining(['A press on Telegram was not acknowledged']));
    expect(sending.lines.join()).not.toContain('Oui');
  });

  test('whose data is not ours says nothing', async () => {
    await open();
    await ask();
    const query = { id: '1', message: { message_id: 1, chat: { id: sending.chat.id } } };
    for (const data of [undefined, '', '1:0', 'x:y:z', `${'a'.repeat(60)}:1:0`, 'tag:1:-1', 'tag:99999999999:1']) {
      expect(await presses.read({ ...query, data }, sending.conversation.id)).toBeUndefined();
    }
  });
});

describe('a date for the calendar', () => {
  test('is sent as a file with its name, and the button stays', async () => {
    await open();
    await ask();
    expect(await press('Ajouter à mon agenda')).toEqual({ said: undefined, toast: WORDS.toasts.file });
    await sending.chat.waitFor(WORDS.calendarCaption);
    const sent = sending.chat.visible.at(-1);
    expect(sent?.document).toMatchObject({
      name: 'permanence.ics',
      text: 'BEGIN:VCALENDAR /permanences/delegates/2026-11-25.ics',
    });
    expect(sent?.text).toBe(WORDS.calendarCaption);
    expect(titles()).toContain('Oui');
    // An erasure takes it away too.
    expect(sending.recent.of(sending.conversation.id).map(([id]) => id)).toEqual([sent?.id]);
  });

  test('that is over is told so', async () => {
    await open();
    await ask();
    expect(await press('Une autre date')).toEqual({ said: undefined, toast: WORDS.toasts.fileGone });
    expect(sending.fake.callsOf('sendDocument')).toEqual([]);
  });

  test('is sent once at a double tap and at a press that is handed in again; later, once more', async () => {
    await open();
    await ask();
    sending.chat.press('Ajouter à mon agenda');
    await Promise.all([read(), read()]);
    await presses.close();
    await read();
    await presses.close();
    expect(sending.fake.callsOf('sendDocument')).toHaveLength(1);
    await new Promise<void>((resolve) => void sending.timers.set(resolve, 10_000));
    await read();
    await presses.close();
    expect(sending.fake.callsOf('sendDocument')).toHaveLength(2);
  });

  test('that was not sent is sent at the next press', async () => {
    await open();
    await ask();
    sending.fake.fail({ method: 'sendDocument', status: 400, description: 'Bad Request: no' });
    expect((await press('Ajouter à mon agenda')).toast).toBe(WORDS.toasts.file);
    await press('Ajouter à mon agenda');
    await sending.chat.waitFor(WORDS.calendarCaption);
  });

  test('is sent later when it is too much at once', async () => {
    await open();
    await ask();
    sending.fake.fail({ method: 'sendDocument', status: 429, retryAfter: 4 });
    sending.chat.press('Ajouter à mon agenda');
    await read();
    await sending.chat.waitFor(WORDS.calendarCaption);
    const [first, second] = sending.fake.callsOf('sendDocument');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(4_000);
    expect(sending.fake.violations()).toEqual([]);
  });
});

function erased(): Message {
  const content = { kind: 'erased', erasedMessages: 1 } as const;
  return { seq: 1, externalId: 'm9', author: 'system', at: sending.clock(), content };
}
