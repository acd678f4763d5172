import { describe, test } from '@jest/globals';
import { OFFERED } from '../support/report-lines.js';
import { expectTranscript } from '../support/transcript.js';

describe('a danger that is past, or a risk: the answer, then the numbers', () => {
  test('violence', () =>
    expectTranscript({}, [
      ['résident', "on m'a agressé samedi", { intent: 'complaint.file', danger: [1, 'violence'] }],
      ['robot', "Porter plainte, c'est demander à la justice de punir un fait."],
      ['robot', 'Je suis un robot : je ne peux pas prendre une plainte. Vous pouvez la déposer dans un commissariat.'],
      ['robot', "Pour certains vols ou dégâts, si l'auteur est inconnu, vous pouvez la faire en ligne."],
      [
        'carte',
        'Plainte en ligne · Ouvrir Plainte en ligne → https://www.plainte-en-ligne.masecurite.interieur.gouv.fr · Ouvrir Pré-plainte en ligne → https://www.pre-plainte-en-ligne.gouv.fr',
      ],
      ['robot', "Si le danger est là ou s'il revient, appelez le 17 ou le 112."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
    ]));

  test('intrusion', () =>
    expectTranscript({}, [
      ['résident', "on m'a cambriolé la semaine dernière", { intent: 'complaint.file', danger: [1, 'intrusion'] }],
      ['robot', "Porter plainte, c'est demander à la justice de punir un fait."],
      ['robot', 'Je suis un robot : je ne peux pas prendre une plainte. Vous pouvez la déposer dans un commissariat.'],
      ['robot', "Pour certains vols ou dégâts, si l'auteur est inconnu, vous pouvez la faire en ligne."],
      [
        'carte',
        'Plainte en ligne · Ouvrir Plainte en ligne → https://www.plainte-en-ligne.masecurite.interieur.gouv.fr · Ouvrir Pré-plainte en ligne → https://www.pre-plainte-en-ligne.gouv.fr',
      ],
      ['robot', "Si quelqu'un est encore là ou s'il revient, appelez le 17 ou le 112."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
    ]));

  test('fire', () =>
    expectTranscript({}, [
      ['résident', 'ils brûlent des poubelles chaque samedi', { intent: 'report.start', danger: [1, 'fire'] }],
      ...OFFERED,
      ['robot', "S'il y a encore du feu ou de la fumée, appelez le 18 ou le 112."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 18 : Pompiers → tel:18 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Commencer · Non merci · Qui lit mes messages ?'],
    ]));

  test('medical', () =>
    expectTranscript({}, [
      ['résident', "j'ai fait un malaise hier à la permanence", { danger: [1, 'medical'] }],
      ['robot', "Je suis un robot et je n'ai pas tout compris."],
      ['robot', 'Voulez-vous parler à un délégué ?'],
      ['robot', "Si quelqu'un va mal, appelez le 15 ou le 112."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 15 : SAMU → tel:15 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Parler à un délégué · Signaler · Voir le menu'],
    ]));

  test('suicide', () =>
    expectTranscript({}, [
      ['résident', "j'en peux plus de cette vie, au revoir", { intent: 'smalltalk.goodbye', danger: [1, 'suicide'] }],
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
    ]));

  test('domestic', () =>
    expectTranscript({}, [
      ['résident', 'mon ex me tapait, je veux porter plainte', { intent: 'complaint.file', danger: [1, 'domestic'] }],
      ['robot', "Porter plainte, c'est demander à la justice de punir un fait."],
      ['robot', 'Je suis un robot : je ne peux pas prendre une plainte. Vous pouvez la déposer dans un commissariat.'],
      ['robot', "Pour certains vols ou dégâts, si l'auteur est inconnu, vous pouvez la faire en ligne."],
      [
        'carte',
        'Plainte en ligne · Ouvrir Plainte en ligne → https://www.plainte-en-ligne.masecurite.interieur.gouv.fr · Ouvrir Pré-plainte en ligne → https://www.pre-plainte-en-ligne.gouv.fr',
      ],
      ['robot', 'Le 3919 écoute et conseille, jour et nuit. En danger : 17, 112, ou SMS au 114.'],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 3919 : Violences faites aux femmes → tel:3919 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
    ]));

  test('child', () =>
    expectTranscript({}, [
      ['résident', 'je crois que les voisins tapent leur fils', { intent: 'report.start', danger: [1, 'child'] }],
      ...OFFERED,
      ['robot', "Pour un enfant en danger, appelez le 119. Si c'est maintenant : 17 ou 112."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 119 : Enfant en danger → tel:119 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Commencer · Non merci · Qui lit mes messages ?'],
    ]));

  test('of no known kind', () =>
    expectTranscript({}, [
      ['résident', "j'ai peur le soir", { intent: 'report.start', danger: [1] }],
      ...OFFERED,
      ['robot', "Si le danger est là ou s'il revient, appelez le 17 ou le 112."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['boutons', 'Commencer · Non merci · Qui lit mes messages ?'],
    ]));

  test('when the message is taken for an emergency: the numbers once, and the question', () =>
    expectTranscript({}, [
      ['résident', 'mon ex me tapait', { intent: 'emergency', danger: [1, 'domestic'] }],
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
      ['résident', 'non'],
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

  test('suicidal words in a message that nobody understands', () =>
    expectTranscript({}, [
      ['résident', 'a quoi bon, vous serez tous mieux sans moi', { danger: [1, 'suicide'] }],
      [
        'robot',
        "Au 3114, quelqu'un vous écoute, jour et nuit. C'est gratuit. En danger tout de suite : appelez le 15 ou le 112.",
      ],
      ['robot', "Merci de l'avoir écrit. Je suis un robot, pas une ligne d'urgence : je n'ai prévenu personne."],
      ['robot', 'Êtes-vous en sécurité maintenant ?'],
      ['boutons', 'Oui, en sécurité · Non, pas en sécurité'],
      ['résident', 'non'],
      ['robot', 'Appelez maintenant le 15 ou le 112. Si vous ne pouvez pas parler : SMS au 114.'],
      ['robot', "Allez près de quelqu'un si vous pouvez. Au 3114, quelqu'un vous écoute aussi, jour et nuit."],
      ['boutons', 'Voir le menu'],
    ]));
});
