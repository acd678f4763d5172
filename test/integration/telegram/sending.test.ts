import { afterEach, describe, expect, test } from '@jest/globals';
import type { Content, TextContent } from '../../../src/domain/message.js';
import { CONTENT, openSending, type Sending, type SendingOptions, WORDS } from '../../support/telegram-sending.js';

let sending: Sending;
async function open(options: SendingOptions = {}): Promise<Sending> {
  sending = await openSending(options);
  return sending;
}
afterEach(() => sending.close());

const text = (words: string, more: Partial<TextContent> = {}): TextContent => ({ kind: 'text', text: words, ...more });
const action = (title: string) => ({ title, value: title });
const ERASED: Content = { kind: 'erased', erasedMessages: 3 };

const seen = () => sending.chat.visible.filter(({ from }) => from === 'bot');
const titles = (index: number) =>
  seen()
    .at(index)
    ?.keyboard.map((row) => row.map((button) => button.text));

describe('an answer', () => {
  test('of several bubbles is one message, with the buttons of all below it', async () => {
    const { say, deliver, hear } = await open();
    hear('demain ?');
    say(
      [
        text('Oui, demain.', {
          card: {
            title: 'Maison de Services',
            text: '7/9 rue Picasso',
            links: [{ title: 'Voir le plan', url: 'https://www.openstreetmap.org/' }],
          },
        }),
        text('Venez sans rendez-vous.', {
          actions: [action('Adresse'), action('Signaler'), action('Parler à un délégué')],
        }),
      ],
      { replyTo: 1 },
    );
    await deliver();
    const [message, ...others] = seen();
    expect(others).toEqual([]);
    expect(message?.text).toBe('Oui, demain.\n\nMaison de Services\n7/9 rue Picasso\n\nVenez sans rendez-vous.');
    expect(message?.entities).toEqual([{ type: 'bold', offset: 14, length: 18 }]);
    expect(titles(0)).toEqual([['Adresse', 'Signaler'], ['Parler à un délégué'], ['Voir le plan']]);
    expect(sending.fake.violations()).toEqual([]);
  });

  test('is no message with what was said at another time, or asks for something first', async () => {
    const { say, deliver } = await open();
    say(['Un.', text('Deux ?', { actions: [action('Oui')] }), 'Trois.']);
    say(['Quatre.'], { at: new Date('2026-11-23T11:00:00Z') });
    await deliver();
    expect(seen().map((one) => one.text)).toEqual(['Un.\n\nDeux ?', 'Trois.', 'Quatre.']);
  });

  test('of more than a message can hold comes in parts, in order, the buttons under the last', async () => {
    const { say, deliver, chat } = await open();
    const long = Array.from({ length: 900 }, (_, index) => `phrase ${index}`).join(' ');
    say([text(`${long}.`, { actions: [action('Voir le menu')] })]);
    await deliver();
    await chat.waitFor('phrase 899');
    expect(
      seen()
        .map((one) => one.text)
        .join(' '),
    ).toBe(`${long}.`);
    expect(seen().map((one) => one.keyboard.length)).toEqual([0, 0, 1]);
    expect(sending.fake.violations()).toEqual([]);
  });

  test('keeps whatever people type as it is: nothing is read as markup', async () => {
    const { say, deliver } = await open();
    const typed = '*a* _b_ [c](https://d.fr) <b>e</b> `f` \\g ~h~ ||i|| & 👍🏽';
    say([typed]);
    await deliver();
    expect(seen()[0]?.text).toBe(typed);
    const { parameters } = sending.fake.callsOf('sendMessage')[0] ?? {};
    expect(parameters).not.toHaveProperty('parse_mode');
    expect(parameters?.link_preview_options).toEqual({ is_disabled: true });
  });

  test('by a delegate begins with who it is', async () => {
    const { say, deliver } = await open();
    say(['Je vous lis.'], { author: 'delegate', signature: { delegateId: 'd1', name: 'Jean' } });
    await deliver();
    expect(seen()[0]).toMatchObject({
      text: 'Jean, délégué\nJe vous lis.',
      entities: [{ type: 'bold', offset: 0, length: 13 }],
    });
  });

  test('with numbers to call shows them as text, and an address to write to', async () => {
    const { say, deliver } = await open({ sender: { publicUrl: 'https://permanence.example' } });
    say([
      text('En danger ?', {
        card: {
          title: "Numéros d'urgence",
          links: [
            { title: 'Appeler le 17 : police', url: 'tel:17' },
            { title: 'Appeler le 116 006 : victimes', url: 'tel:116006' },
            { title: 'Envoyer un SMS au 114', url: 'sms:114' },
            { title: 'Écrire un e-mail', url: 'mailto:police@exemple.fr?subject=x' },
            { title: 'Lire la page', url: '/confidentialite' },
          ],
        },
      }),
    ]);
    await deliver();
    const [message] = seen();
    expect(message?.text).toBe(
      "En danger ?\n\nNuméros d'urgence\nAppeler le 17 : police\nAppeler le 116 006 : victimes\nEnvoyer un SMS au 114\nÉcrire un e-mail : police@exemple.fr",
    );
    const bold = message?.entities
      .filter(({ type }) => type === 'bold')
      .map(({ offset, length }) => message.text.slice(offset, offset + length));
    expect(bold).toEqual(["Numéros d'urgence", '17', '116 006', '114']);
    expect(message?.keyboard).toEqual([[{ text: 'Lire la page', url: 'https://permanence.example/confidentialite' }]]);
  });

  test('about a place shows it on the map, and goes without where Telegram refuses', async () => {
    const { say, deliver, fake } = await open();
    const place = text('La permanence a lieu ici.', {
      card: { title: 'Maison', text: '7/9 rue Picasso', position: { latitude: 47.2261, longitude: 5.9737 }, links: [] },
    });
    say([place]);
    await deliver();
    expect(seen()[1]?.venue).toEqual({
      latitude: 47.2261,
      longitude: 5.9737,
      title: 'Maison',
      address: '7/9 rue Picasso',
    });
    fake.fail({ method: 'sendVenue', status: 400, description: 'Bad Request: wrong venue' });
    say([place], { at: new Date('2026-11-23T12:00:00Z') });
    expect(await deliver()).toBe('delivered');
    expect(sending.delivery()?.failure).toBeUndefined();
  });

  test('shows a receipt to be copied at a tap, and not its stand-in', async () => {
    const reveal = async () => ({ text: 'Votre code :\nABCD-EFGH', receipt: 'ABCD-EFGH' });
    const { say, deliver } = await open({ sender: { reveal } });
    say(['C’est envoyé.', text('(code montré)', { reveal: 'receipt:1' })]);
    await deliver();
    const [message] = seen();
    expect(message?.text).toBe('C’est envoyé.\n\nVotre code :\nABCD-EFGH');
    expect(message?.entities).toEqual([{ type: 'code', offset: 28, length: 9 }]);
  });

  test('counts as shown once it has arrived, however long Telegram is away before', async () => {
    const shown: string[] = [];
    const receipt = 'ABCD-EFGH';
    const onShown = async () => void shown.push(sending.chat.said.join());
    const { say, deliver, fake, chat } = await open({
      sender: { reveal: async () => ({ text: `Votre code :\n${receipt}`, receipt, onShown }) },
    });
    await fake.goAway();
    say([text('(code montré)', { reveal: 'receipt:1' })]);
    expect(await deliver()).toBe('due');
    expect(shown).toEqual([]);
    await fake.comeBack();
    await chat.waitFor(receipt);
    await sending.deliveryUntil(({ deliveredSeq }) => deliveredSeq === 1);
    expect(shown).toEqual([`Votre code :\n${receipt}`]);
  });

  test('with a receipt is sent a second time rather than not at all', async () => {
    const shown: string[] = [];
    const receipt = 'ABCD-EFGH';
    const { say, deliver, fake, chat } = await open({
      sender: { reveal: async () => ({ text: receipt, receipt, onShown: async () => void shown.push(receipt) }) },
    });
    fake.fail({ method: 'sendMessage', kind: 'reset-before' });
    say([text('(code montré)', { reveal: 'receipt:1' })]);
    await deliver();
    // It may be read by now.
    expect(shown).toEqual([receipt]);
    await chat.waitFor(receipt);
    await sending.deliveryUntil(({ deliveredSeq }) => deliveredSeq === 1);
    expect(sending.delivery()).not.toHaveProperty('uncertain');
    expect(chat.said).toEqual([receipt]);
  });

  test('of nobody but the bot itself: a chat with another bot is gone', async () => {
    const { say, deliver, fake } = await open({ sender: { botId: 1 } });
    say(['Bonjour']);
    expect(await deliver()).toBe('due');
    expect(sending.delivery()?.failure?.code).toBe('gone');
    expect(fake.callsOf('sendMessage')).toEqual([]);
  });
});

