import { expect, test } from '@jest/globals';
import { createRootDialog } from '../../dialogs/index.js';
import { loadAnswers } from '../../src/content/load-answers.js';
import { loadConcealed } from '../../src/content/load-concealed.js';
import { loadEnclosed } from '../../src/content/load-enclosed.js';
import type { TextContent } from '../../src/domain/message.js';
import { createReportShelf } from '../support/report-shelf.js';
import { buildDialogDependencies, toRecognition } from '../support/transcript.js';
import { openTurnStage, STAGE_NOW, type TurnStage } from '../support/turn-stage.js';

/** The real dialogs and words, with what is no text. */

const CORPUS = new URL('../../corpus/fr/', import.meta.url);
const catalogue = loadAnswers(CORPUS);
const clock = () => STAGE_NOW;
const PLACE = { latitude: 47.223412, longitude: 5.971289 };

let count = 0;

async function open(): Promise<{ stage: TurnStage; shelf: ReturnType<typeof createReportShelf> }> {
  const shelf = createReportShelf(clock);
  const dialogs = createRootDialog(buildDialogDependencies({}, clock));
  const stage = await openTurnStage({
    overrides: {
      dialogs,
      reports: shelf.services,
      concealed: loadConcealed(CORPUS, catalogue),
      enclosed: loadEnclosed(CORPUS, catalogue, { incoming: 20_000_000, pdf: 5_000_000 }),
      recognizer: { recognise: async () => toRecognition() },
    },
  });
  return { stage, shelf };
}

async function say(stage: TurnStage, text: string, more: object = {}): Promise<readonly TextContent[]> {
  count += 1;
  const { replies } = await stage.handle({ externalId: `m${count}`, text, ...more });
  expect(stage.failures).toEqual([]);
  return replies.flatMap(({ content }) => (content.kind === 'text' ? [content] : []));
}

const PHOTO = { enclosed: { kind: 'photo' } } as const;

test('inside a report: only words, and the question again, which is answered next', async () => {
  const { stage, shelf } = await open();
  await say(stage, 'Faire un signalement');
  await say(stage, 'Commencer');
  const asked = await say(stage, 'Bruit, nuisances');
  expect(asked.at(-1)?.progress).toEqual({ step: 2, of: 7 });
  const [told, ...rest] = await say(stage, '', PHOTO);
  expect(told?.text).toMatch(/^Un signalement contient seulement des mots/);
  expect(rest.at(-1)?.progress).toEqual({ step: 2, of: 7 });
  expect(shelf.draft().map(({ step }) => step)).toEqual(['category']);
  const [, next] = await say(stage, 'rue de Picardie', PHOTO);
  expect(next?.progress).toEqual({ step: 3, of: 7 });
  expect(shelf.draft()).toContainEqual({ step: 'where', text: 'rue de Picardie' });
});

test('twice and three times, the report goes on all the same', async () => {
  const { stage, shelf } = await open();
  await say(stage, 'Faire un signalement');
  await say(stage, 'Commencer');
  await say(stage, 'Bruit, nuisances');
  for (let times = 1; times <= 4; times += 1) {
    const replies = await say(stage, '', PHOTO);
    expect(replies.at(-1)?.progress).toEqual({ step: 2, of: 7 });
  }
  expect(shelf.draft().map(({ step }) => step)).toEqual(['category']);
});

test('before the report has begun, the question whether to begin is asked again', async () => {
  const { stage, shelf } = await open();
  await say(stage, 'Faire un signalement');
  const replies = await say(stage, '', PHOTO);
  expect(replies.length).toBeGreaterThan(1);
  expect(replies.at(-1)?.actions?.map(({ title }) => title)).toContain('Commencer');
  expect(shelf.draft()).toEqual([]);
});

test('after the report is sent, and where its code is asked for: nothing more goes into it but by its code', async () => {
  const { stage } = await open();
  const texts = (contents: readonly TextContent[]) => contents.map(({ text }) => text);
  const AFTER = expect.stringMatching(/^Votre envoi n'est pas gardé.*code/);
  await say(stage, 'Faire un signalement');
  await say(stage, 'Commencer');
  for (const answer of ['Bruit, nuisances', 'rue de Picardie', 'hier soir', 'une moto fait du bruit', 'non', 'non']) {
    await say(stage, answer);
  }
  const sent = await say(stage, 'Envoyer');
  expect(sent.some(({ reveal }) => reveal?.startsWith('receipt:'))).toBe(true);
  const told = await say(stage, '', PHOTO);
  expect(texts(told)).toEqual([AFTER]);
  expect(told[0]?.actions?.map(({ title }) => title)).toEqual(['Suivre un signalement']);
  const asked = await say(stage, 'Suivre un signalement');
  expect(texts(await say(stage, '', PHOTO))).toEqual([AFTER, ...texts(asked)]);
});

test('a place is taken where it is asked for, and stored nowhere else', async () => {
  const { stage, shelf } = await open();
  await say(stage, 'Faire un signalement');
  await say(stage, 'Commencer');
  await say(stage, 'Bruit, nuisances');
  await say(stage, '', { position: PLACE });
  expect(shelf.draft()).toContainEqual(expect.objectContaining({ step: 'where', position: PLACE }));
  expect(JSON.stringify([await stage.messages(), await stage.conversation()])).not.toMatch(/47\.2|5\.97/);
});

test('a place that nothing asked for is kept nowhere, and alarms nobody', async () => {
  const { stage } = await open();
  const replies = await say(stage, '', { position: PLACE });
  expect(replies.map(({ text }) => text).join(' ')).toMatch(/personne n'est prévenu/);
  expect(JSON.stringify([await stage.messages(), await stage.conversation()])).not.toMatch(/47\.2|5\.97/);
});

test('in the middle of a call-back, its question is asked again, with its own buttons alone', async () => {
  const { stage } = await open();
  const asked = await say(stage, 'Être rappelé');
  const [told, ...again] = await say(stage, '', PHOTO);
  expect(told?.text).toMatch(/^Je suis un robot : je ne peux pas regarder les images/);
  expect(told?.actions).toBeUndefined();
  expect(again.at(-1)?.actions).toEqual(asked.at(-1)?.actions);
  expect(JSON.stringify((await stage.conversation()).dialogState)).toContain('callback');
});

test('by itself, it leads to a delegate', async () => {
  const { stage } = await open();
  const replies = await say(stage, '', PHOTO);
  expect(replies).toHaveLength(1);
  expect(replies[0]?.actions?.map(({ title }) => title)).toEqual(['Parler à un délégué', 'Voir le menu']);
});

test('the last message is answered anew when it is corrected, and an earlier one is not', async () => {
  const { stage } = await open();
  await say(stage, 'Voir les horraires');
  const corrected = { writtenAt: STAGE_NOW, editedAt: STAGE_NOW, edits: `m${count}` };
  const first = corrected.edits;
  expect((await say(stage, 'Voir les horaires', corrected))[0]?.text).toMatch(/permanence/i);
  await say(stage, 'Dire merci');
  const later = { ...corrected, edits: first, editedAt: new Date(STAGE_NOW.getTime() + 1000) };
  expect(await say(stage, "Voir l'adresse", later)).toEqual([]);
});
