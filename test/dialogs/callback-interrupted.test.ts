import { describe, test } from '@jest/globals';
import { expectTranscript, type Line } from '../support/transcript.js';

const ASKED_NAME: readonly Line[] = [
  ['robot', "Un délégué peut vous rappeler. J'ai trois questions au plus. Seuls les délégués liront vos réponses."],
  ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
  ['robot', 'Quel est votre prénom ? Vous pouvez passer cette question.'],
  ['boutons', 'Passer · Annuler'],
];
const ASKED_CONTACT: readonly Line[] = [
  ['robot', 'À quel numéro peut-on vous rappeler ? Vous pouvez aussi donner un e-mail.'],
  ['boutons', 'Annuler'],
];
const ASKED_MOMENT: readonly Line[] = [
  ['robot', 'Quel moment vous convient ? Vous pouvez aussi écrire un jour, comme « demain matin ».'],
  ['boutons', "Le matin · L'après-midi · Le soir · Peu importe"],
];
const IS_IT_RIGHT: readonly Line[] = [
  ['robot', 'Est-ce juste ?'],
  ['boutons', 'Envoyer · Changer · Annuler'],
];

describe('a question in the middle', () => {
  test('is answered, and the form goes on', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', "c'est où la permanence ?", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
      ['robot', 'Reprenons votre demande de rappel.\nQuel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
      ['résident', 'Marie'],
      ...ASKED_CONTACT,
      ['résident', 'qui va lire mon numéro ?', 'privacy.confidentiality'],
      [
        'robot',
        "Vos messages sont confidentiels. Un robot vous répond. Un délégué lit la conversation si vous demandez un délégué ou un rappel, ou en cas de danger. La personne qui s'occupe du serveur peut aussi la lire.",
      ],
      [
        'robot',
        "Un signalement est scellé : seuls les délégués peuvent l'ouvrir.\nLe secret n'est jamais total : la loi (article 40) oblige à transmettre certains faits graves au procureur.",
      ],
      ['robot', 'Vos messages sont effacés 90 jours après le dernier. Vous pouvez les effacer avant.'],
      ['boutons', 'Effacer mes messages · Parler à un délégué'],
      [
        'robot',
        'Reprenons votre demande de rappel.\nÀ quel numéro peut-on vous rappeler ? Vous pouvez aussi donner un e-mail.',
      ],
      ['boutons', 'Annuler'],
      ['résident', '06 12 34 56 78'],
      ...ASKED_MOMENT,
      ['résident', "c'est ouvert demain ?", { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      [
        'robot',
        'Reprenons votre demande de rappel.\nQuel moment vous convient ? Vous pouvez aussi écrire un jour, comme « demain matin ».',
      ],
      ['boutons', "Le matin · L'après-midi · Le soir · Peu importe"],
      ['résident', 'Le soir'],
      ['robot', "Voici ce que j'ai noté :\n• Prénom : Marie\n• Téléphone : 06 12 34 56 78\n• Moment : le soir"],
      ...IS_IT_RIGHT,
      ['résident', 'merci', 'smalltalk.thanks'],
      ['robot', 'Je vous en prie.'],
      ['boutons', 'Voir le menu · Parler à un délégué'],
      [
        'robot',
        "Reprenons votre demande de rappel.\nVoici ce que j'ai noté :\n• Prénom : Marie\n• Téléphone : 06 12 34 56 78\n• Moment : le soir",
      ],
      ...IS_IT_RIGHT,
      ['résident', 'Envoyer'],
      ['robot', "C'est envoyé. Les délégués ont votre demande."],
      ['robot', "Je ne peux pas promettre l'heure. En cas de danger : 17, 112, ou SMS au 114."],
      ['boutons', 'Voir le menu'],
    ]));

  test('that asks something itself', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'mail de la police', 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['boutons', 'Besançon · Pontarlier · Montbéliard · Je ne sais pas'],
      ['résident', 'Pontarlier'],
      ['robot', "Je n'ai pas encore l'adresse e-mail pour Pontarlier."],
      ['robot', 'Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit.'],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['robot', 'Reprenons votre demande de rappel.\nQuel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
      ['résident', 'Marie'],
      ...ASKED_CONTACT,
    ]));

  test('that is left for another one', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'mail de la police', 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['boutons', 'Besançon · Pontarlier · Montbéliard · Je ne sais pas'],
      ['résident', "c'est où ?", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
      ['robot', 'Reprenons votre demande de rappel.\nQuel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
      ['résident', 'Marie'],
      ...ASKED_CONTACT,
    ]));

  test('of two readings', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Passer'],
      ...ASKED_CONTACT,
      ['résident', 'commissariat', { between: ['station.new', 'permanence.location'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', "Le futur commissariat · Voir l'adresse · Autre chose"],
      ['résident', 'le deuxième'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
      [
        'robot',
        'Reprenons votre demande de rappel.\nÀ quel numéro peut-on vous rappeler ? Vous pouvez aussi donner un e-mail.',
      ],
      ['boutons', 'Annuler'],
      ['résident', '06 12 34 56 78'],
      ...ASKED_MOMENT,
    ]));

  test('the request itself again', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Passer'],
      ...ASKED_CONTACT,
      ['résident', 'rappelez-moi'],
      ...ASKED_CONTACT,
    ]));

  test('« Ne plus attendre »: the call-back goes on', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ['robot', "Un délégué est connecté. Je l'ai prévenu."],
      ['robot', "Personne n'attend avant vous."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Ne plus attendre'],
      ['robot', "D'accord, vous n'attendez plus de délégué."],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['robot', 'Reprenons votre demande de rappel.\nQuel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
      ['résident', 'Passer'],
      ...ASKED_CONTACT,
      ['résident', '06 12 34 56 78'],
      ...ASKED_MOMENT,
      ['résident', 'Le soir'],
      ['robot', "Voici ce que j'ai noté :\n• Téléphone : 06 12 34 56 78\n• Moment : le soir"],
      ...IS_IT_RIGHT,
      ['résident', 'Envoyer'],
      ['robot', "C'est envoyé. Les délégués ont votre demande."],
      ['robot', "Je ne peux pas promettre l'heure. En cas de danger : 17, 112, ou SMS au 114."],
      ['boutons', 'Voir le menu'],
    ]));
});

