import { describe, test } from '@jest/globals';
import { expectTranscript, withDelegates } from '../support/transcript.js';

const WITH_HOURS = withDelegates({ slot: { hours: { from: '14:00', to: '16:00' } } });
const NEVER = withDelegates({ closures: [{ from: '2026-01-01', to: '2035-12-31' }] });

describe("« C'est quand ? »", () => {
  test('the next one, with its card', () =>
    expectTranscript({}, [
      ['résident', "c'est quand la prochaine ?", 'permanence.hours'],
      ['robot', "La prochaine permanence des délégués a lieu demain, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      [
        'carte',
        "Permanence des délégués · Mercredi 25 novembre, l'après-midi · Ajouter à mon agenda → /permanences/delegates/2026-11-25.ics",
      ],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('on its own day, before it begins', () =>
    expectTranscript({ now: new Date('2026-11-25T08:00:00Z') }, [
      ['résident', "c'est quand la prochaine ?", 'permanence.hours'],
      ['robot', "La prochaine permanence des délégués a lieu aujourd'hui, mercredi 25 novembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['résident', "c'est ouvert aujourd'hui ?", { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', "Oui. Il y a une permanence des délégués aujourd'hui."],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
    ]));

  test('when it is open now', () =>
    expectTranscript({ now: new Date('2026-11-25T13:30:00Z'), facts: WITH_HOURS }, [
      ['résident', "c'est ouvert maintenant ?", { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', 'Oui. La permanence des délégués est ouverte maintenant, de 14 h à 16 h.'],
      ['robot', 'Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      ['robot', 'Dernière vérification : 1er novembre 2026.'],
      ['résident', "c'est quand ?", 'permanence.hours'],
      ['robot', 'La permanence des délégués est ouverte maintenant, de 14 h à 16 h.'],
      ['robot', 'Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      ['robot', 'Dernière vérification : 1er novembre 2026.'],
    ]));

  test('when that of today is over', () =>
    expectTranscript({ now: new Date('2026-11-25T19:00:00Z') }, [
      ['résident', "c'est ouvert aujourd'hui ?", { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', "La permanence des délégués d'aujourd'hui est terminée."],
      [
        'robot',
        "La prochaine permanence des délégués : mercredi 2 décembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['résident', "c'est quand ?", 'permanence.hours'],
      ['robot', "La permanence des délégués d'aujourd'hui est terminée."],
      [
        'robot',
        "La prochaine permanence des délégués : mercredi 2 décembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['résident', 'cette semaine ?', { intent: 'permanence.hours', on: ['2026-11-23', '2026-11-29'] }],
      ['robot', "Non. Il n'y a plus de permanence des délégués d'ici le dimanche 29 novembre."],
      [
        'robot',
        "La prochaine permanence des délégués : mercredi 2 décembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
    ]));

  test('when none is known', () =>
    expectTranscript({ facts: NEVER }, [
      ['résident', "c'est quand ?", 'permanence.hours'],
      ['robot', 'Je ne connais pas la date de la prochaine permanence des délégués.'],
      ['boutons', 'Écrire à la police · Parler à un délégué'],
      ['résident', 'demain ?', { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', "Non. Il n'y a pas de permanence des délégués demain, mercredi 25 novembre : elle est annulée."],
      ['robot', 'Je ne connais pas la date de la prochaine permanence des délégués.'],
      ['robot', 'Dernière vérification : 1er novembre 2026.'],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'un délégué svp', 'handoff.request'],
      ['robot', "Un délégué est connecté. Je l'ai prévenu."],
      ['robot', "Personne n'attend avant vous."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));
});

describe('« La semaine prochaine ? »', () => {
  test('one date, none, too many, two', () =>
    expectTranscript({}, [
      ['résident', 'la semaine prochaine ?', { intent: 'permanence.hours', on: ['2026-11-30', '2026-12-06'] }],
      ['robot', "Il y a une permanence des délégués mercredi 2 décembre, l'après-midi."],
      ['robot', 'Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      [
        'carte',
        "Permanence des délégués · Mercredi 2 décembre, l'après-midi · Ajouter à mon agenda → /permanences/delegates/2026-12-02.ics",
      ],
      ['résident', 'ce week-end ?', { intent: 'permanence.hours', on: ['2026-11-28', '2026-11-29'] }],
      ['robot', "Non. Il n'y a pas de permanence des délégués du samedi 28 novembre au dimanche 29 novembre."],
      [
        'robot',
        "La prochaine permanence des délégués : demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      [
        'carte',
        "Permanence des délégués · Mercredi 25 novembre, l'après-midi · Ajouter à mon agenda → /permanences/delegates/2026-11-25.ics",
      ],
      ['résident', 'en décembre ?', { intent: 'permanence.hours', on: ['2026-12-01', '2026-12-31'] }],
      [
        'robot',
        "Voici les dates de la permanence des délégués :\n• mercredi 2 décembre, l'après-midi\n• mercredi 9 décembre, l'après-midi\n• mercredi 16 décembre, l'après-midi\nIl y en a d'autres après.",
      ],
      ['robot', 'Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['carte', 'Permanence des délégués · Suivre dans mon agenda → /permanences.ics'],
      ['résident', 'ces deux semaines ?', { intent: 'permanence.hours', on: ['2026-11-23', '2026-12-06'] }],
      [
        'robot',
        "Voici les dates de la permanence des délégués :\n• demain, mercredi 25 novembre, l'après-midi\n• mercredi 2 décembre, l'après-midi",
      ],
      ['robot', 'Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['carte', 'Permanence des délégués · Suivre dans mon agenda → /permanences.ics'],
    ]));

  test('none is left', () =>
    expectTranscript({ now: new Date('2026-11-25T19:00:00Z') }, [
      ['résident', "aujourd'hui ou demain ?", { intent: 'permanence.hours', on: ['2026-11-24', '2026-11-25'] }],
      ['robot', "Non. Il n'y a plus de permanence des délégués d'ici le mercredi 25 novembre."],
      [
        'robot',
        "La prochaine permanence des délégués : mercredi 2 décembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
    ]));
});

describe('« Voir un commissaire »', () => {
  test('the commissaires have their own days', () =>
    expectTranscript({}, [
      ['résident', 'je veux voir un commissaire', 'permanence.commissioners'],
      ['robot', 'La prochaine permanence des commissaires a lieu jeudi 3 décembre.'],
      ['robot', "C'est le 1er jeudi du mois. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      [
        'carte',
        'Permanence des commissaires · Jeudi 3 décembre · Ajouter à mon agenda → /permanences/commissioners/2026-12-03.ics',
      ],
      ['résident', 'ils sont là demain ?', { intent: 'permanence.commissioners', on: '2026-11-25' }],
      ['robot', "Non. Il n'y a pas de permanence des commissaires demain, mercredi 25 novembre."],
      [
        'robot',
        'Mais ce jour-là, il y a une permanence des délégués. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.',
      ],
      [
        'robot',
        "La prochaine permanence des commissaires : jeudi 3 décembre. Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026.",
      ],
      [
        'carte',
        'Permanence des commissaires · Jeudi 3 décembre · Ajouter à mon agenda → /permanences/commissioners/2026-12-03.ics',
      ],
      ['résident', 'et le 3 décembre ?', { on: '2026-12-03' }],
      ['robot', 'Oui. Il y a une permanence des commissaires ce jour-là.'],
      ['robot', "C'est jeudi 3 décembre. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      [
        'carte',
        'Permanence des commissaires · Jeudi 3 décembre · Ajouter à mon agenda → /permanences/commissioners/2026-12-03.ics',
      ],
    ]));
});