describe('the field of a message', () => {
  test('has the menu as its buttons, which stay', async () => {
    const { say, deliver, chat } = await open();
    say(CONTENT.answers.render('menu'));
    await deliver();
    expect(chat.replyKeyboard).toEqual({
      rows: [[action('Horaires'), action('Adresse')], [action('Signaler')], [action('Parler à un délégué')]].map(
        (row) => row.map(({ title }) => ({ text: title, requestsLocation: false })),
      ),
      isPersistent: true,
      isResized: true,
      isOneTime: false,
      placeholder: WORDS.placeholder,
    });
    expect(titles(0)).toEqual([]);
  });

  test('has a button that shares the place where it is asked for; the menu comes back after it', async () => {
    const { say, deliver, chat } = await open();
    say([text('Où est-ce ?', { asksFor: 'position', actions: [action('Je ne sais pas')] })]);
    await deliver();
    expect(chat.replyKeyboard?.rows).toEqual([
      [{ text: WORDS.position.button, requestsLocation: true }],
      [{ text: 'Je ne sais pas', requestsLocation: false }],
    ]);
    say([text('Quand ?', { actions: [action('Ce matin')] })], { at: new Date('2026-11-23T11:00:00Z') });
    await deliver();
    expect(chat.replyKeyboard?.rows[0]?.[0]?.requestsLocation).toBe(true);
    say(['C’est noté.'], { at: new Date('2026-11-23T12:00:00Z') });
    await deliver();
    expect(chat.replyKeyboard?.rows.flat().map((button) => button.text)).toEqual(WORDS.menu.map(({ title }) => title));
    expect(sending.delivery()?.notes).not.toHaveProperty('isMenuAway');
  });

  test('is not taken by the links of what was said before', async () => {
    const { say, deliver, chat } = await open({ sender: { publicUrl: 'https://permanence.example' } });
    const links = [{ title: 'Lire la page', url: '/confidentialite' }];
    say([
      text('Personne ne lit.', { card: { title: 'Confidentialité', links } }),
      text('Où ?', { asksFor: 'position' }),
    ]);
    await deliver();
    expect(seen().map((one) => [one.text, one.keyboard.length])).toEqual([
      ['Personne ne lit.\n\nConfidentialité', 1],
      ['Où ?', 0],
    ]);
    expect(chat.replyKeyboard?.rows[0]?.[0]?.requestsLocation).toBe(true);
  });

  test('a question whose buttons do not say what they mean is followed by the offer', async () => {
    const { say, deliver, chat } = await open();
    say([text('Où est-ce ?', { asksFor: 'position', actions: [{ title: 'Ici', value: 'planoise' }] })]);
    await deliver();
    expect(seen().map((one) => one.text)).toEqual(['Où est-ce ?', WORDS.position.offer]);
    expect(titles(0)).toEqual([['Ici']]);
    expect(chat.replyKeyboard?.isOneTime).toBe(true);
  });
});

