import { describe, expect, test } from '@jest/globals';
import type { Attachment } from '../../../src/domain/message.js';
import type { DialogRunner } from '../../../src/pipeline/run-dialogs.js';
import { ENCLOSED_KINDS, type Inbound } from '../../../src/pipeline/turn.js';
import { ENCLOSED, runner } from '../../support/report-fakes.js';
import { IN_REPORT, openTurnStage, STAGE_NOW, type TurnStage } from '../../support/turn-stage.js';

const HELD = { holder: 'jean', heldSince: 1 };
const WAITING = { waitingSince: 1, requestedAt: 1 };
const ATTACHMENT: Attachment = { id: 'f1', kind: 'image', bytes: 1200 };
const HERE = { latitude: 47.223412345, longitude: 5.971 };
const KEPT = { kind: 'kept', attachment: ATTACHMENT } as const;
const refused = (reason: 'kind' | 'size' | 'damaged' | 'too-many' | 'unavailable') =>
  ({ kind: 'refused', reason }) as const;

const photo = (text = '', outcome?: NonNullable<Inbound['enclosed']>['outcome']): Inbound => ({
  externalId: 'm7',
  text,
  enclosed: { kind: 'photo', ...(outcome && { outcome }) },
});
const sent = (mark: string, outcome?: typeof KEPT): NonNullable<Inbound['enclosed']> => ({
  kind: 'photo',
  mark,
  ...(outcome && { outcome }),
});
const place: Inbound = { externalId: 'm7', text: '', position: HERE };

