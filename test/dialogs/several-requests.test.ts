import { describe, test } from '@jest/globals';
import { expectTranscript } from '../support/transcript.js';

describe('several requests in one message', () => {
  test("« c'est où et à quelle heure ? »: both, in this order, the address once", () =>
    expectTranscript({}, [
      [
        'résident',
        "c'est où et à quelle heure ?",
        { intent: 'permanence.location', both: ['permanence.location', 'permanence.hours'] },
      ],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      [
        'carte',
        'Maison de Services au Public · 7/9 rue Picasso, Planoise, Besançon · Voir le plan → https://www.openstreetmap.org/search?query=7%20rue%20Picasso%2C%20Besan%C3%A7on',
      ],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      [
        'robot',
        "C'est tous les mercredis. Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026.",
      ],
      [
        'carte',
        "Permanence des délégués · Mercredi 25 novembre, l'après-midi · Ajouter à mon agenda → /permanences/delegates/2026-11-25.ics",
      ],
      ['boutons', 'Parler à un délégué'],
    ]));

  test('the other order', () =>
    expectTranscript({}, [
      ['résident', 'quand et où ?', { intent: 'permanence.hours', both: ['permanence.hours', 'permanence.location'] }],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      [
        'robot',
        "C'est tous les mercredis. Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026.",
      ],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Parler à un délégué'],
    ]));

  test('both permanences, and « et jeudi 3 ? » goes on from the first', () =>
    expectTranscript({}, [
      [
        'résident',
        'quand sont les délégués et les commissaires',
        { intent: 'permanence.hours', both: ['permanence.hours', 'permanence.commissioners'] },
      ],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      [
        'robot',
        "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise. Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026.",
      ],
      ['robot', 'La prochaine permanence des commissaires a lieu jeudi 3 décembre.'],
      [
        'robot',
        "C'est le 1er jeudi du mois. Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026.",
      ],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'et le jeudi 3 ?', { intent: 'permanence.hours', on: '2026-12-03' }],
      ['robot', "Non. Il n'y a pas de permanence des délégués jeudi 3 décembre."],
      [
        'robot',
        'Mais ce jour-là, il y a une permanence des commissaires. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.',
      ],
      [
        'robot',
        "La prochaine permanence des délégués : demain, mercredi 25 novembre, l'après-midi. Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026.",
      ],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('a day is for both', () =>
    expectTranscript({}, [
      [
        'résident',
        "vous êtes là demain ? et c'est où",
        { intent: 'permanence.hours', both: ['permanence.hours', 'permanence.location'], on: '2026-11-25' },
      ],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026.",
      ],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Parler à un délégué'],
    ]));

  test('a greeting with a request gets the request only', () =>
    expectTranscript({}, [
      [
        'résident',
        "bonjour c'est où",
        { intent: 'permanence.location', both: ['smalltalk.greeting', 'permanence.location'] },
      ],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
    ]));

  test('thanks with a request too', () =>
    expectTranscript({}, [
      [
        'résident',
        'ok merci et faut un rdv ?',
        { intent: 'permanence.appointment', both: ['smalltalk.thanks', 'permanence.appointment'] },
      ],
      ['robot', "Je ne sais pas s'il faut un rendez-vous ou des papiers."],
      [
        'robot',
        "Vous pouvez rencontrer les délégués demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Vous pouvez y aller et poser la question.'],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('a greeting and a thank-you are small talk', () =>
    expectTranscript({}, [
      ['résident', 'bonjour merci', { intent: 'smalltalk.greeting', both: ['smalltalk.greeting', 'smalltalk.thanks'] }],
      ['robot', 'Bonjour. Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('what asks something comes last', () =>
    expectTranscript({}, [
      [
        'résident',
        "l'adresse mail et les horaires",
        { intent: 'contact.email', both: ['contact.email', 'permanence.hours'] },
      ],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      [
        'robot',
        "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise. Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026.",
      ],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['boutons', 'Besançon · Pontarlier · Montbéliard · Je ne sais pas'],
      ['résident', 'Pontarlier', { sector: 'pontarlier' }],
      ['robot', "Je n'ai pas encore l'adresse e-mail pour Pontarlier."],
      ['robot', 'Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit.'],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('two questions of our own at once: one is chosen first', () =>
    expectTranscript({}, [
      [
        'résident',
        'effacez tout et donnez moi le mail',
        { intent: 'privacy.delete', both: ['privacy.delete', 'contact.email'] },
      ],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Effacer mes messages · Écrire à la police · Autre chose'],
      ['résident', 'le premier'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['boutons', 'Oui, tout effacer · Non, tout garder'],
    ]));

  test('long answers are kept short together', () =>
    expectTranscript({}, [
      [
        'résident',
        'qui êtes vous les délégués et je peux porter plainte ?',
        { intent: 'delegates.role', both: ['delegates.role', 'complaint.file'] },
      ],
      ['robot', 'Deux délégués vous reçoivent. Ce sont des policiers à la retraite, devenus réservistes.'],
      [
        'robot',
        'Ils écoutent vos problèmes et vos informations. Ils les transmettent de façon confidentielle. Pour une plainte, allez dans un commissariat. En cas de danger, appelez le 17.',
      ],
      ['robot', "Porter plainte, c'est demander à la justice de punir un fait."],
      [
        'robot',
        "Je suis un robot : je ne peux pas prendre une plainte. Vous pouvez la déposer dans un commissariat. Pour certains vols ou dégâts, si l'auteur est inconnu, vous pouvez la faire en ligne.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
    ]));

  test('a danger among them is answered alone', () =>
    expectTranscript({}, [
      [
        'résident',
        "il me tape et c'est où",
        { intent: 'emergency', both: ['emergency', 'permanence.location'], danger: [2, 'violence'] },
      ],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
    ]));
});
