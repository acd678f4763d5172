import { describe, test } from '@jest/globals';
import { ASKED_CODE, OFFER } from '../support/report-lines.js';
import { expectTranscript, FACTS } from '../support/transcript.js';

const STATION_OPEN = {
  station: {
    ...FACTS.station,
    status: 'open',
    address: '3 rue de Dole, Planoise',
    hours: 'du lundi au samedi, de 9 h à 18 h',
  },
} as const;
const STATION_YEAR = { station: { ...FACTS.station, openingYear: 2027 } };

describe('answers from the facts', () => {
  test('the menu', () =>
    expectTranscript({}, [
      ['résident', 'bonjour ça marche comment', 'bot.help'],
      [
        'robot',
        'Je réponds sur les permanences, les délégués et la police à Planoise. Vous pouvez aussi faire un signalement ici.',
      ],
      ['robot', 'Choisissez un sujet, ou écrivez votre question.'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('who answers', () =>
    expectTranscript({}, [
      ['résident', "t'es un robot ?", 'bot.identity'],
      ['robot', "Je suis un robot. C'est un programme qui vous répond, pas une personne."],
      ['robot', "Ce service est une démonstration. Ce n'est pas un site officiel de l'État."],
      ['boutons', 'Parler à un délégué · Qui lit mes messages ?'],
    ]));

  test('where', () =>
    expectTranscript({}, [
      ['résident', "c'est où ?", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      [
        'carte',
        'Maison de Services au Public · 7/9 rue Picasso, Planoise, Besançon · Voir le plan → https://www.openstreetmap.org/search?query=7%20rue%20Picasso%2C%20Besan%C3%A7on',
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
    ]));

  test('appointment', () =>
    expectTranscript({}, [
      ['résident', 'faut un rdv ?', 'permanence.appointment'],
      ['robot', "Je ne sais pas s'il faut un rendez-vous ou des papiers."],
      [
        'robot',
        "Vous pouvez rencontrer les délégués demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Vous pouvez y aller et poser la question.'],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('the delegates', () =>
    expectTranscript({}, [
      ['résident', "c'est qui les délégués ?", 'delegates.role'],
      ['robot', 'Deux délégués vous reçoivent. Ce sont des policiers à la retraite, devenus réservistes.'],
      ['robot', 'Ils écoutent vos problèmes et vos informations. Ils les transmettent de façon confidentielle.'],
      ['robot', 'Pour une plainte, allez dans un commissariat. En cas de danger, appelez le 17.'],
      ['boutons', 'Voir les horaires · Porter plainte · Parler à un délégué'],
    ]));

  test('everyday policing', () =>
    expectTranscript({}, [
      ['résident', 'pourquoi autant de patrouilles ?', 'policing.daily'],
      [
        'robot',
        "Cela s'appelle la police de sécurité du quotidien. Les policiers rencontrent les habitants de Planoise.",
      ],
      ['robot', 'Ils écoutent vos inquiétudes et cherchent de quoi vous avez besoin. La ville de Besançon les aide.'],
      ['boutons', 'Les actions éducatives · Le futur commissariat · Parler à un délégué'],
    ]));

  test('educational actions', () =>
    expectTranscript({}, [
      ['résident', 'vous venez dans les écoles ?', 'prevention.actions'],
      ['robot', 'Des actions éducatives sont annoncées avec le nouveau commissariat de Planoise.'],
      ['robot', 'Je ne connais pas la liste de ces actions. Un délégué peut vous en dire plus.'],
      ['boutons', 'Le futur commissariat · Parler à un délégué'],
    ]));

  test('confidentiality', () =>
    expectTranscript({}, [
      ['résident', "c'est anonyme ?", 'privacy.confidentiality'],
      [
        'robot',
        "Vos messages sont confidentiels. Un robot vous répond. Un délégué lit la conversation si vous demandez un délégué ou un rappel, ou en cas de danger. La personne qui s'occupe du serveur peut aussi la lire.",
      ],
      [
        'robot',
        "Un signalement est scellé : seuls les délégués peuvent l'ouvrir.\nLe secret n'est jamais total : la loi (article 40) oblige à transmettre certains faits graves au procureur.",
      ],
      ['robot', 'Vos messages sont effacés 90 jours après le dernier. Vous pouvez les effacer avant.'],
      ['carte', 'Confidentialité · Lire la page → /confidentialite'],
      ['boutons', 'Effacer mes messages · Parler à un délégué'],
    ]));

  test('complaint', () =>
    expectTranscript({}, [
      ['résident', 'je veux porter plainte', 'complaint.file'],
      ['robot', "Porter plainte, c'est demander à la justice de punir un fait."],
      ['robot', 'Je suis un robot : je ne peux pas prendre une plainte. Vous pouvez la déposer dans un commissariat.'],
      ['robot', "Pour certains vols ou dégâts, si l'auteur est inconnu, vous pouvez la faire en ligne."],
      [
        'carte',
        'Plainte en ligne · Ouvrir Plainte en ligne → https://www.plainte-en-ligne.masecurite.interieur.gouv.fr · Ouvrir Pré-plainte en ligne → https://www.pre-plainte-en-ligne.gouv.fr',
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
    ]));

  test('who runs it, when it is known', () =>
    expectTranscript({ operator: 'la ville de Besançon' }, [
      ['résident', "t'es qui ?", 'bot.identity'],
      ['robot', "Je suis un robot. C'est un programme qui vous répond, pas une personne."],
      ['robot', 'Ce service est géré par la ville de Besançon.'],
    ]));
});

describe('the new station', () => {
  test('as announced', () =>
    expectTranscript({}, [
      ['résident', 'il ouvre quand le commissariat ?', 'station.new'],
      ['robot', 'Un nouveau commissariat est annoncé à Planoise, pour juillet.'],
      ['robot', 'Entre 15 et 25 policiers de plus sont annoncés.'],
      [
        'robot',
        "Je ne connais pas encore l'année, l'adresse ou les horaires. Dernière vérification : 1er novembre 2026.",
      ],
      ['boutons', 'La police au quotidien · Voir les horaires · Parler à un délégué'],
    ]));

  test('with its year', () =>
    expectTranscript({ facts: STATION_YEAR }, [
      ['résident', 'le nouveau commissariat ?', 'station.new'],
      ['robot', 'Un nouveau commissariat est annoncé à Planoise, pour juillet 2027.'],
      ['robot', 'Entre 15 et 25 policiers de plus sont annoncés.'],
      ['robot', "Je ne connais pas encore l'adresse ou les horaires. Dernière vérification : 1er novembre 2026."],
    ]));

  test('open, as far as the facts tell', () =>
    expectTranscript({ facts: STATION_OPEN }, [
      ['résident', 'le nouveau commissariat est ouvert ?', 'station.new'],
      ['robot', 'Le nouveau commissariat de Planoise est ouvert.'],
      ['robot', 'Entre 15 et 25 policiers de plus étaient annoncés.'],
      [
        'robot',
        'Adresse : 3 rue de Dole, Planoise. Horaires : du lundi au samedi, de 9 h à 18 h. Dernière vérification : 1er novembre 2026.',
      ],
    ]));
});

describe('reports', () => {
  test('a report', () =>
    expectTranscript({}, [['résident', "y'a des rodéos tous les soirs", 'report.start'], ...OFFER]));

  test('what became of a report', () =>
    expectTranscript({}, [['résident', 'où en est mon signalement ?', 'report.status'], ...ASKED_CODE]));
});
