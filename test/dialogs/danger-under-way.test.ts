import { describe, test } from '@jest/globals';
import { expectTranscript } from '../support/transcript.js';

describe('a danger: « Est-ce en train de se passer ? » Oui', () => {
  test('violence: it goes on', () =>
    expectTranscript({}, [
      ['résident', 'il me tape dessus là', { intent: 'emergency', danger: [2, 'violence'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'oui'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Voir le menu'],
    ]));

  test('intrusion: it goes on', () =>
    expectTranscript({}, [
      ['résident', "quelqu'un force ma porte", { intent: 'emergency', danger: [2, 'intrusion'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'oui'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Voir le menu'],
    ]));

  test('fire: it goes on', () =>
    expectTranscript({}, [
      ['résident', "y'a le feu dans l'immeuble", { intent: 'emergency', danger: [2, 'fire'] }],
      ['robot', 'Appelez tout de suite le 18 ou le 112. Éloignez-vous du feu si vous pouvez.'],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 18 : Pompiers → tel:18 · Envoyer un SMS au 114 → sms:114",
      ],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'oui'],
      ['robot', 'Appelez maintenant le 18 ou le 112. Dites où est le feu.'],
      ['robot', 'Éloignez-vous du feu et de la fumée. Si vous ne pouvez pas parler : SMS au 114.'],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 18 : Pompiers → tel:18 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Voir le menu'],
    ]));

  test('medical: it goes on', () =>
    expectTranscript({}, [
      ['résident', 'il respire plus', { intent: 'emergency', danger: [2, 'medical'] }],
      ['robot', 'Appelez tout de suite le 15 ou le 112.'],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 15 : SAMU → tel:15 · Envoyer un SMS au 114 → sms:114",
      ],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'oui'],
      ['robot', 'Appelez maintenant le 15 ou le 112. Dites où vous êtes.'],
      ['robot', 'Restez près de la personne si vous pouvez. Si vous ne pouvez pas parler : SMS au 114.'],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 15 : SAMU → tel:15 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Voir le menu'],
    ]));

  test('suicidal words: not safe', () =>
    expectTranscript({}, [
      ['résident', 'je veux mourir', { intent: 'emergency', danger: [2, 'suicide'] }],
      [
        'robot',
        "Au 3114, quelqu'un vous écoute, jour et nuit. C'est gratuit. En danger tout de suite : appelez le 15 ou le 112.",
      ],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 3114 : Prévention du suicide → tel:3114 · Appeler le 15 : SAMU → tel:15 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 17 : Police secours → tel:17 · Envoyer un SMS au 114 → sms:114",
      ],
      ['robot', "Merci de l'avoir écrit. Je suis un robot, pas une ligne d'urgence : je n'ai prévenu personne."],
      ['robot', 'Êtes-vous en sécurité maintenant ?'],
      ['boutons', 'Oui, en sécurité · Non, pas en sécurité'],
      ['résident', 'non'],
      ['robot', 'Appelez maintenant le 15 ou le 112. Si vous ne pouvez pas parler : SMS au 114.'],
      ['robot', "Allez près de quelqu'un si vous pouvez. Au 3114, quelqu'un vous écoute aussi, jour et nuit."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 3114 : Prévention du suicide → tel:3114 · Appeler le 15 : SAMU → tel:15 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 17 : Police secours → tel:17 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Voir le menu'],
    ]));

  test('domestic: it goes on', () =>
    expectTranscript({}, [
      ['résident', 'mon mari me frappe', { intent: 'emergency', danger: [2, 'domestic'] }],
      ['robot', 'En danger maintenant : appelez le 17 ou le 112. Si vous ne pouvez pas parler : SMS au 114.'],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 3919 : Violences faites aux femmes → tel:3919 · Envoyer un SMS au 114 → sms:114",
      ],
      [
        'robot',
        "Je suis un robot, pas une ligne d'urgence : je n'ai prévenu personne. Quelqu'un peut lire cet écran ? Effacez la conversation, puis touchez « Quitter vite ».",
      ],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'oui'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Si vous ne pouvez pas parler : SMS au 114.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Le 3919 vous écoute et vous conseille, jour et nuit."],
      ['robot', "Quelqu'un peut lire cet écran ? Effacez la conversation, puis touchez « Quitter vite »."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 3919 : Violences faites aux femmes → tel:3919 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Effacer mes messages · Voir le menu'],
    ]));

  test('child: it goes on', () =>
    expectTranscript({}, [
      ['résident', 'un gamin se fait taper par son père', { intent: 'emergency', danger: [2, 'child'] }],
      ['robot', 'Un enfant est en danger maintenant : appelez le 17 ou le 112. Pour être conseillé : le 119.'],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 119 : Enfant en danger → tel:119 · Envoyer un SMS au 114 → sms:114",
      ],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'oui'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Si vous ne pouvez pas parler : SMS au 114.'],
      ['robot', "Mettez l'enfant à l'abri si vous pouvez. Pour être conseillé, appelez le 119, jour et nuit."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 119 : Enfant en danger → tel:119 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Voir le menu'],
    ]));

  test('of no known kind', () =>
    expectTranscript({}, [
      ['résident', 'au secours', { intent: 'emergency', danger: [2] }],
      ['robot', "Quelqu'un est en danger maintenant : appelez tout de suite le 17 ou le 112."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'Oui, maintenant'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Voir le menu'],
    ]));

  test('of several kinds', () =>
    expectTranscript({}, [
      ['résident', 'mon mari frappe les enfants', { intent: 'emergency', danger: [2, 'domestic', 'child'] }],
      ['robot', "Quelqu'un est en danger maintenant : appelez tout de suite le 17 ou le 112."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 3919 : Violences faites aux femmes → tel:3919 · Appeler le 119 : Enfant en danger → tel:119 · Envoyer un SMS au 114 → sms:114",
      ],
      [
        'robot',
        "Je suis un robot, pas une ligne d'urgence : je n'ai prévenu personne. Quelqu'un peut lire cet écran ? Effacez la conversation, puis touchez « Quitter vite ».",
      ],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'oui il est là'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 3919 : Violences faites aux femmes → tel:3919 · Appeler le 119 : Enfant en danger → tel:119 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Voir le menu'],
    ]));
});
