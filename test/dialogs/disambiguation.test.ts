import { describe, test } from '@jest/globals';
import { INTRO } from '../support/report-lines.js';
import { expectTranscript } from '../support/transcript.js';

describe('« Vouliez-vous dire »', () => {
  test('« la 2 » chooses the second', () =>
    expectTranscript({}, [
      ['résident', 'commissariat horaires', { between: ['permanence.hours', 'station.new'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Voir les horaires · Le futur commissariat · Autre chose'],
      ['résident', 'la 2', { on: '2026-12-02' }],
      ['robot', 'Un nouveau commissariat est annoncé à Planoise, pour juillet.'],
      ['robot', 'Entre 15 et 25 policiers de plus sont annoncés.'],
      [
        'robot',
        "Je ne connais pas encore l'année, l'adresse ou les horaires. Dernière vérification : 1er novembre 2026.",
      ],
      ['boutons', 'La police au quotidien · Voir les horaires · Parler à un délégué'],
    ]));

  test('the title, typed', () =>
    expectTranscript({}, [
      ['résident', 'commissariat horaires', { between: ['permanence.hours', 'station.new'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Voir les horaires · Le futur commissariat · Autre chose'],
      ['résident', 'le futur commissariat svp', { intent: 'station.new' }],
      ['robot', 'Un nouveau commissariat est annoncé à Planoise, pour juillet.'],
      ['robot', 'Entre 15 et 25 policiers de plus sont annoncés.'],
      [
        'robot',
        "Je ne connais pas encore l'année, l'adresse ou les horaires. Dernière vérification : 1er novembre 2026.",
      ],
      ['boutons', 'La police au quotidien · Voir les horaires · Parler à un délégué'],
    ]));

  test('a part of the title, typed, that the recogniser does not know', () =>
    expectTranscript({}, [
      ['résident', 'commissariat horaires', { between: ['permanence.hours', 'station.new'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Voir les horaires · Le futur commissariat · Autre chose'],
      ['résident', 'commissariat'],
      ['robot', 'Un nouveau commissariat est annoncé à Planoise, pour juillet.'],
      ['robot', 'Entre 15 et 25 policiers de plus sont annoncés.'],
      [
        'robot',
        "Je ne connais pas encore l'année, l'adresse ou les horaires. Dernière vérification : 1er novembre 2026.",
      ],
      ['boutons', 'La police au quotidien · Voir les horaires · Parler à un délégué'],
    ]));

  test('other words for one of the two keep the day', () =>
    expectTranscript({}, [
      ['résident', 'demain ?', { between: ['permanence.hours', 'station.new'], on: '2026-11-25' }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Voir les horaires · Le futur commissariat · Autre chose'],
      ['résident', 'les horaires des délégués', { intent: 'permanence.hours' }],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('« les deux » answers both', () =>
    expectTranscript({}, [
      ['résident', 'ou quand', { between: ['permanence.location', 'permanence.hours'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', "Voir l'adresse · Voir les horaires · Autre chose"],
      ['résident', 'les deux'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      [
        'robot',
        "C'est tous les mercredis. Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026.",
      ],
      ['boutons', 'Parler à un délégué'],
    ]));

  test('« aucun » opens the menu, with a delegate', () =>
    expectTranscript({}, [
      ['résident', 'hmm', { between: ['complaint.file', 'report.start'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Porter plainte · Faire un signalement · Autre chose'],
      ['résident', 'aucun'],
      ['robot', "D'accord. Que voulez-vous savoir ?"],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('« le troisième » is « Autre chose »', () =>
    expectTranscript({}, [
      ['résident', 'hmm', { between: ['complaint.file', 'report.start'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Porter plainte · Faire un signalement · Autre chose'],
      ['résident', 'le troisième'],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('another question is answered', () =>
    expectTranscript({}, [
      ['résident', 'hmm', { between: ['complaint.file', 'report.start'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Porter plainte · Faire un signalement · Autre chose'],
      ['résident', "en fait c'est où ?", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
    ]));

  test('the numbers once, when the message tells of a danger that is past', () =>
    expectTranscript({}, [
      ['résident', "il m'a tapé", { between: ['emergency', 'report.start'], danger: [1, 'violence'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['robot', "Si le danger est là ou s'il revient, appelez le 17 ou le 112."],
      ['boutons', 'Voir les urgences · Faire un signalement · Autre chose'],
      ['résident', 'le deuxième'],
      ...INTRO,
    ]));

  test('two other questions at once are both answered', () =>
    expectTranscript({}, [
      ['résident', 'hmm', { between: ['permanence.hours', 'station.new'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Voir les horaires · Le futur commissariat · Autre chose'],
      [
        'résident',
        "les horaires et l'adresse",
        { intent: 'permanence.hours', both: ['permanence.hours', 'permanence.location'] },
      ],
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

  test('nobody is asked whether they meant to say hello', () =>
    expectTranscript({}, [
      ['résident', 'bonjour c ou', { between: ['permanence.location', 'smalltalk.greeting'] }],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
      ['résident', 'salut toi', { between: ['smalltalk.greeting', 'bot.help'] }],
      ['robot', 'Bonjour. Posez-moi votre question.'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('a danger is offered even beside a goodbye', () =>
    expectTranscript({}, [
      ['résident', "c'est fini", { between: ['smalltalk.goodbye', 'emergency'] }],
      ['robot', 'En cas de danger, appelez tout de suite le 17 ou le 112.'],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Dire au revoir · Voir les urgences · Autre chose'],
    ]));
});
