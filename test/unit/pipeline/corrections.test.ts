import { describe, expect, test } from '@jest/globals';
import type { TextContent } from '../../../src/domain/message.js';
import type { Inbound } from '../../../src/pipeline/turn.js';
import { buildConversation } from '../../support/build-conversation.js';
import {
  IN_REPORT,
  openTurnStage,
  STAGE_NOW,
  type StageOptions,
  type StageScript,
  type TurnStage,
} from '../../support/turn-stage.js';

const HELD = { holder: 'jean', heldSince: 1 };
const WRITTEN = new Date(STAGE_NOW.getTime() - 60_000);

/** A message, and its correction at `second`, as the channel gives them their ids. */
const message = (id: number, text: string): Inbound => ({ externalId: `m${id}`, text, writtenAt: WRITTEN });
const correction = (id: number, text: string, second = 1): Inbound => ({
  externalId: `e${id}:${second}:${second}`,
  edits: `m${id}`,
  text,
  writtenAt: WRITTEN,
  editedAt: new Date(WRITTEN.getTime() + second * 1000),
});

const corrects = ({ heard }: TurnStage) => heard.map(({ text, effects }) => [text, effects.corrects]);

describe('a correction', () => {
  test('is stored beside its message, with all of the new text, and told to the dialogs', async () => {
    const stage = await openTurnStage();
    await stage.handle(message(7, 'horraires'));
    expect(await stage.handle(correction(7, 'horaires'))).toMatchObject({ kind: 'committed', seq: 3 });
    expect(await stage.lines()).toEqual([
      'resident horraires',
      'bot réponse à horraires',
      'resident horaires (corrige 1)',
      'bot réponse à horaires',
    ]);
    expect(corrects(stage)).toEqual([
      ['horraires', undefined],
      ['horaires', { externalId: 'm7', isLast: true }],
    ]);
  });

  test('that comes twice is a duplicate', async () => {
    const stage = await openTurnStage();
    await stage.handle(message(7, 'un'));
    await stage.handle(correction(7, 'deux'));
    expect(await stage.handle(correction(7, 'deux'))).toEqual({ kind: 'duplicate', seq: 3, replies: [] });
    expect(await stage.messages()).toHaveLength(4);
  });

  test('of a correction names the message as it was first written', async () => {
    const stage = await openTurnStage();
    await stage.handle(message(7, 'un'));
    await stage.handle(correction(7, 'deux', 1));
    await stage.handle(correction(7, 'trois', 2));
    expect(await stage.lines(4)).toEqual(['resident trois (corrige 1)', 'bot réponse à trois']);
    expect(corrects(stage).at(-1)).toEqual(['trois', { externalId: 'm7', isLast: true }]);
  });

  test.each([
    ['the resident has said something since', [message(8, 'autre chose')]],
    ['… and has corrected that', [message(8, 'autre chose'), correction(8, 'autre')]],
  ])('is not of the last message when %s', async (_, between) => {
    const stage = await openTurnStage();
    await stage.handle(message(7, 'un'));
    for (const each of between) await stage.handle(each);
    await stage.handle(correction(7, 'deux', 9));
    expect(corrects(stage).at(-1)).toEqual(['deux', { externalId: 'm7', isLast: false }]);
  });

  test('of an earlier message does not make the last one an earlier one', async () => {
    const stage = await openTurnStage();
    await stage.handle(message(7, 'un'));
    await stage.handle(message(8, 'deux'));
    await stage.handle(correction(7, 'un, corrigé'));
    await stage.handle(correction(8, 'deux, corrigé'));
    expect(corrects(stage).slice(2)).toEqual([
      ['un, corrigé', { externalId: 'm7', isLast: false }],
      ['deux, corrigé', { externalId: 'm8', isLast: true }],
    ]);
  });

  test.each<[string, boolean, Parameters<TurnStage['meanwhile']>[0]]>([
    [
      'a delegate has answered it',
      false,
      { messages: [{ author: 'delegate', content: { kind: 'text', text: 'oui' } }] },
    ],
    [
      'a delegate has given the conversation back',
      false,
      { messages: [{ author: 'system', content: { kind: 'handoff', event: 'status', state: 'completed' } }] },
    ],
    [
      'nobody came',
      true,
      { messages: [{ author: 'system', content: { kind: 'handoff', event: 'status', state: 'failed' } }] },
    ],
    [
      'an answer to a report is told',
      true,
      { messages: [{ author: 'bot', content: { kind: 'text', text: 'réponse' } }] },
    ],
  ])('comes after %s: it is of the last message, %s', async (_, isLast, change) => {
    const stage = await openTurnStage();
    await stage.handle(message(7, 'un'));
    await stage.meanwhile(change);
    await stage.handle(correction(7, 'deux'));
    expect(corrects(stage).at(-1)).toEqual(['deux', { externalId: 'm7', isLast }]);
  });

  test('is of the last message when what it corrects is what asked for, or left, a delegate', async () => {
    const stage = await openTurnStage({
      script: ({ handoff }, text) => (text === 'laisser' ? handoff.leave() : handoff.request()),
    });
    await stage.handle(message(7, 'humain'));
    await stage.handle(correction(7, 'laisser', 1));
    await stage.handle(correction(7, 'humain', 2));
    expect(await stage.lines()).toEqual([
      'resident humain',
      'initiate',
      'bot réponse à humain',
      'resident laisser (corrige 1)',
      'completed',
      'bot réponse à laisser',
      'resident humain (corrige 1)',
      'initiate',
      'bot réponse à humain',
    ]);
    expect(stage.heard.slice(1).every(({ effects }) => effects.corrects?.isLast)).toBe(true);
  });

  test('is found over more than a page of messages', async () => {
    const stage = await openTurnStage();
    await stage.handle(message(1, 'premier'));
    const said = { author: 'bot', content: { kind: 'text', text: 'x' } } as const;
    await stage.meanwhile({ messages: Array.from({ length: 450 }, () => said) });
    await stage.handle(correction(1, 'corrigé', 5));
    expect(await stage.handle(correction(1, 'plus ancien', 4))).toEqual({ kind: 'dropped', seq: 0, replies: [] });
    expect(corrects(stage).at(-1)).toEqual(['corrigé', { externalId: 'm1', isLast: true }]);
  });

  test('keeps the code of a report out of the transcript', async () => {
    const stage = await openTurnStage();
    await stage.handle(message(7, 'mon code'));
    await stage.handle(correction(7, 'mon code ABCDE-01234-FGHJK-MNPQR-S'));
    expect((await stage.lines(2))[0]).toBe('resident mon code [code] (corrige 1)');
  });

  test('is no new question in the figures', async () => {
    const stage = await openTurnStage({ script: ({ handoff }) => handoff.request() });
    await stage.handle(message(7, 'un'));
    stage.counted.splice(0);
    await stage.handle(correction(7, 'deux'));
    expect(stage.counted).toEqual([]);
  });

  test('at the same time in two processes is stored once, and answered once', async () => {
    const one = await openTurnStage();
    await one.handle(message(7, 'un'));
    const two = await openTurnStageOver(one);
    const outcomes = await Promise.all([one, two, one, two].map(({ handle }) => handle(correction(7, 'deux'))));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['committed', 'duplicate', 'duplicate', 'duplicate']);
    expect(await one.lines(2)).toEqual(['resident deux (corrige 1)', 'bot réponse à deux']);
  });
});

