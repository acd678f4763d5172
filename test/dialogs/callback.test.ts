import { describe, test } from '@jest/globals';
import { expectTranscript, type Line } from '../support/transcript.js';

const ASKED_NAME: readonly Line[] = [
  ['robot', "Un délégué peut vous rappeler. J'ai trois questions au plus. Seuls les délégués liront vos réponses."],
  ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
  ['robot', 'Quel est votre prénom ? Vous pouvez passer cette question.'],
  ['boutons', 'Passer · Annuler'],
];
const ASKED_CONTACT: readonly Line[] = [
  ['robot', 'À quel numéro peut-on vous rappeler ? Vous pouvez aussi donner un e-mail.'],
  ['boutons', 'Annuler'],
];
const ASKED_MOMENT: readonly Line[] = [
  ['robot', 'Quel moment vous convient ? Vous pouvez aussi écrire un jour, comme « demain matin ».'],
  ['boutons', "Le matin · L'après-midi · Le soir · Peu importe"],
];
const IS_IT_RIGHT: readonly Line[] = [
  ['robot', 'Est-ce juste ?'],
  ['boutons', 'Envoyer · Changer · Annuler'],
];

describe('« Être rappelé »', () => {
  test('after a wait with nobody there', () =>
    expectTranscript({ outlook: { available: 0 } }, [
      ['résident', 'Parler à un délégué'],
      ['robot', "Aucun délégué n'est connecté pour le moment."],
      ['robot', 'Votre demande est notée. Vous pouvez attendre ici ou être rappelé.'],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Attendre · Voir le menu'],
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'marie'],
      ...ASKED_CONTACT,
      ['résident', '06.12.34.56.78'],
      ...ASKED_MOMENT,
      ['résident', 'Le matin'],
      ['robot', "Voici ce que j'ai noté :\n• Prénom : Marie\n• Téléphone : 06 12 34 56 78\n• Moment : le matin"],
      ...IS_IT_RIGHT,
      ['résident', 'Envoyer'],
      ['robot', "C'est envoyé. Les délégués ont votre demande. Vous n'avez plus besoin d'attendre ici."],
      ['robot', "Je ne peux pas promettre l'heure. En cas de danger : 17, 112, ou SMS au 114."],
      ['boutons', 'Voir le menu'],
      ['résident', 'Envoyer'],
      ['robot', "Rien n'est en cours. Que voulez-vous savoir ?"],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('in words, by somebody without a name and with an e-mail address', () =>
    expectTranscript({}, [
      ['résident', "je veux qu'on me rappelle"],
      ...ASKED_NAME,
      ['résident', 'Passer'],
      ...ASKED_CONTACT,
      ['résident', 'marie @ Exemple.fr'],
      ...ASKED_MOMENT,
      ['résident', 'mercredi après-midi', { intent: 'permanence.hours', on: '2026-11-25', time: ['12:00', '18:00'] }],
      [
        'robot',
        "Voici ce que j'ai noté :\n• E-mail : marie@exemple.fr\n• Moment : demain, mercredi 25 novembre, l'après-midi",
      ],
      ...IS_IT_RIGHT,
      ['résident', 'oui'],
      ['robot', "C'est envoyé. Les délégués ont votre demande."],
      ['robot', "Je ne peux pas promettre l'heure. En cas de danger : 17, 112, ou SMS au 114."],
      ['boutons', 'Voir le menu'],
    ]));

  test('a request that tells everything but the name', () =>
    expectTranscript({}, [
      [
        'résident',
        'rappelez-moi demain matin au 0692 12 34 56',
        { intent: 'handoff.request', on: '2026-11-25', time: ['06:00', '12:00'] },
      ],
      ...ASKED_NAME,
      ['résident', "je m'appelle jean-marc", 'handoff.request'],
      [
        'robot',
        "Voici ce que j'ai noté :\n• Prénom : Jean-Marc\n• Téléphone : 0692 12 34 56\n• Moment : demain, mercredi 25 novembre, le matin",
      ],
      ...IS_IT_RIGHT,
      ['résident', 'envoyer'],
      ['robot', "C'est envoyé. Les délégués ont votre demande."],
      ['robot', "Je ne peux pas promettre l'heure. En cas de danger : 17, 112, ou SMS au 114."],
      ['boutons', 'Voir le menu'],
    ]));

  test('the number in place of the name', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', '0612345678'],
      ...ASKED_MOMENT,
      ['résident', 'Peu importe'],
      ['robot', "Voici ce que j'ai noté :\n• Téléphone : 06 12 34 56 78\n• Moment : n'importe quand"],
      ...IS_IT_RIGHT,
    ]));

  test('in another language with a number', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Passer'],
      ...ASKED_CONTACT,
      ['résident', 'my number is 06 12 34 56 78', { language: 'en' }],
      ...ASKED_MOMENT,
    ]));
});