describe('a danger in the middle', () => {
  test('comes first; the form waits until something else is written', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'il me frappe', { intent: 'emergency', danger: [2, 'violence'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
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
      ['résident', 'ouf'],
      ['robot', 'Reprenons votre demande de rappel.\nQuel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
      ['résident', 'Marie'],
      ...ASKED_CONTACT,
    ]));

  test('told as the reply to a question', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Passer'],
      ...ASKED_CONTACT,
      ['résident', 'au secours 06 12 34 56 78', { danger: [2] }],
      ['robot', "Quelqu'un est en danger maintenant : appelez tout de suite le 17 ou le 112."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
      ['résident', 'Oui, maintenant'],
      ['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.'],
      ['robot', "Mettez-vous à l'abri si vous pouvez. Si vous ne pouvez pas parler : SMS au 114."],
      ['boutons', 'Voir le menu'],
      ['résident', "c'est où ?", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
      [
        'robot',
        'Reprenons votre demande de rappel.\nÀ quel numéro peut-on vous rappeler ? Vous pouvez aussi donner un e-mail.',
      ],
      ['boutons', 'Annuler'],
    ]));

  test('a risk has its numbers under the next question', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Passer'],
      ...ASKED_CONTACT,
      ['résident', '06 12 34 56 78 il me menace', { danger: [1, 'violence'] }],
      ['robot', 'Quel moment vous convient ? Vous pouvez aussi écrire un jour, comme « demain matin ».'],
      ['robot', "Si le danger est là ou s'il revient, appelez le 17 ou le 112."],
      ['boutons', "Le matin · L'après-midi · Le soir · Peu importe"],
    ]));
});
