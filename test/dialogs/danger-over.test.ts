import { describe, test } from '@jest/globals';
import { expectTranscript } from '../support/transcript.js';

describe('a danger: « Est-ce en train de se passer ? » Non', () => {
  test('violence: it is over', () =>
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
      ['résident', "Non, c'est passé"],
      [
        'robot',
        'Vous pouvez porter plainte, même plus tard. Vous pouvez aussi en parler aux délégués, ou faire un signalement ici.',
      ],
      ['robot', 'Le 116 006 aide les victimes, de 9 h à 20 h, 7 j/7. Si le danger revient, appelez le 17 ou le 112.'],
      [
        'carte',
        "Numéros utiles · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 116 006 : Aide aux victimes → tel:116006 · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Porter plainte · Signaler · Parler à un délégué'],
    ]));

  test('intrusion: it is over', () =>
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
      ['résident', "Non, c'est passé"],
      [
        'robot',
        'Vous pouvez porter plainte, même plus tard. Vous pouvez aussi en parler aux délégués, ou faire un signalement ici.',
      ],
      ['robot', 'Le 116 006 aide les victimes, de 9 h à 20 h, 7 j/7. Si le danger revient, appelez le 17 ou le 112.'],
      [
        'carte',
        "Numéros utiles · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 116 006 : Aide aux victimes → tel:116006 · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Porter plainte · Signaler · Parler à un délégué'],
    ]));

  test('fire: it is over', () =>
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
      ['résident', "Non, c'est passé"],
      ['robot', 'Si le feu reprend, appelez le 18 ou le 112.'],
      [
        'robot',
        'Vous pouvez porter plainte, même plus tard. Vous pouvez aussi en parler aux délégués, ou faire un signalement ici.',
      ],
      ['robot', 'Le 116 006 aide les victimes, de 9 h à 20 h, 7 j/7.'],
      [
        'carte',
        "Numéros utiles · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 116 006 : Aide aux victimes → tel:116006 · Appeler le 18 : Pompiers → tel:18 · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Porter plainte · Signaler · Parler à un délégué'],
    ]));

  test('medical: it is over', () =>
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
      ['résident', "Non, c'est passé"],
      ['robot', 'Si la personne va mal, appelez le 15 ou le 112.'],
      ['robot', 'Vous pouvez aussi en parler aux délégués, ou faire un signalement ici.'],
      ['robot', 'Le 116 006 aide les victimes, de 9 h à 20 h, 7 j/7.'],
      [
        'carte',
        "Numéros utiles · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 116 006 : Aide aux victimes → tel:116006 · Appeler le 15 : SAMU → tel:15 · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Parler à un délégué · Voir le menu'],
    ]));

  test('suicidal words: safe', () =>
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
      ['résident', 'Oui, en sécurité'],
      ['robot', 'Merci de me répondre. Le 3114 vous écoute quand vous voulez, jour et nuit.'],
      ['robot', "Vous pouvez aussi en parler à quelqu'un de confiance. En danger, appelez le 15 ou le 112."],
      [
        'carte',
        "Numéros utiles · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 3114 : Prévention du suicide → tel:3114 · Appeler le 15 : SAMU → tel:15 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 17 : Police secours → tel:17 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Parler à un délégué · Voir le menu'],
    ]));

  test('domestic: it is over', () =>
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
      ['résident', "Non, c'est passé"],
      ['robot', "Le 3919 vous écoute et vous conseille, jour et nuit. C'est gratuit et anonyme."],
      [
        'robot',
        'Vous pouvez porter plainte, même plus tard. Vous pouvez aussi en parler aux délégués. Le 116 006 aide les victimes, de 9 h à 20 h, 7 j/7.',
      ],
      [
        'robot',
        "Si cela recommence : 17, 112, ou SMS au 114. Quelqu'un peut lire cet écran ? Effacez la conversation, puis touchez « Quitter vite ».",
      ],
      [
        'carte',
        "Numéros utiles · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 116 006 : Aide aux victimes → tel:116006 · Appeler le 3919 : Violences faites aux femmes → tel:3919 · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Porter plainte · Effacer mes messages · Parler à un délégué'],
    ]));

  test('child: it is over', () =>
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
      ['résident', "Non, c'est passé"],
      ['robot', "Pour être conseillé, appelez le 119, jour et nuit. C'est gratuit."],
      [
        'robot',
        'Vous pouvez porter plainte, même plus tard. Vous pouvez aussi en parler aux délégués, ou faire un signalement ici.',
      ],
      ['robot', 'Le 116 006 aide les victimes, de 9 h à 20 h, 7 j/7. Si le danger revient, appelez le 17 ou le 112.'],
      [
        'carte',
        "Numéros utiles · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 116 006 : Aide aux victimes → tel:116006 · Appeler le 119 : Enfant en danger → tel:119 · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Porter plainte · Signaler · Parler à un délégué'],
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
      ['résident', "c'était hier"],
      [
        'robot',
        'Vous pouvez porter plainte, même plus tard. Vous pouvez aussi en parler aux délégués, ou faire un signalement ici.',
      ],
      ['robot', 'Le 116 006 aide les victimes, de 9 h à 20 h, 7 j/7. Si le danger revient, appelez le 17 ou le 112.'],
      [
        'carte',
        "Numéros utiles · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 116 006 : Aide aux victimes → tel:116006 · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Porter plainte · Signaler · Parler à un délégué'],
    ]));
});
