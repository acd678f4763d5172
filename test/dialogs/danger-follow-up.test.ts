import { describe, test } from '@jest/globals';
import { expectTranscript } from '../support/transcript.js';

describe('the question after a danger', () => {
  test('the question is asked once more, with the numbers, when the reply is not clear', () =>
    expectTranscript({}, [
      ['résident', 'il a un couteau', { danger: [2, 'violence'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'euh'],
      ['robot', "Je n'ai pas compris. En cas de danger, appelez le 17 ou le 112."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'euh'],
      ['robot', 'Je ne comprends toujours pas. Excusez-moi.'],
      ['robot', 'Voulez-vous parler à un délégué ?'],
      ['boutons', 'Parler à un délégué · Voir le menu'],
    ]));

  test('« je ne sais pas »', () =>
    expectTranscript({}, [
      ['résident', 'il a un couteau', { danger: [2, 'violence'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'je sais pas'],
      ['robot', 'Dans le doute, appelez le 17 ou le 112. Si vous ne pouvez pas parler : SMS au 114.'],
      ['boutons', 'Voir le menu'],
    ]));

  test('« annuler »', () =>
    expectTranscript({}, [
      ['résident', 'il a un couteau', { danger: [2, 'violence'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'annuler'],
      ['robot', "D'accord. En cas de danger, appelez le 17 ou le 112."],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('another question is answered', () =>
    expectTranscript({}, [
      ['résident', 'il a un couteau', { danger: [2, 'violence'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', "c'est où la permanence ?", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
    ]));

  test('a second danger: the numbers again, and what is known of both', () =>
    expectTranscript({}, [
      ['résident', 'mon mari me frappe', { danger: [2, 'domestic'] }],
      ['robot', 'En danger maintenant : appelez le 17 ou le 112. Si vous ne pouvez pas parler : SMS au 114.'],
      [
        'robot',
        "Je suis un robot, pas une ligne d'urgence : je n'ai prévenu personne. Quelqu'un peut lire cet écran ? Effacez la conversation, puis touchez « Quitter vite ».",
      ],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'il tape mon fils', { danger: [2, 'child'] }],
      ['robot', 'Un enfant est en danger maintenant : appelez le 17 ou le 112. Pour être conseillé : le 119.'],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'oui'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      ['boutons', 'Voir le menu'],
    ]));

  test('suicidal words: unclear, then left', () =>
    expectTranscript({}, [
      ['résident', 'je veux mourir', { danger: [2, 'suicide'] }],
      [
        'robot',
        "Au 3114, quelqu'un vous écoute, jour et nuit. C'est gratuit. En danger tout de suite : appelez le 15 ou le 112.",
      ],
      ['robot', "Merci de l'avoir écrit. Je suis un robot, pas une ligne d'urgence : je n'ai prévenu personne."],
      ['robot', 'Êtes-vous en sécurité maintenant ?'],
      ['boutons', 'Oui, en sécurité · Non, pas en sécurité'],
      ['résident', 'hmm'],
      ['robot', "Je n'ai pas compris. Excusez-moi. Au 3114, quelqu'un vous écoute, jour et nuit."],
      ['robot', 'Êtes-vous en sécurité maintenant ?'],
      ['boutons', 'Oui, en sécurité · Non, pas en sécurité'],
      ['résident', "je suis à l'abri"],
      ['robot', 'Merci de me répondre. Le 3114 vous écoute quand vous voulez, jour et nuit.'],
      ['robot', "Vous pouvez aussi en parler à quelqu'un de confiance. En danger, appelez le 15 ou le 112."],
      ['boutons', 'Parler à un délégué · Voir le menu'],
    ]));

  test('a question that waits is left without a word', () =>
    expectTranscript({}, [
      ['résident', 'effacer mes messages', 'privacy.delete'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['boutons', 'Oui, tout effacer · Non, tout garder'],
      ['résident', 'il me frappe', { danger: [2, 'violence'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', "non c'est fini"],
      [
        'robot',
        'Vous pouvez porter plainte, même plus tard. Vous pouvez aussi en parler aux délégués, ou faire un signalement ici.',
      ],
      ['robot', 'Le 116 006 aide les victimes, de 9 h à 20 h, 7 j/7. Si le danger revient, appelez le 17 ou le 112.'],
      ['boutons', 'Porter plainte · Signaler · Parler à un délégué'],
    ]));

  test('buttons that are pressed late', () =>
    expectTranscript({}, [
      ['résident', 'Oui, maintenant'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      ['boutons', 'Voir le menu'],
      ['résident', "Non, c'est passé"],
      [
        'robot',
        'Vous pouvez porter plainte, même plus tard. Vous pouvez aussi en parler aux délégués, ou faire un signalement ici.',
      ],
      ['robot', 'Le 116 006 aide les victimes, de 9 h à 20 h, 7 j/7. Si le danger revient, appelez le 17 ou le 112.'],
      ['boutons', 'Porter plainte · Signaler · Parler à un délégué'],
      ['résident', 'Non, pas en sécurité'],
      ['robot', 'Appelez maintenant le 15 ou le 112. Si vous ne pouvez pas parler : SMS au 114.'],
      ['robot', "Allez près de quelqu'un si vous pouvez. Au 3114, quelqu'un vous écoute aussi, jour et nuit."],
      ['boutons', 'Voir le menu'],
      ['résident', 'Oui, en sécurité'],
      ['robot', 'Merci de me répondre. Le 3114 vous écoute quand vous voulez, jour et nuit.'],
      ['robot', "Vous pouvez aussi en parler à quelqu'un de confiance. En danger, appelez le 15 ou le 112."],
      ['boutons', 'Parler à un délégué · Voir le menu'],
    ]));

  test('« Voir les urgences » asks too', () =>
    expectTranscript({}, [
      ['résident', 'Voir les urgences'],
      ['robot', "Quelqu'un est en danger maintenant : appelez tout de suite le 17 ou le 112."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'oui'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      ['boutons', 'Voir le menu'],
    ]));

  test('« oui » with more words', () =>
    expectTranscript({}, [
      ['résident', 'il a un couteau', { danger: [2, 'violence'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'oui il casse tout'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      ['boutons', 'Voir le menu'],
    ]));

  test('« les deux », one of them a danger: the danger', () =>
    expectTranscript({}, [
      ['résident', 'il a frappé', { between: ['emergency', 'report.start'] }],
      ['robot', 'En cas de danger, appelez tout de suite le 17 ou le 112.'],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Voir les urgences · Faire un signalement · Autre chose'],
      ['résident', 'les deux'],
      ['robot', "Quelqu'un est en danger maintenant : appelez tout de suite le 17 ou le 112."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
    ]));
});

describe('while a delegate holds the conversation', () => {
  test('under way: the numbers, no question', () =>
    expectTranscript({ status: 'assigned' }, [
      ['résident', 'il a un couteau', { danger: [2, 'violence'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Envoyer un SMS au 114 → sms:114",
      ],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['résident', 'oui'],
    ]));

  test('past: the numbers', () =>
    expectTranscript({ status: 'assigned' }, [
      ['résident', "il m'a frappée l'an dernier", { danger: [1, 'domestic'] }],
      ['robot', 'Le 3919 écoute et conseille, jour et nuit. En danger : 17, 112, ou SMS au 114.'],
      [
        'carte',
        "Numéros d'urgence · Vous ne pouvez pas parler ? Envoyez un SMS au 114. · Appeler le 17 : Police secours → tel:17 · Appeler le 112 : Numéro d'urgence européen → tel:112 · Appeler le 3919 : Violences faites aux femmes → tel:3919 · Envoyer un SMS au 114 → sms:114",
      ],
    ]));
});