describe('buttons', () => {
  test('go when the resident writes instead, and when others come; links stay', async () => {
    const { say, deliver, hear } = await open();
    const links = [{ title: 'Voir le plan', url: 'https://www.openstreetmap.org/' }];
    say([text('Un ?', { actions: [action('Oui')], card: { title: 'Plan', links } })]);
    await deliver();
    say([text('Deux ?', { actions: [action('Non')] })], { at: new Date('2026-11-23T11:00:00Z') });
    await deliver();
    expect([titles(0), titles(1)]).toEqual([[['Voir le plan']], [['Non']]]);
    hear('autre chose');
    say(['Je note.'], { replyTo: 3 });
    await deliver();
    expect(titles(1)).toEqual([]);
    expect(sending.fake.callsOf('editMessageReplyMarkup')).toHaveLength(2);
    expect(sending.delivery()?.notes).not.toHaveProperty('keyboard');
  });

  test('stay when somebody speaks of their own accord, and while an edit fails nothing else does', async () => {
    const { say, deliver, hear, fake } = await open();
    say([text('Un ?', { actions: [action('Oui')] })]);
    await deliver();
    say(['Un délégué arrive.'], { author: 'system', at: new Date('2026-11-23T11:00:00Z') });
    await deliver();
    expect(titles(0)).toEqual([['Oui']]);
    fake.fail({ method: 'editMessageReplyMarkup', status: 400, description: 'Bad Request: message is not modified' });
    hear('bonjour');
    say(['Bonjour.'], { replyTo: 3 });
    expect(await deliver()).toBe('delivered');
    expect(seen().at(-1)?.text).toBe('Bonjour.');
  });
});