describe('with the assistant', () => {
  test.each(ENCLOSED_KINDS)('« %s » without words: what can be done, then a question that was open', async (kind) => {
    const stage = await openTurnStage();
    await stage.handle({ externalId: 'm7', text: '', enclosed: { kind } });
    expect(await stage.lines()).toEqual([`resident [${kind} perdu]`, `bot ${kind} au robot`, 'bot réponse à ']);
    expect(stage.heard).toMatchObject([{ text: '', effects: { isEnclosed: true } }]);
    expect(stage.counted).toEqual(['channel:telegram']);
  });

  test('the buttons are those of what comes last', async () => {
    const actions = [{ title: 'Menu', value: 'Menu' }];
    const enclosed = { ...ENCLOSED, withBot: () => [{ kind: 'text', text: 'non', actions } as const] };
    const actionsOf = async (dialogs: DialogRunner) => {
      const stage = await openTurnStage({ overrides: { enclosed, dialogs } });
      const { replies } = await stage.handle(photo());
      return replies.map(({ content }) => content.kind === 'text' && content.actions);
    };
    expect(await actionsOf(runner(async () => undefined))).toEqual([actions]);
    expect(await actionsOf(runner(async (context) => void (await context.sendActivity('Où ?'))))).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('words under it are answered as any text, after what can be done', async () => {
    const stage = await openTurnStage();
    await stage.handle(photo('où est-ce ?'));
    expect(await stage.lines()).toEqual([
      'resident [photo perdu]\noù est-ce ?',
      'bot photo au robot, avec texte',
      'bot réponse à où est-ce ?',
    ]);
    expect(stage.heard[0]?.effects.isEnclosed).toBe(true);
  });

  test('a danger under it shows the numbers first', async () => {
    const stage = await openTurnStage();
    await stage.handle(photo('au secours'));
    expect((await stage.lines(1))[0]).toBe('bot appelez le 17');
  });

  test('the code of a report under it is not stored', async () => {
    const stage = await openTurnStage();
    await stage.handle(photo('ABCDE-01234-FGHJK-MNPQR-S'));
    expect((await stage.lines())[0]).toBe('resident [photo perdu]\n[code]');
  });

  test('opens a closed conversation', async () => {
    const stage = await openTurnStage({ status: 'closed' });
    await stage.handle(photo());
    expect((await stage.conversation()).status).toBe('bot');
    expect((await stage.lines(1))[0]).toBe('bot photo au robot');
  });

  test('one that was made ready for a delegate who has left is kept, and said to be', async () => {
    const stage = await openTurnStage();
    await stage.handle(photo('', KEPT));
    expect((await stage.lines()).slice(0, 2)).toEqual(['resident [photo]', 'bot gardé pour plus tard']);
    expect((await stage.messages())[0]?.content).toMatchObject({ attachment: ATTACHMENT });
  });

  test('corrected words are answered by themselves: what they are under is known', async () => {
    const stage = await openTurnStage();
    await stage.handle(photo('horraires'));
    await stage.handle({ ...photo('horaires'), externalId: 'e7:1:1', edits: 'm7' });
    expect(await stage.lines(3)).toEqual(['resident horaires (corrige 1)', 'bot réponse à horaires']);
  });

  test('the same comes twice: it is told once', async () => {
    const stage = await openTurnStage();
    await stage.handle(photo());
    expect(await stage.handle(photo())).toMatchObject({ kind: 'duplicate' });
    expect(stage.heard).toHaveLength(1);
  });
});

describe('inside a report', () => {
  test('it is concealed, and dialogs hear nothing but that it came', async () => {
    const stage = await openTurnStage({ dialogState: IN_REPORT });
    await stage.handle(photo('', KEPT));
    expect((await stage.messages())[0]?.content).toEqual({ kind: 'text', text: '(scellé)', isConcealed: true });
    expect(stage.heard).toMatchObject([{ text: '', effects: { isEnclosed: true } }]);
    expect((await stage.lines(1))[0]).toBe('bot pas dans un signalement');
  });

  test('words under it go to the report', async () => {
    const stage = await openTurnStage({ dialogState: IN_REPORT });
    await stage.handle(photo('rue de Picardie'));
    expect((await stage.lines()).slice(0, 2)).toEqual(['resident (scellé)', 'bot pas dans un signalement, avec texte']);
    expect(stage.heard).toMatchObject([{ text: 'rue de Picardie' }]);
  });

  test('a place that is shared is concealed, and dialogs are handed it', async () => {
    const stage = await openTurnStage({ dialogState: IN_REPORT });
    await stage.handle(place);
    expect(stage.heard).toMatchObject([{ text: '', effects: { position: HERE } }]);
    expect((await stage.lines()).at(0)).toBe('resident (scellé)');
    expect(JSON.stringify([await stage.messages(), await stage.conversation()])).not.toMatch(/47|5\.97/);
    expect(await stage.messages()).toHaveLength(2);
  });

  test.each(['assigned', 'bot'] as const)(
    'a place or a file that a delegate overtakes is not shown: %s',
    async (status) => {
      for (const inbound of [place, photo('', KEPT)]) {
        const stage = await openTurnStage({
          dialogState: IN_REPORT,
          script: async () => {
            if ((await stage.conversation()).rev === 0) await stage.meanwhile({ status, desk: HELD, dialogState: {} });
          },
        });
        await stage.handle(inbound);
        expect((await stage.messages())[0]?.content).toEqual({ kind: 'text', text: '(scellé)', isConcealed: true });
      }
    },
  );
});

describe('while they wait', () => {
  test('it is said that a delegate can have it later; words under it are answered', async () => {
    const stage = await openTurnStage({ status: 'waiting', desk: WAITING });
    await stage.handle(photo());
    await stage.handle({ ...photo('regardez'), externalId: 'm8' });
    expect(await stage.lines(1)).toEqual([
      'bot photo en attente',
      'bot réponse à ',
      'resident [photo perdu]\nregardez',
      'bot photo en attente',
      'bot réponse à regardez',
    ]);
  });

  test('a place is stored for the delegate, with its coordinates', async () => {
    const stage = await openTurnStage({ status: 'waiting', desk: WAITING });
    await stage.handle(place);
    expect(await stage.lines()).toEqual(['resident [position 47.223412345 5.971]', 'bot position en attente']);
    expect(stage.heard).toEqual([]);
  });

  test('it ends a snooze, as any message', async () => {
    const stage = await openTurnStage({ status: 'waiting', desk: { ...WAITING, snoozedUntil: 9e15 } });
    await stage.handle(photo());
    expect((await stage.conversation()).desk.snoozedUntil).toBeUndefined();
  });
});

describe('while a delegate holds it', () => {
  async function held(inbound: Inbound): Promise<TurnStage> {
    const stage = await openTurnStage({ status: 'assigned', desk: HELD });
    await stage.handle(inbound);
    expect(stage.heard).toEqual([]);
    return stage;
  }

  test('what is kept lies on the message, and the assistant is silent', async () => {
    const stage = await held(photo('regardez', KEPT));
    expect(await stage.lines()).toEqual(['resident [photo]\nregardez']);
    expect((await stage.messages())[0]?.content).toMatchObject({ attachment: ATTACHMENT });
  });

  test.each(['kind', 'size', 'damaged', 'too-many', 'unavailable'] as const)(
    'what is refused (%s) is named for the delegate, and the resident is told why',
    async (reason) => {
      const stage = await held(photo('regardez', refused(reason)));
      expect(await stage.lines()).toEqual(['resident [photo perdu]\nregardez', `system photo refusé : ${reason}`]);
    },
  );

  test('what nobody fetched, since the delegate came meanwhile, can be sent again', async () => {
    const stage = await held(photo());
    expect(await stage.lines()).toEqual(['resident [photo perdu]', 'system photo refusé : unavailable']);
  });

  test('corrected words under what was passed on say nothing about it', async () => {
    const stage = await held(photo('regadez', KEPT));
    await stage.handle({ ...photo('regardez'), externalId: 'e7:1:1', edits: 'm7' });
    expect(await stage.lines(1)).toEqual(['resident regardez (corrige 1)']);
  });

  describe('corrected,', () => {
    const first = (text: string, outcome = KEPT): Inbound => ({ ...photo(text), enclosed: sent('p1', outcome) });
    const changed = (text: string, mark: string, second = 1): Inbound => ({
      ...photo(text),
      enclosed: sent(mark),
      externalId: `e7:${second}:${second}`,
      edits: 'm7',
    });

    test('words that are taken away leave what they were under, once', async () => {
      const stage = await held(first('ma porte'));
      await stage.handle(changed('', 'p1'));
      expect(await stage.handle(changed('', 'p1', 2))).toMatchObject({ kind: 'dropped' });
      expect(await stage.lines(1)).toEqual(['resident [photo] (corrige 1)']);
    });

    test('another photo in its place is named for the delegate, and the resident is told, with words or without', async () => {
      const stage = await held(first('ma porte'));
      await stage.handle(changed('ma porte', 'p2', 1));
      await stage.handle(changed('', 'p3', 2));
      expect(await stage.lines(1)).toEqual([
        'resident [photo perdu]\nma porte (corrige 1)',
        'system remplacé, pas transmis',
        'resident [photo perdu] (corrige 1)',
        'system remplacé, pas transmis',
      ]);
      expect((await stage.messages(1)).every(({ content }) => !('attachment' in content))).toBe(true);
    });

    test('… and the words under that one are no third', async () => {
      const stage = await held(first(''));
      await stage.handle(changed('', 'p2', 1));
      await stage.handle(changed('ma porte', 'p2', 2));
      await stage.handle(changed('', 'p2', 3));
      expect(await stage.lines(3)).toEqual(['resident ma porte (corrige 1)', 'resident [photo perdu] (corrige 1)']);
    });

    test('with the assistant nothing is said of it', async () => {
      const stage = await openTurnStage();
      await stage.handle(first(''));
      expect(await stage.handle(changed('', 'p2'))).toMatchObject({ kind: 'dropped' });
    });
  });

  test('another file in its place is passed on, or refused, with the correction', async () => {
    const stage = await held(photo('', KEPT));
    const other = { ...KEPT, attachment: { ...ATTACHMENT, id: 'f2' } };
    await stage.handle({ ...photo('', other), externalId: 'e7:1:1', edits: 'm7' });
    await stage.handle({ ...photo('', refused('size')), externalId: 'e7:2:2', edits: 'm7' });
    expect((await stage.messages(1))[0]?.content).toMatchObject({ edits: 1, attachment: { id: 'f2' } });
    expect(await stage.lines(1)).toEqual([
      'resident [photo] (corrige 1)',
      'resident [photo perdu] (corrige 1)',
      'system photo refusé : size',
    ]);
  });

  test('a place is shown to the delegate, with its coordinates', async () => {
    const stage = await held(place);
    expect(await stage.lines()).toEqual(['resident [position 47.223412345 5.971]']);
  });

  test('a danger under it shows the numbers', async () => {
    const stage = await held(photo('au secours', refused('size')));
    expect(await stage.lines(1)).toEqual(['system photo refusé : size', 'bot appelez le 17']);
  });
});

describe('a place, with the assistant', () => {
  test('is for the dialogs, and its coordinates are kept nowhere', async () => {
    const stage = await openTurnStage({ dialogState: { dialogs: 'rappel' } });
    await stage.handle(place);
    expect((await stage.lines())[0]).toBe('resident [position]');
    expect(stage.heard).toMatchObject([{ text: '', effects: { position: HERE } }]);
    expect(JSON.stringify([await stage.messages(), await stage.conversation()])).not.toMatch(/47\.2|5\.97/);
    expect(stage.counted).toEqual(['channel:telegram']);
  });

  test('is concealed as soon as a dialog takes it for a report', async () => {
    const stage = await openTurnStage({ script: ({ conceal }) => conceal() });
    await stage.handle(place);
    expect((await stage.lines())[0]).toBe('resident (scellé)');
  });
});

describe('what came with the message and was not taken', () => {
  const command = (unread: string, text = 'Parler à un délégué') => ({ externalId: 'm7', text, unread });

  test('is told before the answer, and stored nowhere', async () => {
    const stage = await openTurnStage();
    await stage.handle(command('rue de Dole'));
    expect(await stage.lines()).toEqual([
      'resident Parler à un délégué',
      'bot la suite n’est pas lue',
      'bot réponse à Parler à un délégué',
    ]);
    expect(JSON.stringify([await stage.messages(), await stage.conversation()])).not.toContain('Dole');
  });

  test.each([
    ['the assistant', 'bot', ['bot réponse à Parler à un délégué']],
    ['a delegate', 'assigned', []],
  ] as const)('is looked at for a danger, with %s: the numbers come first', async (_, status, answers) => {
    const stage = await openTurnStage({ status, desk: HELD });
    await stage.handle(command('au secours'));
    expect(await stage.lines(1)).toEqual(['bot appelez le 17', 'bot la suite n’est pas lue', ...answers]);
    expect((await stage.conversation()).desk.emergencyAt).toBe(STAGE_NOW.getTime());
    expect(JSON.stringify(await stage.messages())).not.toContain('secours');
  });

  test('is looked at in a correction that changes nothing else', async () => {
    const stage = await openTurnStage();
    await stage.handle({ externalId: 'm7', text: 'Parler à un délégué' });
    await stage.handle({ ...command('au secours'), externalId: 'e7:1:1', edits: 'm7' });
    expect((await stage.lines(3))[0]).toBe('bot appelez le 17');
  });

  test('goes with something that was sent, whose words keep the buttons', async () => {
    const stage = await openTurnStage();
    await stage.handle({ ...photo('menu'), unread: 'vite' });
    expect(await stage.lines(1)).toEqual([
      'bot la suite n’est pas lue',
      'bot photo au robot, avec texte',
      'bot réponse à menu',
    ]);
  });
});

test('nothing of what was sent is recognised or looked at for a danger but its words', async () => {
  const looked: string[] = [];
  const stage = await openTurnStage({
    dialogState: IN_REPORT,
    overrides: {
      emergency: {
        async assess(text) {
          looked.push(text);
          return undefined;
        },
      },
      recognizer: {
        async recognise(text) {
          looked.push(text);
          return { decision: { kind: 'unsure' }, ranking: [], entities: {}, requests: [] };
        },
      },
    },
  });
  await stage.handle(place);
  await stage.handle({ ...photo(), externalId: 'm8' });
  expect(looked).toEqual([]);
});
