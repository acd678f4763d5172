import { describe, test } from '@jest/globals';
import { OFFER } from '../support/report-lines.js';
import { expectTranscript } from '../support/transcript.js';

describe('a whole conversation', () => {
  test('by words and by buttons', () =>
    expectTranscript({}, [
      ['résident', 'slt', 'smalltalk.greeting'],
      ['robot', 'Bonjour. Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', 'Horaires'],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      [
        'carte',
        "Permanence des délégués · Mercredi 25 novembre, l'après-midi · Ajouter à mon agenda → /permanences/delegates/2026-11-25.ics",
      ],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', "Voir l'adresse"],
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
      ['résident', 'faut prendre rdv ?', 'permanence.appointment'],
      ['robot', "Je ne sais pas s'il faut un rendez-vous ou des papiers."],
      [
        'robot',
        "Vous pouvez rencontrer les délégués demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Vous pouvez y aller et poser la question.'],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', "y'a des rodéos tous les soirs", 'report.start'],
      ...OFFER,
      ['résident', 'Écrire à la police'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['boutons', 'Besançon · Pontarlier · Montbéliard · Je ne sais pas'],
      ['résident', 'Besançon', { sector: 'besancon' }],
      ['robot', "Je n'ai pas encore l'adresse e-mail pour Besançon."],
      [
        'robot',
        "Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit. Vous pouvez aussi venir à la permanence demain, mercredi 25 novembre, l'après-midi.",
      ],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
      ['carte', 'Écrire à la police · Ouvrir Ma Sécurité → https://www.masecurite.interieur.gouv.fr'],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'merci bcp', 'smalltalk.thanks'],
      ['robot', 'Avec plaisir.'],
      ['boutons', 'Voir le menu · Parler à un délégué'],
      ['résident', 'Voir le menu'],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));
});
