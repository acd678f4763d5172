import { describe, expect, test } from '@jest/globals';
import { loadAnswers } from '../../src/content/load-answers.js';
import { createAnswers } from '../../src/domain/answers.js';
import { createEmergencyAnswer } from '../../src/domain/emergency-answer.js';
import type { EmergencyKind } from '../../src/domain/facts.js';
import type { TextContent } from '../../src/domain/message.js';
import { FACTS } from '../support/transcript.js';

const answers = createAnswers(loadAnswers(new URL('../../corpus/fr/', import.meta.url)));
const answerEmergency = createEmergencyAnswer({ answers, facts: FACTS });

function answer(...kinds: EmergencyKind[]): readonly TextContent[] {
  return answerEmergency({ kinds, level: 2 }).filter((content) => content.kind === 'text');
}

function links(...kinds: EmergencyKind[]): string[] {
  return answer(...kinds).flatMap(({ card }) => card?.links.map(({ url }) => url) ?? []);
}

const KINDS: EmergencyKind[] = ['violence', 'fire', 'medical', 'suicide', 'domestic', 'child', 'intrusion'];

describe('the answer to a danger', () => {
  test.each<[EmergencyKind[], string, string[]]>([
    [
      [],
      "Quelqu'un est en danger maintenant : appelez tout de suite le 17 ou le 112.",
      ['tel:17', 'tel:112', 'sms:114'],
    ],
    [
      ['violence'],
      "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez.",
      ['tel:17', 'tel:112', 'sms:114'],
    ],
    [
      ['intrusion'],
      "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez.",
      ['tel:17', 'tel:112', 'sms:114'],
    ],
    [
      ['fire'],
      'Appelez tout de suite le 18 ou le 112. Éloignez-vous du feu si vous pouvez.',
      ['tel:17', 'tel:112', 'tel:18', 'sms:114'],
    ],
    [['medical'], 'Appelez tout de suite le 15 ou le 112.', ['tel:17', 'tel:112', 'tel:15', 'sms:114']],
    [
      ['suicide'],
      "Au 3114, quelqu'un vous écoute, jour et nuit. C'est gratuit. En danger tout de suite : appelez le 15 ou le 112.",
      ['tel:3114', 'tel:15', 'tel:112', 'tel:17', 'sms:114'],
    ],
    [
      ['domestic'],
      'En danger maintenant : appelez le 17 ou le 112. Si vous ne pouvez pas parler : SMS au 114.',
      ['tel:17', 'tel:112', 'tel:3919', 'sms:114'],
    ],
    [
      ['child'],
      'Un enfant est en danger maintenant : appelez le 17 ou le 112. Pour être conseillé : le 119.',
      ['tel:17', 'tel:112', 'tel:119', 'sms:114'],
    ],
    [
      ['domestic', 'child'],
      "Quelqu'un est en danger maintenant : appelez tout de suite le 17 ou le 112.",
      ['tel:17', 'tel:112', 'tel:3919', 'tel:119', 'sms:114'],
    ],
  ])('%j', (kinds, first, urls) => {
    expect(answer(...kinds)[0]?.text).toBe(first);
    expect(links(...kinds)).toEqual(urls);
  });

  test.each([[[]], ...KINDS.map((kind) => [[kind]])])('%j: two bubbles, the numbers first, no claim', (kinds) => {
    const bubbles = answer(...kinds);
    expect(bubbles).toHaveLength(2);
    expect(bubbles[0]?.card).toBeDefined();
    expect(bubbles[0]?.actions).toBeUndefined();
    expect(bubbles[1]?.text).toContain("je n'ai prévenu personne.");
    expect(bubbles[1]?.text).toContain("pas une ligne d'urgence");
  });

  test('says on each link whom it reaches', () => {
    const titles = answer('suicide').flatMap(({ card }) => card?.links.map(({ title }) => title) ?? []);
    expect(titles).toEqual([
      'Appeler le 3114 : Prévention du suicide',
      'Appeler le 15 : SAMU',
      "Appeler le 112 : Numéro d'urgence européen",
      'Appeler le 17 : Police secours',
      'Envoyer un SMS au 114',
    ]);
  });
});

describe('the answer to a risk, or to a danger that is past', () => {
  test.each([[[]], ...KINDS.map((kind) => [[kind]]), [['domestic', 'child']]] as [EmergencyKind[]][])(
    '%j: one bubble, with the same numbers as links and no button',
    (kinds) => {
      const contents = answerEmergency({ kinds, level: 1 });
      expect(contents).toHaveLength(1);
      expect(contents).toMatchObject([{ card: { links: links(...kinds).map((url) => ({ url })) } }]);
      expect(contents[0]).not.toHaveProperty('actions');
    },
  );
});