describe('changing what was said', () => {
  test('by « Changer »', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Marie'],
      ...ASKED_CONTACT,
      ['résident', '06 12 34 56 78'],
      ...ASKED_MOMENT,
      ['résident', 'Le soir'],
      ['robot', "Voici ce que j'ai noté :\n• Prénom : Marie\n• Téléphone : 06 12 34 56 78\n• Moment : le soir"],
      ...IS_IT_RIGHT,
      ['résident', 'Changer'],
      ['robot', 'Que voulez-vous changer ?'],
      ['boutons', "Le prénom · Le numéro ou l'e-mail · Le moment · Annuler"],
      ['résident', "le numéro ou l'e-mail"],
      ...ASKED_CONTACT,
      ['résident', 'marie@exemple.fr'],
      ['robot', "Voici ce que j'ai noté :\n• Prénom : Marie\n• E-mail : marie@exemple.fr\n• Moment : le soir"],
      ...IS_IT_RIGHT,
      ['résident', 'Changer'],
      ['robot', 'Que voulez-vous changer ?'],
      ['boutons', "Le prénom · Le numéro ou l'e-mail · Le moment · Annuler"],
      ['résident', 'Le prénom'],
      ['robot', 'Quel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
      ['résident', 'retour'],
      ['robot', "Voici ce que j'ai noté :\n• Prénom : Marie\n• E-mail : marie@exemple.fr\n• Moment : le soir"],
      ...IS_IT_RIGHT,
      ['résident', 'non'],
      ['robot', 'Que voulez-vous changer ?'],
      ['boutons', "Le prénom · Le numéro ou l'e-mail · Le moment · Annuler"],
      ['résident', 'je ne sais pas'],
      ['robot', "Voici ce que j'ai noté :\n• Prénom : Marie\n• E-mail : marie@exemple.fr\n• Moment : le soir"],
      ...IS_IT_RIGHT,
    ]));

  test('by saying it anew', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Marie'],
      ...ASKED_CONTACT,
      ['résident', '06 12 34 56 78'],
      ...ASKED_MOMENT,
      ['résident', 'Le soir'],
      ['robot', "Voici ce que j'ai noté :\n• Prénom : Marie\n• Téléphone : 06 12 34 56 78\n• Moment : le soir"],
      ...IS_IT_RIGHT,
      ['résident', "c'est le 07 12 34 56 78"],
      ['robot', "Voici ce que j'ai noté :\n• Prénom : Marie\n• Téléphone : 07 12 34 56 78\n• Moment : le soir"],
      ...IS_IT_RIGHT,
      ['résident', 'plutôt demain matin', { on: '2026-11-25', time: ['06:00', '12:00'] }],
      [
        'robot',
        "Voici ce que j'ai noté :\n• Prénom : Marie\n• Téléphone : 07 12 34 56 78\n• Moment : demain, mercredi 25 novembre, le matin",
      ],
      ...IS_IT_RIGHT,
    ]));

  test('by going back', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Marie'],
      ...ASKED_CONTACT,
      ['résident', 'retour'],
      ['robot', 'Quel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
      ['résident', 'Nadia'],
      ...ASKED_CONTACT,
      ['résident', '06 12 34 56 78'],
      ...ASKED_MOMENT,
      ['résident', 'retour'],
      ...ASKED_CONTACT,
      ['résident', '07 12 34 56 78'],
      ...ASKED_MOMENT,
      ['résident', 'retour'],
      ...ASKED_CONTACT,
      ['résident', 'retour'],
      ['robot', 'Quel est votre prénom ? Vous pouvez passer cette question.'],
      ['boutons', 'Passer · Annuler'],
      ['résident', 'retour'],
      ['robot', "D'accord, j'arrête là."],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));
});
