import { describe, test } from '@jest/globals';
import { ASKED_CODE, FOLLOW_UP, MENU, NEXT, UNTIL_SENT, UNTIL_SHOWN } from '../support/report-lines.js';
import { expectTranscript } from '../support/transcript.js';

describe('the code of a report', () => {
  test('shows where it stands', () =>
    expectTranscript({}, [
      ...UNTIL_SHOWN,
      ['résident', 'Terminé'],
      ['robot', "D'accord. Gardez bien votre code."],
      ['robot', 'Que voulez-vous savoir ?'],
      MENU,
    ]));

  test('in the message that asks', () =>
    expectTranscript({}, [
      ...UNTIL_SENT,
      ['résident', 'des nouvelles de abcde-01234-fghjk-mnpqr-b ?', 'report.status'],
      ...FOLLOW_UP,
      ['résident', 'finir'],
      ['robot', "Je n'ai pas compris."],
      ['robot', 'Choisissez un sujet, ou écrivez votre question autrement.'],
      MENU,
    ]));

  test('by itself', () =>
    expectTranscript({}, [...UNTIL_SENT, ['résident', 'ABCDE 01234 FGHJK MNPQR B'], ...FOLLOW_UP]));

  test('shows what the delegates wrote', () =>
    expectTranscript({}, [
      ...UNTIL_SENT,
      ['entre-temps', '1440 minutes'],
      ['entre-temps', 'un délégué répond'],
      ['résident', 'Suivre un signalement'],
      ...ASKED_CODE,
      ['résident', 'ABCDE-01234-FGHJK-MNPQR-B'],
      [
        'robot',
        "Les délégués s'occupent de votre signalement, depuis le mercredi 25 novembre.\nLe mercredi 25 novembre, un délégué vous écrit :\nNous passons ce soir.\nLe mercredi 25 novembre, un délégué vous écrit :\nAvez-vous vu la plaque ?",
      ],
      ['robot', 'Que voulez-vous faire ? Être prévenu ici lie cette conversation au signalement.'],
      NEXT,
    ]));

  test('of a report that is over', () =>
    expectTranscript({}, [
      ...UNTIL_SENT,
      ['entre-temps', 'un délégué clôt'],
      ['résident', 'Suivre un signalement'],
      ...ASKED_CODE,
      ['résident', 'ABCDE-01234-FGHJK-MNPQR-B'],
      ['robot', "Votre signalement est terminé, depuis le mardi 24 novembre.\nIl n'y a pas eu de réponse écrite."],
      ['robot', 'Que voulez-vous faire ? Être prévenu ici lie cette conversation au signalement.'],
      NEXT,
    ]));
});

describe('a wrong code', () => {
  test('mistyped or unknown: the same answer', () =>
    expectTranscript({}, [
      ...UNTIL_SENT,
      ['résident', 'Suivre un signalement'],
      ...ASKED_CODE,
      ['résident', 'ABCDE-01234-FGHJK-MNPQR-C'],
      ['robot', 'Je ne trouve pas de signalement avec ce code. Vérifiez chaque lettre et chaque chiffre.'],
      ['robot', 'Écrivez le code encore une fois.'],
      ['boutons', "Je n'ai plus le code · Annuler"],
      ['résident', '00000-00000-00000-00000-0'],
      ['robot', 'Je ne trouve pas de signalement avec ce code. Vérifiez chaque lettre et chaque chiffre.'],
      ['robot', 'Écrivez le code encore une fois.'],
      ['boutons', "Je n'ai plus le code · Annuler"],
      ['résident', 'ABCDE-01234-FGHJK-MNPQR-B'],
      ...FOLLOW_UP,
    ]));

  test('in the message that asks', () =>
    expectTranscript({}, [
      ...UNTIL_SENT,
      ['résident', 'mon code est ABCDE-01234-FGHJK-MNPQR-C', 'report.status'],
      ['robot', 'Je ne trouve pas de signalement avec ce code. Vérifiez chaque lettre et chaque chiffre.'],
      ['robot', 'Écrivez le code encore une fois.'],
      ['boutons', "Je n'ai plus le code · Annuler"],
      ['résident', 'ABCDE-01234-FGHJK-MNPQR-B'],
      ...FOLLOW_UP,
    ]));

  test('too often', () =>
    expectTranscript({}, [
      ...UNTIL_SENT,
      ['résident', 'Suivre un signalement'],
      ...ASKED_CODE,
      ['entre-temps', 'trop d’essais'],
      ['résident', 'ABCDE-01234-FGHJK-MNPQR-B'],
      ['robot', "Il y a eu trop d'essais. Attendez un moment, puis réessayez."],
      ['boutons', 'Parler à un délégué · Voir le menu'],
    ]));

  test('that is lost', () =>
    expectTranscript({}, [
      ['résident', 'Suivre un signalement'],
      ...ASKED_CODE,
      ['résident', "Je n'ai plus le code"],
      ['robot', "Sans le code, je ne peux pas retrouver un signalement. Les délégués l'ont quand même reçu."],
      ['robot', 'Vous pouvez faire un nouveau signalement, ou parler à un délégué.'],
      ['boutons', 'Faire un signalement · Parler à un délégué'],
      ['résident', 'Suivre un signalement'],
      ...ASKED_CODE,
      ['résident', "j'ai perdu mon code"],
      ['robot', "Sans le code, je ne peux pas retrouver un signalement. Les délégués l'ont quand même reçu."],
      ['robot', 'Vous pouvez faire un nouveau signalement, ou parler à un délégué.'],
      ['boutons', 'Faire un signalement · Parler à un délégué'],
    ]));

  test('that is none', () =>
    expectTranscript({}, [
      ['résident', 'Suivre un signalement'],
      ...ASKED_CODE,
      ['résident', 'bof'],
      ['robot', "Je n'ai pas reconnu de code. Il a 21 lettres ou chiffres, par groupes. Les tirets ne comptent pas."],
      ['boutons', "Je n'ai plus le code · Annuler"],
      ['résident', 'hein'],
      ['robot', "Je n'ai pas reconnu de code. Il a 21 lettres ou chiffres, par groupes. Les tirets ne comptent pas."],
      ['boutons', "Je n'ai plus le code · Annuler"],
      ['résident', 'bof'],
      ['robot', 'Je ne comprends toujours pas. Excusez-moi.'],
      ['robot', 'Voulez-vous parler à un délégué ?'],
      ['boutons', 'Parler à un délégué · Voir le menu'],
    ]));

  test('not given', () =>
    expectTranscript({}, [
      ['résident', 'Suivre un signalement'],
      ...ASKED_CODE,
      ['résident', 'Annuler'],
      ['robot', "D'accord, j'arrête là."],
      ['robot', 'Que voulez-vous savoir ?'],
      MENU,
      ['résident', 'Suivre un signalement'],
      ...ASKED_CODE,
      ['résident', "c'est où la permanence ?", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
      ['résident', 'Suivre un signalement'],
      ...ASKED_CODE,
      ['entre-temps', '31 minutes'],
      ['résident', 'bonjour', 'smalltalk.greeting'],
      ['robot', 'Bonjour. Que voulez-vous savoir ?'],
      MENU,
    ]));
});