/** Another process over the same store. */
async function openTurnStageOver({ store }: TurnStage): Promise<TurnStage> {
  return openTurnStage({ store: { ...store, create: async () => undefined } });
}

describe('a correction that comes out of order', () => {
  test('before its message is that message; the message itself is then a duplicate', async () => {
    const stage = await openTurnStage();
    expect(await stage.handle(correction(7, 'corrigé'))).toMatchObject({ kind: 'committed', seq: 1 });
    expect(await stage.handle(message(7, 'fautif'))).toEqual({ kind: 'duplicate', seq: 1, replies: [] });
    expect(await stage.handle(correction(7, 'corrigé'))).toMatchObject({ kind: 'dropped' });
    expect(await stage.lines()).toEqual(['resident corrigé', 'bot réponse à corrigé']);
    expect(corrects(stage)).toEqual([['corrigé', undefined]]);
    expect(stage.counted).toEqual(['channel:telegram', 'unsure']);
  });

  test('… and a newer one corrects it', async () => {
    const stage = await openTurnStage();
    await stage.handle(correction(7, 'deux', 2));
    await stage.handle(correction(7, 'un', 1));
    await stage.handle(correction(7, 'trois', 3));
    expect(await stage.lines(2)).toEqual(['resident trois (corrige 1)', 'bot réponse à trois']);
  });

  test('after a newer one changes nothing', async () => {
    const stage = await openTurnStage();
    await stage.handle(message(7, 'un'));
    await stage.handle(correction(7, 'trois', 3));
    expect(await stage.handle(correction(7, 'deux', 2))).toEqual({ kind: 'dropped', seq: 0, replies: [] });
    expect(await stage.lines(2)).toEqual(['resident trois (corrige 1)', 'bot réponse à trois']);
  });

  test.each([
    ['without words, as a place that moves', { text: '', position: { latitude: 47.2, longitude: 5.9 } }],
    ['without words', { text: '' }],
    ['that says the same', { text: 'un' }],
  ])('%s changes nothing', async (_, change) => {
    const stage = await openTurnStage();
    await stage.handle(message(7, 'un'));
    const before = await stage.conversation();
    expect(await stage.handle({ ...correction(7, ''), ...change })).toMatchObject({ kind: 'dropped' });
    expect(await stage.conversation()).toEqual(before);
    expect(stage.heard).toHaveLength(1);
  });

  test('a place that moves and of which nothing is known is not stored', async () => {
    const stage = await openTurnStage();
    const moved = { ...correction(7, ''), position: { latitude: 47.2, longitude: 5.9 } };
    expect(await stage.handle(moved)).toMatchObject({ kind: 'dropped' });
    expect(await stage.messages()).toEqual([]);
  });

  test('« the same » is what was said last, not first', async () => {
    const stage = await openTurnStage();
    await stage.handle(message(7, 'un'));
    await stage.handle(correction(7, 'deux', 1));
    expect(await stage.handle(correction(7, 'deux', 2))).toMatchObject({ kind: 'dropped' });
    expect(await stage.handle(correction(7, 'un', 3))).toMatchObject({ kind: 'committed' });
  });
});

