import { describe, test } from '@jest/globals';
import { expectTranscript, FACTS, type Line } from '../support/transcript.js';

const CLOSED = {
  available: 0,
  hours: 'closed',
  nextOpening: { date: '2026-11-25', from: '14:00', to: '17:00' },
} as const;
const WITH_EMAIL = {
  sectors: FACTS.sectors.map((sector) =>
    sector.id === 'besancon' ? { ...sector, email: 'planoise@police.example' } : sector,
  ),
};
const CONNECTED: readonly Line[] = [
  ['robot', "Un délégué est connecté. Je l'ai prévenu."],
  ['robot', "Personne n'attend avant vous."],
  ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
  ['boutons', 'Être rappelé · Ne plus attendre'],
];

describe('asking for a delegate', () => {
  test('one is connected', () => expectTranscript({}, [['résident', 'Parler à un délégué'], ...CONNECTED]));

  test('in words, when two are there and others wait', () =>
    expectTranscript({ outlook: { available: 2, position: 3, usualWaitMinutes: 5 } }, [
      ['résident', "je veux parler à quelqu'un", 'handoff.request'],
      ['robot', '2 délégués sont connectés. Je les ai prévenus.'],
      ['robot', "2 personnes attendent avant vous. L'attente dure souvent 5 minutes au plus."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));

  test('one person waits, and waits are short', () =>
    expectTranscript({ outlook: { position: 2, usualWaitMinutes: 1 } }, [
      ['résident', 'Parler à un délégué'],
      ['robot', "Un délégué est connecté. Je l'ai prévenu."],
      ['robot', "Une personne attend avant vous. L'attente dure souvent une minute au plus."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));

  test('waits are long', () =>
    expectTranscript({ outlook: { usualWaitOverMinutes: 40 } }, [
      ['résident', 'Parler à un délégué'],
      ['robot', "Un délégué est connecté. Je l'ai prévenu."],
      ['robot', "Personne n'attend avant vous. L'attente dure souvent plus de 40 minutes."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));

  test('nobody is connected, though the desk is open', () =>
    expectTranscript({ outlook: { available: 0 } }, [
      ['résident', 'Parler à un délégué'],
      ['robot', "Aucun délégué n'est connecté pour le moment."],
      ['robot', 'Votre demande est notée. Vous pouvez attendre ici ou être rappelé.'],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Attendre · Voir le menu'],
    ]));

  test('nobody is connected, and no hours are set', () =>
    expectTranscript({ outlook: { available: 0, hours: 'unknown', usualWaitMinutes: 5 } }, [
      ['résident', 'Parler à un délégué'],
      ['robot', "Aucun délégué n'est connecté pour le moment. Je ne sais pas quand un délégué sera là."],
      ['robot', 'Votre demande est notée. Vous pouvez attendre ici ou être rappelé.'],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Attendre · Voir le menu'],
    ]));

  test('the desk is closed', () =>
    expectTranscript({ outlook: CLOSED }, [
      ['résident', 'Parler à un délégué'],
      [
        'robot',
        'Les délégués ne répondent pas en ce moment. Ils répondent demain, mercredi 25 novembre, de 14 h à 17 h.',
      ],
      ['robot', 'Votre demande est notée. Vous pouvez attendre ici ou être rappelé.'],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Attendre · Voir le menu'],
    ]));

  test('the desk is closed for as long as one can see', () =>
    expectTranscript({ outlook: { available: 0, hours: 'closed' } }, [
      ['résident', 'Parler à un délégué'],
      ['robot', 'Les délégués ne répondent pas en ce moment. Je ne sais pas quand un délégué sera là.'],
      ['robot', 'Votre demande est notée. Vous pouvez attendre ici ou être rappelé.'],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Attendre · Voir le menu'],
    ]));

  test('the desk is closed and a delegate is there all the same', () =>
    expectTranscript({ outlook: { ...CLOSED, available: 1 } }, [['résident', 'Parler à un délégué'], ...CONNECTED]));

  test('together with another question, it comes last', () =>
    expectTranscript({}, [
      [
        'résident',
        "je veux parler à un délégué et c'est où",
        { intent: 'handoff.request', both: ['handoff.request', 'permanence.location'] },
      ],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['robot', "Un délégué est connecté. Je l'ai prévenu."],
      ['robot', "Personne n'attend avant vous. En cas de danger : 17, 112, ou SMS au 114."],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));
});

describe('the delegates take the conversation no more', () => {
  test('asking, and asking to be called back', () =>
    expectTranscript({ isBlocked: true }, [
      ['résident', 'je veux un délégué', 'handoff.request'],
      ['robot', 'Les délégués ne répondent plus dans cette conversation.'],
      [
        'robot',
        "Vous pouvez rencontrer les délégués demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Vous pouvez aussi écrire à la police sur Ma Sécurité. En cas de danger, appelez le 17 ou le 112.'],
      ['boutons', "Voir l'adresse · Écrire à la police · Voir le menu"],
      ['résident', 'Être rappelé'],
      ['robot', 'Les délégués ne répondent plus dans cette conversation.'],
      [
        'robot',
        "Vous pouvez rencontrer les délégués demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Vous pouvez aussi écrire à la police sur Ma Sécurité. En cas de danger, appelez le 17 ou le 112.'],
      ['boutons', "Voir l'adresse · Écrire à la police · Voir le menu"],
    ]));

  test('with the e-mail address of the sector', () =>
    expectTranscript({ isBlocked: true, facts: WITH_EMAIL }, [
      ['résident', 'je veux un délégué', 'handoff.request'],
      ['robot', 'Les délégués ne répondent plus dans cette conversation.'],
      [
        'robot',
        "Vous pouvez rencontrer les délégués demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Vous pouvez aussi écrire à planoise@police.example. En cas de danger, appelez le 17 ou le 112.'],
      ['boutons', "Voir l'adresse · Écrire à la police · Voir le menu"],
    ]));

  test('the assistant goes on', () =>
    expectTranscript({ isBlocked: true }, [
      ['résident', 'je veux un délégué', 'handoff.request'],
      ['robot', 'Les délégués ne répondent plus dans cette conversation.'],
      [
        'robot',
        "Vous pouvez rencontrer les délégués demain, mercredi 25 novembre, l'après-midi. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise.",
      ],
      ['robot', 'Vous pouvez aussi écrire à la police sur Ma Sécurité. En cas de danger, appelez le 17 ou le 112.'],
      ['boutons', "Voir l'adresse · Écrire à la police · Voir le menu"],
      ['résident', 'blabla'],
      ['robot', "Je n'ai pas compris."],
      ['robot', 'Choisissez un sujet, ou écrivez votre question autrement.'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));
});
