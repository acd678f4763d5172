import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { loadAnswers } from '../../src/content/load-answers.js';
import type { AnswerTemplate } from '../../src/domain/answers.js';
import { UNTIL_RECAP, UNTIL_SHOWN } from '../support/report-lines.js';
import { type Line, openChat, play } from '../support/transcript.js';

const CORPUS = new URL('../../corpus/fr/', import.meta.url);
const { answers, phrases = {} } = loadAnswers(CORPUS);

/** What is only on the website: its page, its buttons, its window. */
const OF_THE_WEBSITE =
  /ce site|notre site|\bsite officiel|cette page|cette fenêtre|cet onglet|navigateur|en haut|en bas de|quitter vite|cliquez/i;

function wordsOf({ bubbles }: AnswerTemplate): string {
  return bubbles.flat().join('\n');
}

/** What Telegram shows under this id, or nothing when it has words of its own. */
function saidOnTelegram(entries: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  return Object.entries(entries).filter(
    ([id]) => !Object.hasOwn(entries, `${id}.telegram`) && !/\.(directline|botframework)$/.test(id),
  );
}

async function say(...lines: readonly Line[]): Promise<readonly Line[]> {
  return play(openChat({ channel: 'telegram' }), lines);
}

describe('what is said on Telegram', () => {
  test('names nothing that only the website has', () => {
    const texts = Object.fromEntries(Object.entries(answers).map(([id, template]) => [id, wordsOf(template)]));
    const said = [...saidOnTelegram(texts), ...saidOnTelegram(phrases)];
    expect(said.length).toBeGreaterThan(200);
    expect(said.filter(([, words]) => OF_THE_WEBSITE.test(words))).toEqual([]);
    expect(Object.values(texts).filter((words) => OF_THE_WEBSITE.test(words)).length).toBeGreaterThan(0);
  });

  test.each(['desk', 'concealed', 'enclosed', 'other-languages'])('nor do the words of %s', (name) => {
    expect(readFileSync(new URL(`${name}.json`, CORPUS), 'utf8')).not.toMatch(OF_THE_WEBSITE);
  });

  test('has the variables and the buttons of what it stands for', () => {
    const variables = (template: AnswerTemplate) => [...new Set(wordsOf(template).match(/\{\w+\}/g))].sort();
    for (const [id, template] of Object.entries(answers)) {
      const common = answers[id.replace(/\.telegram$/, '')];
      if (!id.endsWith('.telegram') || !common) continue;
      expect([id, variables(template), template.actions]).toEqual([id, variables(common), common.actions]);
    }
  });
});

describe('on Telegram', () => {
  test('help lists what can be written', async () => {
    const lines = await say(['résident', 'aide', 'bot.help'], ['boutons', '']);
    expect(lines[2]?.[1]).toMatch(/\/permanence.*\n\/signaler.*\n\/suivi.*\n\/delegue.*\n\/supprimer/);
  });

  test('after a report, it says how the chat is deleted, above the buttons', async () => {
    const lines = (await say(...UNTIL_RECAP, ['résident', 'Envoyer'], ['boutons', ''])).slice(-5);
    expect(lines.map(([kind]) => kind)).toEqual(['robot', 'robot', 'robot', 'robot', 'boutons']);
    expect(lines[2]?.[1]).toContain('« Supprimer la discussion »');
    expect(lines[2]?.[1]).toContain('/supprimer');
  });

  test.each([
    ['without a report', []],
    ['with a report that was not sent', UNTIL_RECAP],
  ] as const)('an erasure says what is left in Telegram, %s', async (_, before) => {
    const lines = await say(...before, ['résident', 'Effacer mes messages'], ['résident', 'Oui, tout effacer']);
    const said = lines.filter(([kind]) => kind === 'robot').map(([, words]) => words);
    expect(said.at(-3)).toContain('notre serveur');
    expect(said.at(-1)).toContain('« Supprimer la discussion »');
  });

  test('what the channel means for a report is said once, and again after an erasure', async () => {
    const start: Line = ['résident', 'Signaler'];
    const decline: Line = ['résident', 'Non merci'];
    const isTold = (lines: readonly Line[]) =>
      lines.filter(([, words]) => words.includes('chiffrée de bout en bout')).length;
    expect(isTold(await say(start, decline, start, decline))).toBe(1);
    const erased: readonly Line[] = [
      ['résident', 'Effacer mes messages'],
      ['résident', 'Oui, tout effacer'],
    ];
    expect(isTold(await say(start, decline, ...erased, start))).toBe(2);
  });

  test.each([
    ['a report', [['résident', 'Signaler']]],
    ['a story', [['résident', 'des jeunes cassent les vitres', 'report.start']]],
    ['a report that was sent', [...UNTIL_SHOWN, ['résident', 'Ajouter une information'], ['résident', 'ils sont là']]],
    ['a call-back', [['résident', 'Être rappelé']]],
  ] as readonly (readonly [string, readonly Line[]])[])(
    'nobody is said to be the only reader of %s',
    async (_, lines) => {
      const said = (await say(...lines)).filter(([kind]) => kind === 'robot').map(([, words]) => words);
      expect(said.filter((words) => /(?<!Chez nous, )seuls les délégués/i.test(words))).toEqual([]);
      expect(said.filter((words) => words.includes('Chez nous, seuls les délégués'))).not.toEqual([]);
      expect(said.filter((words) => words.includes('Telegram'))).not.toEqual([]);
    },
  );

  test('what the channel means is said with the code of a report, once', async () => {
    const follow: readonly Line[] = [
      ['résident', 'Suivre un signalement'],
      ['résident', 'Annuler'],
    ];
    const lines = await say(...follow, ...follow, ['résident', 'Signaler']);
    const told = lines.map(([, words], index) => (words.includes('chiffrée de bout en bout') ? index : -1));
    expect(told.filter((index) => index >= 0)).toEqual([1]);
    expect(lines[2]?.[1]).toMatch(/^Écrivez votre code de suivi/);
  });

  test('the web page is offered where its address is known', async () => {
    const lines = await play(openChat({ channel: 'telegram', home: '/' }), [
      ['résident', 'Signaler'],
      ['carte', ''],
    ]);
    expect(lines[1]?.[1]).toContain('Pour des faits sensibles, préférez la page web.');
    expect(lines[2]).toEqual(['carte', 'Signaler sur la page web · Ouvrir la page web → /']);
  });

  test.each(['Oui, maintenant', "Non, c'est passé"])('where somebody may read along, after « %s »', async (reply) => {
    const lines = await say(['résident', 'mon mari me frappe', { danger: [2, 'domestic'] }], ['résident', reply]);
    const words = lines.map(([, said]) => said).join('\n');
    expect(words).not.toMatch(/quitter vite/i);
    expect(words.match(/supprimez la discussion dans Telegram/g)).toHaveLength(2);
  });
});