describe('buttons that could not be taken away', () => {
  const down = { status: 502, times: 1 } as const;
  const ask = async () => {
    sending.say([text('Un ?', { actions: [action('Oui')] })]);
    await sending.deliver();
    sending.fake.fail({ method: 'editMessageReplyMarkup', ...down });
    sending.hear('autre chose');
  };

  test('while nothing can be sent go with the next try', async () => {
    const { say, deliver, fake } = await open();
    await ask();
    fake.fail({ method: 'sendMessage', ...down });
    say([text('Deux ?', { actions: [action('Non')] })], { replyTo: 2 });
    expect(await deliver()).toBe('due');
    expect(titles(0)).toEqual([['Oui']]);
    await sending.deliveryUntil(({ deliveredSeq }) => deliveredSeq === 3);
    expect([titles(0), titles(1)]).toEqual([[], [['Non']]]);
  });

  test('go with what is sent next, and are forgotten then', async () => {
    const { say, deliver } = await open();
    await ask();
    say([text('Deux ?', { actions: [action('Non')] })], { replyTo: 2 });
    await deliver();
    expect([titles(0), titles(1)]).toEqual([[['Oui']], [['Non']]]);
    say(['Un délégué arrive.'], { author: 'system', at: new Date('2026-11-23T11:00:00Z') });
    await deliver();
    expect([titles(0), titles(1)]).toEqual([[], [['Non']]]);
    expect(sending.delivery()?.notes).not.toHaveProperty('stale');
  });

  test('are not touched once one of them was pressed', async () => {
    const { say, deliver, fake, messages } = await open();
    await ask();
    say(['Deux.'], { replyTo: 2 });
    await deliver();
    const at = sending.clock();
    messages.push({ seq: 4, externalId: 'b1:0', author: 'resident', at, content: text('Oui') });
    say(['Trois.'], { replyTo: 4 });
    await deliver();
    expect(fake.callsOf('editMessageReplyMarkup')).toHaveLength(1);
  });
});

describe('what Telegram refuses', () => {
  test.each([
    [403, 'Forbidden: bot was blocked by the user', 'blocked'],
    [403, 'Forbidden: user is deactivated', 'blocked'],
    [403, 'Forbidden: bot is not a member', 'not-allowed'],
    [401, 'Unauthorized', 'not-allowed'],
    [400, 'Bad Request: chat not found', 'gone'],
    [400, 'Bad Request: message text is empty', 'refused'],
    [502, undefined, 'service-error'],
  ] as const)('%i %s is « %s »', async (status, description, code) => {
    const { say, deliver, fake } = await open();
    fake.fail({ method: 'sendMessage', status, times: 1, ...(description && { description }) });
    say(['Bonjour']);
    expect(await deliver()).toBe('due');
    expect(sending.delivery()).toMatchObject({ deliveredSeq: 0, failure: { code } });
  });

  test('429: the chat is left alone for as long as Telegram says, then it is sent once', async () => {
    const { say, deliver, fake, chat } = await open();
    fake.fail({ method: 'sendMessage', status: 429, retryAfter: 7 });
    say(['Bonjour']);
    expect(await deliver()).toBe('due');
    expect(sending.delivery()?.failure?.code).toBe('busy');
    await chat.waitFor('Bonjour');
    const [first, second, ...others] = fake.callsOf('sendMessage');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(7_000);
    expect(others).toEqual([]);
  });

  test.each(['hang', 'reset-after', 'garbage'] as const)(
    '%s: in doubt, never sent twice; the next ones go',
    async (kind) => {
      const { say, deliver, fake, chat } = await open({ answerMs: 300 });
      fake.fail({ method: 'sendMessage', kind });
      say(['Bonjour']);
      say(['La suite.'], { at: new Date('2026-11-23T11:00:00Z') });
      await deliver();
      await chat.waitFor('La suite.');
      expect(sending.delivery()).toMatchObject({ deliveredSeq: 2, uncertain: [1] });
      expect(chat.said).toEqual(['Bonjour', 'La suite.']);
    },
  );

  test.each([undefined, null, true, { message_id: 'x' }])(
    'an answer of %j is in doubt: never sent twice',
    async (answer) => {
      const texts: unknown[] = [];
      const call = async (_: string, { text: words }: { text?: string }) => {
        texts.push(words);
        return texts.length === 1 ? answer : { message_id: 9, date: 1_795_000_000 };
      };
      const { say, deliver } = await open({
        sender: { api: { call, download: async () => new Uint8Array() } as never },
      });
      say(['Bonjour']);
      say(['La suite.'], { at: new Date('2026-11-23T11:00:00Z') });
      await deliver();
      expect(texts).toEqual(['Bonjour', 'La suite.']);
      expect(sending.delivery()).toMatchObject({ deliveredSeq: 2, uncertain: [1] });
    },
  );

  test('a server that is away: nothing is in doubt, and it is sent once it is back', async () => {
    const { say, deliver, fake, chat } = await open();
    await fake.goAway();
    say(['Bonjour']);
    expect(await deliver()).toBe('due');
    expect(sending.delivery()?.failure?.code).toBe('unreachable');
    await fake.comeBack();
    await chat.waitFor('Bonjour');
    expect(chat.said).toEqual(['Bonjour']);
  });
});

