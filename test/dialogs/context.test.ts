import { describe, test } from '@jest/globals';
import { OFFER } from '../support/report-lines.js';
import { expectTranscript } from '../support/transcript.js';

describe('« et … ? » goes on from the last answer', () => {
  test('after the hours: a day, the commissaires on the same day, the place', () =>
    expectTranscript({}, [
      ['résident', "c'est ouvert demain ?", { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'et jeudi 3 ?', { on: '2026-12-03' }],
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
      ['résident', 'et pour les commissaires ?', { intent: 'permanence.commissioners' }],
      ['robot', 'Oui. Il y a une permanence des commissaires ce jour-là.'],
      ['robot', "C'est jeudi 3 décembre. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', "et l'adresse ?", { intent: 'contact.email' }],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
    ]));

  test('after the commissaires: a day, the hours, and back to the delegates', () =>
    expectTranscript({}, [
      ['résident', 'voir un commissaire', 'permanence.commissioners'],
      ['robot', 'La prochaine permanence des commissaires a lieu jeudi 3 décembre.'],
      ['robot', "C'est le 1er jeudi du mois. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'et le 1er janvier ?', { intent: 'permanence.hours', on: '2027-01-01' }],
      [
        'robot',
        "Non. Il n'y a pas de permanence des commissaires vendredi 1er janvier 2027 : c'est un jour férié (jour de l'An).",
      ],
      [
        'robot',
        'La prochaine permanence des commissaires : jeudi 3 décembre. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.',
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'et à quelle heure ?', 'permanence.hours'],
      ['robot', 'La prochaine permanence des commissaires a lieu jeudi 3 décembre.'],
      ['robot', "C'est le 1er jeudi du mois. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'et les délégués ?', 'delegates.role'],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('after the place: a day, the hours', () =>
    expectTranscript({}, [
      ['résident', "c'est où", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
      ['résident', 'et mercredi ?', { on: '2026-11-25' }],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('after the place: the hours', () =>
    expectTranscript({}, [
      ['résident', "c'est où", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
      ['résident', 'et les horaires ?'],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('after how to meet them: a day', () =>
    expectTranscript({}, [
      ['résident', "je veux parler à quelqu'un", 'handoff.request'],
      ['robot', "Un délégué est connecté. Je l'ai prévenu."],
      ['robot', "Personne n'attend avant vous."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
      ['résident', 'et mercredi ?', { on: '2026-11-25' }],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('after an e-mail address: another town', () =>
    expectTranscript({}, [
      ['résident', 'le mail pour besac', { intent: 'contact.email', sector: 'besancon' }],
      ['robot', "Je n'ai pas encore l'adresse e-mail pour Besançon."],
      [
        'robot',
        "Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit. Vous pouvez aussi venir à la permanence demain, mercredi 25 novembre, l'après-midi.",
      ],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'et à Pontarlier ?', { intent: 'permanence.hours', sector: 'pontarlier' }],
      ['robot', "Je n'ai pas encore l'adresse e-mail pour Pontarlier."],
      ['robot', 'Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit.'],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('after the hours: another town has none, its e-mail address is what there is', () =>
    expectTranscript({}, [
      ['résident', 'horaires', 'permanence.hours'],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'et à Pontarlier ?', { intent: 'permanence.hours', sector: 'pontarlier' }],
      [
        'robot',
        "Je connais seulement les permanences de Planoise.\nJe n'ai pas encore l'adresse e-mail pour Pontarlier.",
      ],
      ['robot', 'Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit.'],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('after the hours: the town itself is no other town', () =>
    expectTranscript({}, [
      ['résident', 'horaires', 'permanence.hours'],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'et à Besançon ?', { sector: 'besancon' }],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('after the new station: its own address and hours', () =>
    expectTranscript({}, [
      ['résident', 'le nouveau commissariat', 'station.new'],
      ['robot', 'Un nouveau commissariat est annoncé à Planoise, pour juillet.'],
      ['robot', 'Entre 15 et 25 policiers de plus sont annoncés.'],
      [
        'robot',
        "Je ne connais pas encore l'année, l'adresse ou les horaires. Dernière vérification : 1er novembre 2026.",
      ],
      ['boutons', 'La police au quotidien · Voir les horaires · Parler à un délégué'],
      ['résident', "et l'adresse ?", 'permanence.location'],
      ['robot', 'Un nouveau commissariat est annoncé à Planoise, pour juillet.'],
      ['robot', 'Entre 15 et 25 policiers de plus sont annoncés.'],
      [
        'robot',
        "Je ne connais pas encore l'année, l'adresse ou les horaires. Dernière vérification : 1er novembre 2026.",
      ],
      ['boutons', 'La police au quotidien · Voir les horaires · Parler à un délégué'],
      ['résident', 'et les horaires ?', 'permanence.hours'],
      ['robot', 'Un nouveau commissariat est annoncé à Planoise, pour juillet.'],
      ['robot', 'Entre 15 et 25 policiers de plus sont annoncés.'],
      [
        'robot',
        "Je ne connais pas encore l'année, l'adresse ou les horaires. Dernière vérification : 1er novembre 2026.",
      ],
      ['boutons', 'La police au quotidien · Voir les horaires · Parler à un délégué'],
      ['résident', "et la permanence c'est où ?", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
    ]));

  test('an e-mail address is no place', () =>
    expectTranscript({}, [
      ['résident', 'horaires', 'permanence.hours'],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', "et l'adresse mail ?", 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['boutons', 'Besançon · Pontarlier · Montbéliard · Je ne sais pas'],
    ]));
});

describe('nothing is carried over', () => {
  test('after an unrelated turn', () =>
    expectTranscript({}, [
      ['résident', 'horaires', 'permanence.hours'],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', "t'es un robot ?", 'bot.identity'],
      ['robot', "Je suis un robot. C'est un programme qui vous répond, pas une personne."],
      ['robot', "Ce service est une démonstration. Ce n'est pas un site officiel de l'État."],
      ['boutons', 'Parler à un délégué · Qui lit mes messages ?'],
      ['résident', 'et jeudi ?', { on: '2026-12-03' }],
      ['robot', "Je n'ai pas compris."],
      ['robot', 'Choisissez un sujet, ou écrivez votre question autrement.'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('after a message that was not understood', () =>
    expectTranscript({}, [
      ['résident', 'horaires', 'permanence.hours'],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'blabla'],
      ['robot', "Je n'ai pas compris."],
      ['robot', 'Choisissez un sujet, ou écrivez votre question autrement.'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', "et l'adresse ?"],
      ['robot', 'Je ne comprends toujours pas. Excusez-moi.'],
      ['robot', 'Voulez-vous parler à un délégué ?'],
      ['boutons', 'Parler à un délégué · Voir le menu'],
    ]));

  test('to a message that says it all', () =>
    expectTranscript({}, [
      ['résident', "c'est ouvert demain ?", { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'et je veux signaler du bruit jeudi', { intent: 'report.start', on: '2026-11-26' }],
      ...OFFER,
    ]));

  test('without « et », the day of the last answer is not meant', () =>
    expectTranscript({}, [
      ['résident', "c'est ouvert le 1er janvier ?", { intent: 'permanence.hours', on: '2027-01-01' }],
      [
        'robot',
        "Non. Il n'y a pas de permanence des délégués vendredi 1er janvier 2027 : c'est un jour férié (jour de l'An).",
      ],
      [
        'robot',
        "La prochaine permanence des délégués : demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'quand voir un commissaire', 'permanence.commissioners'],
      ['robot', 'La prochaine permanence des commissaires a lieu jeudi 3 décembre.'],
      ['robot', "C'est le 1er jeudi du mois. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('to a message that tells of a danger', () =>
    expectTranscript({}, [
      ['résident', 'horaires', 'permanence.hours'],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', "et hier il m'a tapé", { on: '2026-11-23', danger: [1, 'violence'] }],
      ['robot', "Je suis un robot et je n'ai pas tout compris."],
      ['robot', 'Voulez-vous parler à un délégué ?'],
      ['robot', "Si le danger est là ou s'il revient, appelez le 17 ou le 112."],
      ['boutons', 'Parler à un délégué · Signaler · Voir le menu'],
    ]));
});
