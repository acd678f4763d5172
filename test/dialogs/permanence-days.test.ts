import { describe, test } from '@jest/globals';
import { expectTranscript, withDelegates } from '../support/transcript.js';

const WITH_HOURS = withDelegates({ slot: { hours: { from: '14:00', to: '16:00' } } });
const WITH_CLOSURES = withDelegates({
  closures: [
    { from: '2026-11-25', to: '2026-11-25', reason: 'les délégués sont en formation' },
    { from: '2026-12-02', to: '2026-12-02' },
  ],
});
const OPEN_ON_HOLIDAYS = withDelegates({
  rule: { kind: 'weekly', weekday: 5, everyWeeks: 1 },
  onPublicHolidays: 'open',
});

describe("« C'est ouvert ce jour-là ? »", () => {
  test('tomorrow: yes, day and place, doubt', () =>
    expectTranscript({}, [
      ['résident', 'c ouvert demain ?', { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      [
        'carte',
        "Permanence des délégués · Mercredi 25 novembre, l'après-midi · Ajouter à mon agenda → /permanences/delegates/2026-11-25.ics",
      ],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('tomorrow, with hours that are known', () =>
    expectTranscript({ facts: WITH_HOURS }, [
      ['résident', 'c ouvert demain ?', { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', 'Oui. Il y a une permanence des délégués demain.'],
      [
        'robot',
        "C'est mercredi 25 novembre, de 14 h à 16 h. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Dernière vérification : 1er novembre 2026.'],
    ]));

  test('a day further away', () =>
    expectTranscript({}, [
      ['résident', 'et le 2 décembre ?', { intent: 'permanence.hours', on: '2026-12-02' }],
      ['robot', 'Oui. Il y a une permanence des délégués ce jour-là.'],
      [
        'robot',
        "C'est mercredi 2 décembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
    ]));

  test('today, when its hours are not known', () =>
    expectTranscript({ now: new Date('2026-11-25T14:00:00Z') }, [
      ['résident', "c'est ouvert là ?", { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', "La permanence des délégués a lieu aujourd'hui, mercredi 25 novembre, l'après-midi."],
      ['robot', 'Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas si c'est ouvert en ce moment. Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026.",
      ],
    ]));

  test('today, after it', () =>
    expectTranscript({ now: new Date('2026-11-25T15:00:00Z'), facts: WITH_HOURS }, [
      ['résident', "c'est ouvert maintenant ?", { intent: 'permanence.hours', on: '2026-11-25' }],
      ['robot', "La permanence des délégués d'aujourd'hui est terminée."],
      [
        'robot',
        'La prochaine permanence des délégués : mercredi 2 décembre, de 14 h à 16 h. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.',
      ],
      ['robot', 'Dernière vérification : 1er novembre 2026.'],
    ]));

  test('a Thursday, then the Thursday of the commissaires', () =>
    expectTranscript({}, [
      ['résident', 'jeudi prochain ?', { intent: 'permanence.hours', on: '2026-11-26' }],
      ['robot', "Non. Il n'y a pas de permanence des délégués après-demain, jeudi 26 novembre."],
      [
        'robot',
        "La prochaine permanence des délégués : demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['résident', "et le jeudi d'après ?", { intent: 'permanence.hours', on: '2026-12-03' }],
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

  test('a public holiday is named', () =>
    expectTranscript({}, [
      ['résident', 'et le 1er janvier ?', { intent: 'permanence.hours', on: '2027-01-01' }],
      [
        'robot',
        "Non. Il n'y a pas de permanence des délégués vendredi 1er janvier 2027 : c'est un jour férié (jour de l'An).",
      ],
      [
        'robot',
        "La prochaine permanence des délégués : demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
    ]));

  test('a public holiday on its weekday', () =>
    expectTranscript({ now: new Date('2026-11-09T09:00:00Z') }, [
      ['résident', 'mercredi ?', { intent: 'permanence.hours', on: '2026-11-11' }],
      [
        'robot',
        "Non. Il n'y a pas de permanence des délégués après-demain, mercredi 11 novembre : c'est un jour férié (armistice du 11 novembre 1918).",
      ],
      [
        'robot',
        "La prochaine permanence des délégués : mercredi 18 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
    ]));

  test('a public holiday that it is open on', () =>
    expectTranscript({ now: new Date('2026-12-22T09:00:00Z'), facts: OPEN_ON_HOLIDAYS }, [
      ['résident', 'vendredi ?', { intent: 'permanence.hours', on: '2026-12-25' }],
      ['robot', "Oui. Il y a une permanence des délégués ce jour-là, même si c'est un jour férié (Noël)."],
      [
        'robot',
        "C'est vendredi 25 décembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
    ]));

  test('a closure, with and without its reason', () =>
    expectTranscript({ facts: WITH_CLOSURES }, [
      ['résident', 'demain ?', { intent: 'permanence.hours', on: '2026-11-25' }],
      [
        'robot',
        "Non. Il n'y a pas de permanence des délégués demain, mercredi 25 novembre : les délégués sont en formation.",
      ],
      [
        'robot',
        "La prochaine permanence des délégués : mercredi 9 décembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['résident', 'et le 2 ?', { intent: 'permanence.hours', on: '2026-12-02' }],
      ['robot', "Non. Il n'y a pas de permanence des délégués mercredi 2 décembre : elle est annulée."],
      [
        'robot',
        "La prochaine permanence des délégués : mercredi 9 décembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['résident', "c'est quand ?", 'permanence.hours'],
      ['robot', "La prochaine permanence des délégués a lieu mercredi 9 décembre, l'après-midi."],
      ['robot', "C'est tous les mercredis. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
    ]));

  test('days that are past', () =>
    expectTranscript({}, [
      ['résident', "c'était ouvert hier ?", { intent: 'permanence.hours', on: '2026-11-23' }],
      ['robot', "Hier, lundi 23 novembre, c'est déjà passé."],
      [
        'robot',
        "La prochaine permanence des délégués : demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['résident', 'et le 18 ?', { intent: 'permanence.hours', on: '2026-11-18' }],
      ['robot', "Mercredi 18 novembre, c'est déjà passé."],
      [
        'robot',
        "La prochaine permanence des délégués : demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['résident', 'la semaine dernière ?', { intent: 'permanence.hours', on: ['2026-11-16', '2026-11-22'] }],
      ['robot', 'Ces jours sont déjà passés.'],
      [
        'robot',
        "La prochaine permanence des délégués : demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
    ]));
});
