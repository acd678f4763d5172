import { describe, test } from '@jest/globals';
import { ASKED_CODE, FOLLOW_UP, MENU, UNTIL_RECAP, UNTIL_SENT, UNTIL_WHEN } from '../support/report-lines.js';
import { expectTranscript } from '../support/transcript.js';

describe('once it is sent', () => {
  test('a second « Envoyer » gives the same receipt', () =>
    expectTranscript({}, [
      ...UNTIL_SENT,
      ['résident', 'Envoyer'],
      ['robot', "C'est déjà envoyé. Voici le même code de suivi. Notez-le.\nABCDE-01234-FGHJK-MNPQR-B"],
      ['robot', 'Sans ce code, vous ne pourrez pas lire la réponse.'],
      ['boutons', 'Être prévenu ici · Voir le menu'],
      ['entre-temps', 'le code est effacé'],
      ['résident', 'Envoyer'],
      ['robot', 'Votre code a déjà été affiché.'],
      ['robot', 'Sans ce code, vous ne pourrez pas lire la réponse.'],
      ['boutons', 'Être prévenu ici · Voir le menu'],
      ['résident', 'Être prévenu ici'],
      ['robot', "Je ne peux plus le faire ici. Donnez d'abord votre code de suivi."],
      ['boutons', 'Suivre un signalement · Voir le menu'],
    ]));

  test('its author may be told of answers', () =>
    expectTranscript({}, [
      ...UNTIL_SENT,
      ['résident', 'Être prévenu ici'],
      [
        'robot',
        "C'est noté : je vous préviens ici d'une réponse. Cette conversation est maintenant liée à votre signalement.",
      ],
      ['robot', 'Pour ne plus être prévenu, suivez votre signalement avec votre code.'],
      ['boutons', 'Voir le menu'],
      ['résident', 'Envoyer'],
      ['robot', "Rien n'est en cours. Que voulez-vous savoir ?"],
      MENU,
    ]));

  test.each(['Être prévenu ici', 'Ne plus être prévenu', 'Ajouter une information'])(
    '« %s » after something else: the code first',
    (button) =>
      expectTranscript({}, [
        ...UNTIL_SENT,
        ['résident', 'merci', 'smalltalk.thanks'],
        ['robot', 'Merci à vous.'],
        ['boutons', 'Voir le menu · Parler à un délégué'],
        ['résident', button],
        ...ASKED_CODE,
        ['résident', 'ABCDE-01234-FGHJK-MNPQR-B'],
        ...FOLLOW_UP,
      ]),
  );

  test('something else is answered, and nothing waits', () =>
    expectTranscript({}, [
      ...UNTIL_SENT,
      ['résident', 'merci', 'smalltalk.thanks'],
      ['robot', 'Merci à vous.'],
      ['boutons', 'Voir le menu · Parler à un délégué'],
      ['résident', 'reprendre'],
      ['robot', 'Aucun signalement commencé ne vous attend.'],
      ['boutons', 'Faire un signalement · Voir le menu'],
    ]));
});

describe('when nobody can read it', () => {
  test('nothing is asked', () =>
    expectTranscript({}, [
      ['entre-temps', 'plus personne ne peut lire'],
      ['résident', 'Signaler'],
      ['robot', 'Aucun délégué ne peut lire un signalement pour le moment. Je ne vous demande donc rien.'],
      [
        'robot',
        "Vous pouvez rencontrer les délégués demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Vous pouvez aussi écrire à la police sur Ma Sécurité. En cas de danger, appelez le 17 ou le 112.'],
      ['boutons', "Porter plainte · Parler à un délégué · Voir l'adresse"],
      ['résident', 'reprendre'],
      ['robot', 'Aucun délégué ne peut lire un signalement pour le moment. Je ne vous demande donc rien.'],
      [
        'robot',
        "Vous pouvez rencontrer les délégués demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Vous pouvez aussi écrire à la police sur Ma Sécurité. En cas de danger, appelez le 17 ou le 112.'],
      ['boutons', "Porter plainte · Parler à un délégué · Voir l'adresse"],
    ]));

  test('any more, nothing is sent, and the draft waits', () =>
    expectTranscript({}, [
      ...UNTIL_RECAP,
      ['entre-temps', 'plus personne ne peut lire'],
      ['résident', 'Envoyer'],
      ['robot', "Aucun délégué ne peut lire ce signalement pour le moment. Il n'est pas envoyé."],
      [
        'robot',
        "Vous pouvez rencontrer les délégués demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Vous pouvez aussi écrire à la police sur Ma Sécurité. En cas de danger, appelez le 17 ou le 112.'],
      ['boutons', "Reprendre · Voir l'adresse"],
    ]));

  test('any more, in the middle', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['entre-temps', 'plus personne ne peut lire'],
      ['résident', 'hier'],
      ['robot', "Aucun délégué ne peut lire ce signalement pour le moment. Il n'est pas envoyé."],
      [
        'robot',
        "Vous pouvez rencontrer les délégués demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Vous pouvez aussi écrire à la police sur Ma Sécurité. En cas de danger, appelez le 17 ou le 112.'],
      ['boutons', "Reprendre · Voir l'adresse"],
    ]));
});
