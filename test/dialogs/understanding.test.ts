import { describe, test } from '@jest/globals';
import { expectTranscript } from '../support/transcript.js';

describe('« Vouliez-vous dire »', () => {
  test('a button chooses', () =>
    expectTranscript({}, [
      ['résident', 'commissariat horaires', { between: ['permanence.hours', 'station.new'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Voir les horaires · Le futur commissariat · Autre chose'],
      ['résident', 'Le futur commissariat'],
      ['robot', 'Un nouveau commissariat est annoncé à Planoise, pour juillet.'],
      ['robot', 'Entre 15 et 25 policiers de plus sont annoncés.'],
      [
        'robot',
        "Je ne connais pas encore l'année, l'adresse ou les horaires. Dernière vérification : 1er novembre 2026.",
      ],
      ['boutons', 'La police au quotidien · Voir les horaires · Parler à un délégué'],
    ]));

  test('« le premier » chooses, and the day is kept', () =>
    expectTranscript({}, [
      [
        'résident',
        'c ouvert demain le commissaria',
        { between: ['permanence.hours', 'station.new'], on: '2026-11-25' },
      ],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['résident', 'le premier'],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
    ]));

  test('a button keeps the day too', () =>
    expectTranscript({}, [
      [
        'résident',
        'c ouvert demain le commissaria',
        { between: ['permanence.hours', 'station.new'], on: '2026-11-25' },
      ],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['résident', 'Voir les horaires'],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
    ]));

  test('neither, something else, unclear twice', () =>
    expectTranscript({}, [
      ['résident', 'hmm', { between: ['complaint.file', 'report.start'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Porter plainte · Faire un signalement · Autre chose'],
      ['résident', 'non'],
      ['robot', "D'accord. Que voulez-vous savoir ?"],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', 'hmm', { between: ['complaint.file', 'report.start'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Porter plainte · Faire un signalement · Autre chose'],
      ['résident', 'Autre chose'],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', 'hmm', { between: ['complaint.file', 'report.start'] }],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Porter plainte · Faire un signalement · Autre chose'],
      ['résident', 'oui'],
      ['robot', 'Choisissez une de ces réponses, ou écrivez votre question autrement.'],
      ['boutons', 'Porter plainte · Faire un signalement · Autre chose'],
      ['résident', 'oui'],
      ['robot', 'Je ne comprends toujours pas. Excusez-moi.'],
      ['robot', 'Voulez-vous parler à un délégué ?'],
      ['boutons', 'Parler à un délégué · Voir le menu'],
    ]));

  test('the numbers first when it may be a danger', () =>
    expectTranscript({}, [
      ['résident', 'il a frappé', { between: ['emergency', 'report.start'] }],
      ['robot', 'En cas de danger, appelez tout de suite le 17 ou le 112.'],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Voir les urgences · Faire un signalement · Autre chose'],
      ['résident', '1'],
      ['robot', "Quelqu'un est en danger maintenant : appelez tout de suite le 17 ou le 112."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
    ]));
});

describe('not understood', () => {
  test('two misses in a row offer a delegate, and « oui » accepts', () =>
    expectTranscript({}, [
      ['résident', 'blabla'],
      ['robot', "Je n'ai pas compris."],
      ['robot', 'Choisissez un sujet, ou écrivez votre question autrement.'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', 'zzzz'],
      ['robot', 'Je ne comprends toujours pas. Excusez-moi.'],
      ['robot', 'Voulez-vous parler à un délégué ?'],
      ['boutons', 'Parler à un délégué · Voir le menu'],
      ['résident', 'qqqq'],
      ['robot', "Je n'ai pas compris non plus. Excusez-moi."],
      ['robot', 'Voulez-vous parler à un délégué ?'],
      ['boutons', 'Parler à un délégué · Voir le menu'],
      ['résident', 'oui'],
      ['robot', "Un délégué est connecté. Je l'ai prévenu."],
      ['robot', "Personne n'attend avant vous."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
      ['résident', 'blabla'],
      ['robot', 'Le délégué lira ce message. En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));

  test('a message that is understood starts the count again', () =>
    expectTranscript({}, [
      ['résident', 'blabla'],
      ['robot', "Je n'ai pas compris."],
      ['robot', 'Choisissez un sujet, ou écrivez votre question autrement.'],
      ['résident', 'bonjour', 'smalltalk.greeting'],
      ['robot', 'Bonjour. Posez-moi votre question.'],
      ['résident', 'zzzz'],
      ['robot', "Je n'ai pas compris."],
      ['robot', 'Choisissez un sujet, ou écrivez votre question autrement.'],
      ['résident', 'zzzz'],
      ['robot', 'Je ne comprends toujours pas. Excusez-moi.'],
      ['robot', 'Voulez-vous parler à un délégué ?'],
      ['résident', 'non merci'],
      ['robot', "D'accord. Que voulez-vous savoir ?"],
      ['résident', 'oui'],
      ['robot', "D'accord. Que voulez-vous savoir ?"],
    ]));
});

describe('read in context', () => {
  test('« jeudi prochain ? » is of the delegates, whose answer tells of the commissaires too', () =>
    expectTranscript({}, [
      ['résident', 'le jeudi 3 ?', { between: ['permanence.hours', 'permanence.commissioners'], on: '2026-12-03' }],
      ['robot', "Non. Il n'y a pas de permanence des délégués jeudi 3 décembre."],
      [
        'robot',
        'Mais ce jour-là, il y a une permanence des commissaires. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.',
      ],
      [
        'robot',
        "La prochaine permanence des délégués : demain, mercredi 25 novembre, l'après-midi. Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026.",
      ],
    ]));

  test('… but of the commissaires when they were talked about', () =>
    expectTranscript({}, [
      ['résident', 'voir un commissaire', 'permanence.commissioners'],
      ['robot', 'La prochaine permanence des commissaires a lieu jeudi 3 décembre.'],
      ['robot', "C'est le 1er jeudi du mois. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['résident', 'le jeudi 3 ?', { between: ['permanence.hours', 'permanence.commissioners'], on: '2026-12-03' }],
      ['robot', 'Oui. Il y a une permanence des commissaires ce jour-là.'],
      ['robot', "C'est jeudi 3 décembre. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
    ]));

  test('a day alone, with nothing talked about, is not guessed', () =>
    expectTranscript({}, [
      ['résident', 'le 3 décembre', { on: '2026-12-03' }],
      ['robot', "Je n'ai pas compris."],
      ['robot', 'Choisissez un sujet, ou écrivez votre question autrement.'],
    ]));

  test('« et le 1er janvier ? » goes on about dates; another town has an e-mail address only', () =>
    expectTranscript({}, [
      ['résident', 'horaires ?', 'permanence.hours'],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['résident', 'et le 1er janvier ?', { on: '2027-01-01' }],
      [
        'robot',
        "Non. Il n'y a pas de permanence des délégués vendredi 1er janvier 2027 : c'est un jour férié (jour de l'An).",
      ],
      [
        'robot',
        "La prochaine permanence des délégués : demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['résident', 'et à Pontarlier ?', { sector: 'pontarlier' }],
      [
        'robot',
        "Je connais seulement les permanences de Planoise.\nJe n'ai pas encore l'adresse e-mail pour Pontarlier.",
      ],
      ['robot', 'Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit.'],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
      ['résident', 'Pontarlier'],
      ['robot', "Je n'ai pas encore l'adresse e-mail pour Pontarlier."],
      ['robot', 'Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit.'],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
    ]));
});