describe('a correction of what was written before the conversation', () => {
  const writtenAt = new Date(buildConversation().createdAt.getTime() - 60_001);

  test('is of one that is gone, where it may have been told in confidence: nothing of it is stored', async () => {
    const stage = await openTurnStage();
    expect(await stage.handle({ ...correction(7, 'rue de Picardie'), writtenAt })).toMatchObject({ kind: 'dropped' });
    expect(await stage.messages()).toEqual([]);
  });

  test('… within a minute, which clocks may differ by, it is taken for the message; and so is the message itself', async () => {
    const stage = await openTurnStage();
    const soon = new Date(writtenAt.getTime() + 1);
    expect(await stage.handle({ ...correction(7, 'bonjour'), writtenAt: soon })).toMatchObject({ kind: 'committed' });
    expect(await stage.handle({ ...message(8, 'bonjour'), writtenAt })).toMatchObject({ kind: 'committed' });
  });
});

describe('a correction of what is concealed', () => {
  const standIn = { kind: 'text', text: '(scellé, corrigé)', isConcealed: true, edits: 1 };

  test('is concealed as well, after the report too, and says that it is a correction', async () => {
    const stage = await openTurnStage({ dialogState: IN_REPORT });
    await stage.handle(message(7, 'rue de Picardie'));
    await stage.meanwhile({ dialogState: {} });
    await stage.handle(correction(7, 'rue de Franche-Comté'));
    const [stored] = await stage.messages(2);
    expect(stored?.content).toMatchObject(standIn);
    const own = (await stage.messages()).filter(({ author }) => author === 'resident');
    expect(JSON.stringify(own)).not.toContain('Comté');
    expect(stage.heard.at(-1)).toMatchObject({ text: 'rue de Franche-Comté', effects: { corrects: { isLast: true } } });
  });

  test('… and so is the correction of that correction', async () => {
    const stage = await openTurnStage({ dialogState: IN_REPORT });
    await stage.handle(message(7, 'un'));
    await stage.handle(correction(7, 'deux', 1));
    await stage.meanwhile({ dialogState: {} });
    await stage.handle(correction(7, 'trois', 2));
    expect((await stage.lines()).filter((line) => line.startsWith('resident'))).toEqual([
      'resident (scellé)',
      'resident (scellé, corrigé) (corrige 1)',
      'resident (scellé, corrigé) (corrige 1)',
    ]);
  });

  test('is concealed where a report is under way, whatever it corrects', async () => {
    const stage = await openTurnStage();
    await stage.handle(message(7, 'bonjour'));
    await stage.meanwhile({ dialogState: IN_REPORT });
    await stage.handle(correction(7, 'rue de Picardie'));
    expect((await stage.messages(2))[0]?.content).toMatchObject(standIn);
  });

  test('is not shown to a delegate, and the resident is told that nobody took it', async () => {
    const stage = await openTurnStage({ dialogState: IN_REPORT });
    await stage.handle(message(7, 'rue de Picardie'));
    await stage.meanwhile({ status: 'assigned', desk: HELD, dialogState: {} });
    await stage.handle(correction(7, 'rue de Franche-Comté'));
    expect(await stage.lines(2)).toEqual(['resident (scellé, corrigé) (corrige 1)', 'system correction non montrée']);
    expect(stage.heard).toHaveLength(1);
  });

  test('leaves what was asked in confidence to be answered', async () => {
    const asked: TextContent = { kind: 'text', text: 'Où ?', asksInConfidence: true };
    const stage = await openTurnStage();
    await stage.handle(message(7, 'bonjour'));
    await stage.meanwhile({ messages: [{ author: 'bot', content: asked }], status: 'assigned', desk: HELD });
    await stage.handle(correction(7, 'bonsoir'));
    await stage.handle(message(8, 'rue de Picardie'));
    await stage.handle(message(9, 'merci'));
    expect(await stage.lines(3)).toEqual([
      'resident (scellé, corrigé) (corrige 1)',
      'system correction non montrée',
      'resident (scellé)',
      'system réponse non montrée',
      'resident merci',
    ]);
  });
});

