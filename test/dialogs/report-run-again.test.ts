import { describe, expect, test } from '@jest/globals';
import { createRootDialog } from '../../dialogs/index.js';
import { loadAnswers } from '../../src/content/load-answers.js';
import { loadConcealed } from '../../src/content/load-concealed.js';
import { DomainError } from '../../src/domain/errors.js';
import type { Inbound } from '../../src/pipeline/turn.js';
import { createReportShelf, type ReportShelf } from '../support/report-shelf.js';
import { createMemoryStore } from '../support/storage-memory.js';
import { buildDialogDependencies, toRecognition } from '../support/transcript.js';
import { openTurnStage, STAGE_NOW, type TurnStage } from '../support/turn-stage.js';

/** Turns of the real dialogs whose commit is overtaken once, so that all of it runs a second time. */

const CORPUS = new URL('../../corpus/fr/', import.meta.url);
const clock = () => STAGE_NOW;
const HERE = { latitude: 47.21934, longitude: 5.96677 };

interface World {
  readonly stage: TurnStage;
  readonly shelf: ReportShelf;
  /** Texts and buttons of what is said. */
  say(inbound: Inbound): Promise<readonly string[]>;
}

async function open(isOvertaken: boolean): Promise<World> {
  const shelf = createReportShelf(clock);
  const store = createMemoryStore();
  let overtakings = 0;
  const stage = await openTurnStage({
    store: {
      ...store,
      async commit(change) {
        overtakings -= 1;
        if (overtakings === 0) throw new DomainError('revision-conflict', 'Overtaken');
        await store.commit(change);
      },
    },
    overrides: {
      dialogs: createRootDialog(buildDialogDependencies({}, clock)),
      reports: shelf.services,
      concealed: loadConcealed(CORPUS, loadAnswers(CORPUS)),
      recognizer: { recognise: async () => toRecognition() },
    },
  });
  return {
    stage,
    shelf,
    async say(inbound) {
      overtakings = isOvertaken ? 1 : 0;
      const { replies } = await stage.handle(inbound);
      expect(stage.failures).toEqual([]);
      return replies.flatMap(({ content }) => (content.kind === 'text' ? [content.text] : []));
    },
  };
}

const WALK = ['Signaler', 'Commencer', 'Bruit, nuisances', 'Cassin', 'hier', 'ils crient sous ma fenêtre'];

async function walk({ say }: World): Promise<void> {
  for (const [index, text] of WALK.entries()) await say({ externalId: `m${index + 1}`, text });
}

const corrects = (number: number, text: string, version = 1): Inbound => ({
  externalId: `e${number}:${version}`,
  edits: `m${number}`,
  text,
  editedAt: new Date(STAGE_NOW.getTime() + version * 1000),
});

describe.each([
  ['once', false],
  ['twice', true],
] as const)('run %s', (_, isOvertaken) => {
  test('corrections leave the same report, and say the same', async () => {
    const world = await open(isOvertaken);
    await walk(world);
    expect((await world.say(corrects(4, 'rue de Picardie')))[0]).toMatch(/^C'est corrigé\.\nÉtape 5/);
    expect((await world.say(corrects(4, 'rue de Cologne', 2)))[0]).toMatch(/^C'est corrigé\.\nÉtape 5/);
    expect((await world.say(corrects(6, 'ils hurlent sous ma fenêtre')))[0]).toMatch(/^C'est corrigé\.\nÉtape 5/);
    await world.say({ externalId: 'm7', text: 'non' });
    await world.say({ externalId: 'm8', text: 'et ils reviennent chaque vendredi avec des motos' });
    await world.say(corrects(8, 'et ils reviennent chaque samedi avec des motos'));
    expect(world.shelf.draft().filter(({ step }) => step !== 'when')).toEqual([
      { step: 'category', category: 'noise' },
      { step: 'where', text: 'rue de Cologne' },
      { step: 'what', text: 'ils hurlent sous ma fenêtre' },
      { step: 'more', text: 'et ils reviennent chaque samedi avec des motos' },
    ]);
  });

  test('a correction is said to be made where only the report itself knows of it', async () => {
    const world = await open(isOvertaken);
    await walk(world);
    await world.stage.meanwhile({ dialogState: {} });
    expect((await world.say(corrects(4, 'rue de Picardie')))[0]).toMatch(/^C'est corrigé\. Votre signalement/);
    expect((await world.say(corrects(6, 'ils hurlent sous ma fenêtre')))[0]).toMatch(/^C'est corrigé\. Votre/);
    expect(world.shelf.draft().filter(({ step }) => step === 'where' || step === 'what')).toEqual([
      { step: 'where', text: 'rue de Picardie' },
      { step: 'what', text: 'ils crient sous ma fenêtre\nCorrection : ils hurlent sous ma fenêtre' },
    ]);
  });

  test('a position is there once', async () => {
    const world = await open(isOvertaken);
    await walk(world);
    const said = await world.say({ externalId: 'm7', text: '', position: HERE });
    expect(said[0]).toBe("J'ai gardé votre position pour le lieu.");
    expect(said[1]).toMatch(/^Étape 5 sur 7/);
    expect(world.shelf.draft().filter(({ step }) => step === 'where')).toEqual([
      { step: 'where', text: 'Cassin', position: HERE },
    ]);
    const stored = JSON.stringify(await world.stage.messages()) + JSON.stringify(await world.stage.conversation());
    expect(stored).not.toMatch(/47\.2|Picardie|fenêtre/);
  });
});
