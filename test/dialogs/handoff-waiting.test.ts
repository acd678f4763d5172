import { describe, test } from '@jest/globals';
import { expectTranscript, type Line } from '../support/transcript.js';

const CLOSED = {
  available: 0,
  hours: 'closed',
  nextOpening: { date: '2026-11-25', from: '14:00', to: '17:00' },
} as const;
const CONNECTED: readonly Line[] = [
  ['robot', "Un délégué est connecté. Je l'ai prévenu."],
  ['robot', "Personne n'attend avant vous."],
  ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
  ['boutons', 'Être rappelé · Ne plus attendre'],
];

describe('while somebody waits for a delegate', () => {
  test('asked again: the place and the usual wait', () =>
    expectTranscript({ outlook: { position: 2, usualWaitMinutes: 10 } }, [
      ['résident', 'Parler à un délégué'],
      ['robot', "Un délégué est connecté. Je l'ai prévenu."],
      ['robot', "Une personne attend avant vous. L'attente dure souvent 10 minutes au plus."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
      ['résident', 'un délégué svp', 'handoff.request'],
      ['robot', 'Vous attendez un délégué. Une personne attend avant vous.'],
      ['robot', "Un délégué est connecté. L'attente dure souvent 10 minutes au plus."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));

  test('asked again while nobody is there', () =>
    expectTranscript({ outlook: CLOSED }, [
      ['résident', 'Parler à un délégué'],
      [
        'robot',
        'Les délégués ne répondent pas en ce moment. Ils répondent demain, mercredi 25 novembre, de 14 h à 17 h.',
      ],
      ['robot', 'Votre demande est notée. Vous pouvez attendre ici ou être rappelé.'],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Attendre · Voir le menu'],
      ['résident', 'un délégué svp', 'handoff.request'],
      ['robot', "Vous attendez un délégué. Personne n'attend avant vous."],
      [
        'robot',
        "Aucun délégué n'est connecté pour le moment. Ils répondent demain, mercredi 25 novembre, de 14 h à 17 h.",
      ],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));

  test('« Attendre », and asking whether anybody is there', () =>
    expectTranscript({ outlook: { available: 0 } }, [
      ['résident', 'Parler à un délégué'],
      ['robot', "Aucun délégué n'est connecté pour le moment."],
      ['robot', 'Votre demande est notée. Vous pouvez attendre ici ou être rappelé.'],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Attendre · Voir le menu'],
      ['résident', 'Attendre'],
      ['robot', "La réponse arrivera ici. Personne n'attend avant vous."],
      ['robot', 'Vous pouvez déjà écrire votre question : le délégué la lira.'],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
      ['résident', "il y a quelqu'un ?", 'smalltalk.greeting'],
      ['robot', "Vous attendez un délégué. Personne n'attend avant vous."],
      ['robot', "Aucun délégué n'est connecté pour le moment."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));

  test('what is written to the delegate is acknowledged once', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'bonjour', 'smalltalk.greeting'],
      ['robot', 'Le délégué lira ce message. En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
      ['résident', 'mon voisin laisse son chien aboyer'],
      ['résident', "j'étais là mercredi", { on: '2026-11-25' }],
      ['résident', 'ok'],
      ['résident', 'il est venu hier', { between: ['report.start', 'complaint.file'] }],
      ['résident', 'Passer'],
    ]));

  test('what is understood is answered as usual', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', "c'est où ?", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
      ['résident', 'et les commissaires ?', {}],
      ['robot', 'La prochaine permanence des commissaires a lieu jeudi 3 décembre.'],
      ['robot', "C'est le 1er jeudi du mois. Adresse : Maison de Services au Public, 7/9 rue Picasso, à Planoise."],
      ['robot', "Je ne connais pas l'heure exacte. Dernière vérification : 1er novembre 2026."],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'merci', 'smalltalk.thanks'],
      ['robot', 'Avec plaisir.'],
      ['boutons', 'Voir le menu · Parler à un délégué'],
    ]));

  test('in another language, once', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'I need help with my neighbour', { language: 'en' }],
      ['robot', 'This assistant is a robot. It only speaks French.'],
      ['robot', 'In danger now: call 17 or 112. If you cannot speak, send an SMS to 114.'],
      ['boutons', 'Talk to a person · Parler à un délégué'],
      ['résident', 'he is loud', { language: 'en' }],
    ]));

  test('a danger has its numbers', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'il me frappe', { intent: 'emergency', danger: [2, 'violence'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'Est-ce en train de se passer ?'],
      ['boutons', "Oui, maintenant · Non, c'est passé"],
    ]));

  test('a risk has its numbers, under the first acknowledgement and then alone', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'il me menaçait souvent', { danger: [1, 'violence'] }],
      ['robot', 'Le délégué lira ce message. En cas de danger : 17, 112, ou SMS au 114.'],
      ['robot', "Si le danger est là ou s'il revient, appelez le 17 ou le 112."],
      ['boutons', 'Être rappelé · Ne plus attendre'],
      ['résident', 'il avait un couteau', { danger: [1, 'violence'] }],
      ['robot', "Si le danger est là ou s'il revient, appelez le 17 ou le 112."],
    ]));

  test('what may be a danger is asked', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'au secours de mes papiers', { between: ['emergency', 'complaint.file'] }],
      ['robot', 'En cas de danger, appelez tout de suite le 17 ou le 112.'],
      ['robot', 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :'],
      ['boutons', 'Voir les urgences · Porter plainte · Autre chose'],
    ]));
});

describe('the wait is over', () => {
  test('by « menu »', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'menu'],
      ['robot', "D'accord, vous n'attendez plus de délégué."],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', 'blabla'],
      ['robot', "Je n'ai pas compris."],
      ['robot', 'Choisissez un sujet, ou écrivez votre question autrement.'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('by « annuler »; then there is nothing to cancel', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'annuler'],
      ['robot', "D'accord, vous n'attendez plus de délégué."],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', 'annuler'],
      ['robot', "Rien n'est en cours. Que voulez-vous savoir ?"],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test("by « je n'attends plus », and begins again by its button", () =>
    expectTranscript({ outlook: { available: 0 } }, [
      ['résident', 'Parler à un délégué'],
      ['robot', "Aucun délégué n'est connecté pour le moment."],
      ['robot', 'Votre demande est notée. Vous pouvez attendre ici ou être rappelé.'],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Attendre · Voir le menu'],
      ['résident', "je n'attends plus"],
      ['robot', "D'accord, vous n'attendez plus de délégué."],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', 'Ne plus attendre'],
      ['robot', "Rien n'est en cours. Que voulez-vous savoir ?"],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', 'Attendre'],
      ['robot', "Aucun délégué n'est connecté pour le moment."],
      ['robot', 'Votre demande est notée. Vous pouvez attendre ici ou être rappelé.'],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Attendre · Voir le menu'],
    ]));

  test('the next wait is acknowledged anew', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'blabla'],
      ['robot', 'Le délégué lira ce message. En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
      ['résident', 'menu'],
      ['robot', "D'accord, vous n'attendez plus de délégué."],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'blabla'],
      ['robot', 'Le délégué lira ce message. En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));

  test('in the middle of a question of the assistant', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'mail de la police', 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['boutons', 'Besançon · Pontarlier · Montbéliard · Je ne sais pas'],
      ['résident', 'Ne plus attendre'],
      ['robot', "D'accord, vous n'attendez plus de délégué."],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));
});