describe('a correction at the desk', () => {
  async function atDesk(): Promise<TurnStage> {
    const stage = await openTurnStage({ status: 'assigned', desk: HELD });
    await stage.handle(message(7, 'ils sont trois'));
    return stage;
  }

  test('is shown to the delegate, and the assistant is silent', async () => {
    const stage = await atDesk();
    await stage.handle(correction(7, 'ils sont quatre'));
    expect(await stage.lines()).toEqual(['resident ils sont trois', 'resident ils sont quatre (corrige 1)']);
    expect(stage.heard).toEqual([]);
  });

  test('that a delegate overtakes is stored once, and not answered', async () => {
    const stage = await openTurnStage({
      script: async (_, text) => {
        if (text === 'deux') await stage.meanwhile({ status: 'assigned', desk: HELD });
      },
    });
    await stage.handle(message(7, 'un'));
    await stage.handle(correction(7, 'deux'));
    expect(await stage.lines(2)).toEqual(['resident deux (corrige 1)']);
  });

  test('that adds a danger shows the numbers, and alarms', async () => {
    const stage = await atDesk();
    await stage.handle(correction(7, 'au secours'));
    expect(await stage.lines(1)).toEqual(['resident au secours (corrige 1)', 'bot appelez le 17']);
    expect((await stage.conversation()).desk.emergencyAt).toBe(STAGE_NOW.getTime());
  });

  test('of a danger that was told already shows the numbers, and does not alarm anew', async () => {
    const stage = await atDesk();
    await stage.handle(message(8, 'au secours'));
    await stage.meanwhile({ isSeen: true });
    stage.counted.splice(0);
    await stage.handle(correction(8, 'au secours vite'));
    expect((await stage.lines()).at(-1)).toBe('bot appelez le 17');
    expect((await stage.conversation()).desk.emergencyAt).toBeUndefined();
    expect(stage.counted).toEqual([]);
  });

  test.each<[string, Partial<StageOptions>]>([
    ['under a question of a report', { dialogState: IN_REPORT }],
    ['that a dialog conceals', { script: ({ conceal }) => conceal() }],
  ])('of a danger that was concealed, %s, does not alarm anew either', async (_, options) => {
    const stage = await openTurnStage(options);
    await stage.handle(message(8, 'il frappe'));
    await stage.handle(correction(8, 'il frappe, au secours', 1));
    expect((await stage.conversation()).desk.emergencyAt).toBe(STAGE_NOW.getTime());
    await stage.meanwhile({ isSeen: true });
    stage.counted.splice(0);
    await stage.handle(correction(8, 'il la frappe, au secours', 2));
    expect((await stage.lines()).at(-2)).toBe('bot appelez le 17');
    expect((await stage.conversation()).desk.emergencyAt).toBeUndefined();
    expect(stage.counted).toEqual([]);
  });

  test('« menu » gives the assistant back when it corrects the last message, and no other', async () => {
    const stage = await atDesk();
    await stage.handle(message(8, 'meun'));
    await stage.handle(correction(7, 'menu'));
    expect((await stage.conversation()).status).toBe('assigned');
    await stage.handle(correction(8, 'menu'));
    expect((await stage.conversation()).status).toBe('bot');
    expect(stage.heard).toHaveLength(1);
  });

  test('of a conversation that is closed opens it no more, and numbers are shown all the same', async () => {
    const stage = await atDesk();
    await stage.meanwhile({ status: 'closed' });
    await stage.handle(correction(7, 'ils sont quatre, au secours'));
    expect(await stage.lines(1)).toEqual(['resident ils sont quatre, au secours (corrige 1)', 'bot appelez le 17']);
    expect((await stage.conversation()).status).toBe('closed');
  });
});