describe('an answer in parts', () => {
  const long = `${'un deux trois quatre '.repeat(300)}fin`;
  const isOver = () => sending.deliveryUntil(({ deliveredSeq }) => deliveredSeq === 1);
  const said = () => sending.chat.said.join(' ');

  test.each([
    ['429', { status: 429, retryAfter: 3 }],
    ['5xx', { status: 502 }],
  ])('interrupted by a %s goes on where it stopped', async (_, fault) => {
    const { say, deliver, fake } = await open();
    fake.fail({ method: 'sendMessage', after: 1, ...fault });
    say([long]);
    expect(await deliver()).toBe('due');
    expect(sending.delivery()?.notes).toMatchObject({ part: { seq: 1, done: 1 } });
    await isOver();
    expect(said()).toBe(long);
    expect(sending.delivery()?.notes).not.toHaveProperty('part');
  });

  test('interrupted by the end of the process goes on after the next start', async () => {
    const { say, deliver, fake, restart } = await open();
    fake.fail({ method: 'sendMessage', after: 1, status: 502 });
    say([long]);
    await deliver();
    await restart();
    await sending.deliver();
    expect(said()).toBe(long);
  });

  test('leaves no doubt while a part waits for its turn', async () => {
    const { say, deliver } = await open({ isHurried: false });
    say([long]);
    const delivered = deliver();
    const waiting = await sending.deliveryUntil(({ notes }) => JSON.stringify(notes ?? {}).includes('"done":1'));
    expect(waiting.failure).toMatchObject({ code: 'queued' });
    expect(await delivered).toBe('delivered');
    expect(said()).toBe(long);
  });

  test('with a part in doubt sends the rest, once, and tells the doubt', async () => {
    const { say, deliver, fake } = await open();
    fake.fail({ method: 'sendMessage', kind: 'reset-after' });
    fake.fail({ method: 'sendMessage', after: 1, status: 502 });
    say([long]);
    await deliver();
    await isOver();
    expect(said()).toBe(long);
    expect(sending.delivery()).toMatchObject({ uncertain: [1] });
  });
});

