import { describe, test } from '@jest/globals';
import {
  ASKED_CONTACT,
  ASKED_MORE,
  ASKED_WHEN,
  ASKED_WHERE,
  prefaced,
  READ_BACK,
  SENT,
  UNTIL_RECAP,
  UNTIL_WHAT,
  UNTIL_WHERE,
} from '../support/report-lines.js';
import { expectTranscript } from '../support/transcript.js';

describe('a danger in the middle of a report', () => {
  test('under way: the numbers first; what was told is kept', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      ['résident', 'ils sont en train de casser la porte du voisin', { danger: [2, 'intrusion'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'Oui, maintenant'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      ['boutons', 'Voir le menu'],
      ['résident', 'ok'],
      ...prefaced('Reprenons votre signalement. Votre texte est gardé.', ASKED_MORE),
      ['résident', 'non'],
      ...ASKED_CONTACT,
    ]));

  test('past: the numbers under the next question', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      ['résident', 'un homme a menacé mon fils avec un couteau', { intent: 'emergency', danger: [1, 'violence'] }],
      [
        'robot',
        'Étape 5 sur 7. Voulez-vous ajouter quelque chose ? Par exemple, ce que la police doit savoir avant : un chien, une arme, des enfants.',
      ],
      ['robot', "Si le danger est là ou s'il revient, appelez le 17 ou le 112."],
      ['boutons', "Non, c'est tout · Retour"],
    ]));

  test('a cry is no answer', () =>
    expectTranscript({}, [
      ...UNTIL_WHERE,
      ['résident', 'au secours', { danger: [2] }],
      ['robot', "Quelqu'un est en danger maintenant : appelez tout de suite le 17 ou le 112."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', "Non, c'est passé"],
      [
        'robot',
        'Vous pouvez porter plainte, même plus tard. Vous pouvez aussi en parler aux délégués, ou faire un signalement ici.',
      ],
      ['robot', 'Le 116 006 aide les victimes, de 9 h à 20 h, 7 j/7. Si le danger revient, appelez le 17 ou le 112.'],
      ['boutons', 'Porter plainte · Signaler · Parler à un délégué'],
      ['résident', 'Passer'],
      ...prefaced('Reprenons votre signalement.', ASKED_WHERE),
      ['résident', 'Cassin'],
      ...ASKED_WHEN,
    ]));

  test('what comes after it may go on with the story', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      ['résident', 'au secours', { danger: [2] }],
      ['robot', "Quelqu'un est en danger maintenant : appelez tout de suite le 17 ou le 112."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'Oui, maintenant'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      ['boutons', 'Voir le menu'],
      ['résident', 'ils sont partis, ils avaient cassé la vitre'],
      ['robot', 'Votre signalement vous attend. Est-ce la suite ?'],
      ['boutons', "Oui, c'est la suite · Non, autre chose"],
      ['résident', "Oui, c'est la suite"],
      ...ASKED_MORE,
    ]));

  test('when all was read back', () =>
    expectTranscript({}, [
      ...UNTIL_RECAP,
      ['résident', 'il y a le feu', { danger: [2, 'fire'] }],
      ['robot', 'Appelez tout de suite le 18 ou le 112. Éloignez-vous du feu si vous pouvez.'],
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
      ['boutons', 'Porter plainte · Signaler · Parler à un délégué'],
      ['résident', 'Envoyer'],
      ...READ_BACK,
      ['résident', 'Envoyer'],
      ...SENT,
    ]));

  test('a question after it is answered, and the report goes on', () =>
    expectTranscript({}, [
      ...UNTIL_WHERE,
      ['résident', 'au secours', { danger: [2] }],
      ['robot', "Quelqu'un est en danger maintenant : appelez tout de suite le 17 ou le 112."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'Oui, maintenant'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      ['boutons', 'Voir le menu'],
      ['résident', 'qui lit ?', 'privacy.confidentiality'],
      ['robot', "Seuls les délégués peuvent ouvrir votre signalement. Votre nom n'est pas obligatoire."],
      [
        'robot',
        "Le secret n'est jamais total : la loi (article 40) oblige à transmettre certains faits graves au procureur.",
      ],
      [
        'robot',
        "Un signalement pas envoyé est effacé 24 heures après votre dernière réponse. Un signalement envoyé est effacé 90 jours après que les délégués l'ont clos.\nLe serveur scelle chaque réponse dès qu'il la reçoit.",
      ],
      ...prefaced('Reprenons votre signalement.', ASKED_WHERE),
    ]));

  test('a place that sounds like one', () =>
    expectTranscript({}, [
      ...UNTIL_WHERE,
      ['résident', 'chez moi', { danger: [2] }],
      ['robot', "Quelqu'un est en danger maintenant : appelez tout de suite le 17 ou le 112."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ...ASKED_WHEN,
    ]));
});