test('a correction that adds a danger, with the assistant, shows the numbers first', async () => {
  const stage = await openTurnStage();
  await stage.handle(message(7, 'il crie'));
  await stage.handle(correction(7, 'il crie, au secours'));
  expect(await stage.lines(3)).toEqual(['bot appelez le 17', 'bot réponse à il crie, au secours']);
});

describe('after an erasure', () => {
  const erase: StageScript = (effects, text) => {
    if (text === 'oui') effects.eraseHistory();
  };
  const at = (seconds: number) => new Date(STAGE_NOW.getTime() + seconds * 1000);
  const DROPPED = { kind: 'dropped', seq: 0, replies: [] };

  async function erased(writtenAt?: Date): Promise<TurnStage> {
    const stage = await openTurnStage({ script: erase });
    await stage.handle({ ...message(7, 'un secret'), writtenAt: at(-30) });
    await stage.handle({ externalId: 'm8', text: 'oui', ...(writtenAt && { writtenAt }) });
    stage.heard.splice(0);
    return stage;
  }

  test('the mark says when the channel was asked', async () => {
    const stage = await erased(at(-20));
    expect((await stage.messages())[0]).toMatchObject({
      author: 'system',
      externalId: 'm8',
      content: { kind: 'erased', writtenAt: at(-20).getTime() },
    });
  });

  test.each<[string, Inbound]>([
    ['the correction of what was erased', { ...correction(7, 'un secret, corrigé'), writtenAt: at(-30) }],
    ['the correction of what asked for it', { ...correction(8, 'oui, un secret'), writtenAt: at(-20) }],
    ['what was erased, once more', { ...message(7, 'un secret'), writtenAt: at(-30) }],
    ['what was written before and comes late', { ...message(6, 'un secret'), writtenAt: at(-21) }],
  ])('%s is not stored, not answered, and confirmed', async (_, inbound) => {
    const stage = await erased(at(-20));
    const before = await stage.conversation();
    expect(await stage.handle(inbound)).toEqual(DROPPED);
    expect(await stage.conversation()).toEqual(before);
    expect(JSON.stringify(await stage.messages())).not.toContain('secret');
    expect(stage.heard).toEqual([]);
  });

  test.each([
    ['in the same second', at(-20)],
    ['later', at(-19)],
  ])('what is written %s is answered', async (_, writtenAt) => {
    const stage = await erased(at(-20));
    expect(await stage.handle({ ...message(9, 'bonjour'), writtenAt })).toMatchObject({ kind: 'committed' });
  });

  test('seconds are whole, however the erasure was timed', async () => {
    const stage = await erased(new Date(at(-20).getTime() + 900));
    expect(await stage.handle({ ...message(9, 'bonjour'), writtenAt: at(-20) })).toMatchObject({ kind: 'committed' });
  });

  test('without the time of the channel, what was written more than a minute before is dropped', async () => {
    const stage = await erased();
    expect(await stage.handle({ ...message(5, 'un secret'), writtenAt: at(-61) })).toEqual(DROPPED);
    expect(await stage.handle({ ...message(6, 'bonjour'), writtenAt: at(-60) })).toMatchObject({ kind: 'committed' });
  });

  test.each<[string, number]>([
    ['an hour fast', -3600],
    ['right', 0],
    ['an hour slow', 3600],
  ])('by a button, while our clock is %s: the numbers of the chat tell what is older', async (_, seconds) => {
    const stage = await openTurnStage({ script: erase });
    const written = (id: number) => ({ ...message(id, 'un secret'), order: id, writtenAt: at(seconds) });
    await stage.handle(written(7));
    await stage.handle({ externalId: 'b2:0', text: 'oui', order: 9 });
    expect((await stage.messages())[0]?.content).toMatchObject({ kind: 'erased', order: 9 });
    const corrected = { ...written(7), externalId: 'e7:1:1', edits: 'm7' };
    for (const older of [written(7), written(9), corrected]) expect(await stage.handle(older)).toEqual(DROPPED);
    expect(await stage.handle(written(10))).toMatchObject({ kind: 'committed' });
  });

  test('a channel that knows no times stores what comes', async () => {
    const stage = await erased(at(-20));
    expect(await stage.handle({ externalId: 'x', text: 'bonjour' })).toMatchObject({ kind: 'committed' });
  });

  test('the erasing message that comes again is a duplicate', async () => {
    const stage = await erased(at(-20));
    expect(await stage.handle({ externalId: 'm8', text: 'oui', writtenAt: at(-20) })).toMatchObject({
      kind: 'duplicate',
    });
  });

  test('a correction that meets the erasure on its way is dropped', async () => {
    const stage = await openTurnStage({ script: erase });
    await stage.handle({ ...message(7, 'un secret'), writtenAt: at(-30) });
    const other = await openTurnStage({
      store: { ...stage.store, create: async () => undefined },
      script: async () => {
        await stage.handle({ externalId: 'm8', text: 'oui', writtenAt: at(-20) });
      },
    });
    expect(await other.handle({ ...correction(7, 'un secret, corrigé'), writtenAt: at(-30) })).toEqual(DROPPED);
    expect(JSON.stringify(await stage.messages())).not.toContain('secret');
  });
});