describe('an erasure', () => {
  test('deletes what both sides wrote, in hundreds, and then says so', async () => {
    const { say, deliver, hear, fake, chat, messages, conversation, recent } = await open();
    for (let count = 0; count < 120; count += 1)
      say([`Message ${count}`], { at: new Date(sending.clock().getTime() + count) });
    const first = hear('effacez tout');
    say(['Êtes-vous sûr ?'], { replyTo: 121 });
    await deliver();
    // To nobody's answer: the channel tells of it.
    const silent = chat.write('allô ?');
    recent.note(conversation.id, [silent, sending.clock().getTime()]);
    const last = chat.write('oui');
    messages.splice(0);
    const at = sending.clock();
    messages.push(
      { seq: 123, externalId: `m${last}`, author: 'system', at, content: ERASED },
      { seq: 124, externalId: 'out:124', author: 'bot', replyTo: 123, at, content: text('C’est effacé.') },
    );
    await deliver();
    await chat.waitFor('C’est effacé.');
    expect(chat.visible.filter(({ text: words }) => words !== '/start').map((one) => one.text)).toEqual([
      'C’est effacé.',
    ]);
    expect(chat.messages.find(({ id }) => id === first)?.isDeleted).toBe(true);
    expect(
      fake.callsOf('deleteMessages').map(({ parameters }) => (parameters.message_ids as readonly []).length),
    ).toEqual([100, 24]);
    expect(fake.violations()).toEqual([]);
    // The menu went with the messages: it comes back.
    expect(chat.replyKeyboard?.isPersistent).toBe(true);
  });

  test('leaves what Telegram will not delete, and what was written after it', async () => {
    const { say, deliver, fake, chat, messages, conversation, recent } = await open();
    say(['Un.']);
    await deliver();
    const at = sending.clock().getTime();
    const later = chat.write('encore moi');
    recent.note(conversation.id, [later, at + 5_000]);
    const description = "Bad Request: message can't be deleted";
    fake.fail({ method: 'deleteMessages', status: 400, description });
    fake.fail({ method: 'deleteMessage', status: 400, description });
    messages.push({
      seq: 2,
      externalId: 'b1:0',
      author: 'system',
      at: new Date(at),
      content: { ...ERASED, writtenAt: at } as Content,
    });
    say(['C’est effacé.'], { replyTo: 2 });
    expect(await deliver()).toBe('delivered');
    expect(fake.callsOf('deleteMessages')[0]?.parameters.message_ids).not.toContain(later);
    expect(seen().map((one) => one.text)).toEqual(['Un.', 'C’est effacé.']);
    expect(recent.of(conversation.id)).toEqual([]);
    expect(JSON.stringify(sending.delivery()?.notes)).toContain(`[${later},`);
  });

  test('that is too much at once is tried again before anything is said', async () => {
    const { say, deliver, fake, chat, messages } = await open();
    say(['Un.']);
    await deliver();
    fake.fail({ method: 'deleteMessages', status: 429, retryAfter: 2 });
    const at = sending.clock();
    messages.push({ seq: 2, externalId: 'b1:0', author: 'system', at, content: ERASED });
    say(['C’est effacé.'], { replyTo: 2 });
    await deliver();
    await chat.waitFor('C’est effacé.');
    expect(chat.said).toEqual(['C’est effacé.']);
  });

  async function eraseAfter(...rules: readonly Parameters<Sending['fake']['fail']>[0][]): Promise<void> {
    const { say, fake, deliver, messages } = sending;
    say(['Un.']);
    say(['Deux.'], { at: new Date('2026-11-23T11:00:00Z') });
    await deliver();
    for (const rule of rules) fake.fail(rule);
    messages.push({ seq: 3, externalId: 'b1:0', author: 'system', at: sending.clock(), content: ERASED });
    say(['C’est effacé.'], { replyTo: 3 });
    await deliver();
    await sending.deliveryUntil(({ deliveredSeq }) => deliveredSeq === 4);
  }

  test.each([
    ['502, twice', { status: 502, times: 2 }],
    ['no answer', { kind: 'hang-before' as const }],
    ['a lost answer', { kind: 'reset-after' as const }],
  ])('%s: done again, and no doubt is told', async (_, fault) => {
    await open({ answerMs: 300 });
    await eraseAfter({ method: 'deleteMessages', ...fault });
    expect(sending.chat.said).toEqual(['C’est effacé.']);
    expect(sending.delivery()).not.toHaveProperty('uncertain');
    expect(sending.delivery()).not.toHaveProperty('failure');
  });

  test('that never works is given up after a while', async () => {
    await open();
    await eraseAfter({ method: 'deleteMessages', status: 502, times: Number.POSITIVE_INFINITY });
    expect(sending.fake.callsOf('deleteMessages')).toHaveLength(4);
    expect(sending.chat.said).toEqual(['Un.', 'Deux.', 'C’est effacé.']);
    expect(sending.lines.join()).toContain('An erasure on Telegram was given up');
  });

  test('refused as a whole is done one by one, from where it stopped', async () => {
    await open();
    await eraseAfter(
      { method: 'deleteMessages', status: 400, description: "Bad Request: message can't be deleted" },
      { method: 'deleteMessage', status: 400, description: 'Bad Request: message to delete not found' },
      { method: 'deleteMessage', status: 429, retryAfter: 2 },
    );
    expect(sending.chat.said).toEqual(['Un.', 'C’est effacé.']);
    expect(sending.fake.callsOf('deleteMessages')).toHaveLength(2);
  });
});
