import { describe, test } from '@jest/globals';
import { expectTranscript, type Line } from '../support/transcript.js';

const CONNECTED: readonly Line[] = [
  ['robot', "Un délégué est connecté. Je l'ai prévenu."],
  ['robot', "Personne n'attend avant vous."],
  ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
  ['boutons', 'Être rappelé · Ne plus attendre'],
];
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

describe('the request is not sent', () => {
  test('« Annuler »', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Marie'],
      ...ASKED_CONTACT,
      ['résident', 'Annuler'],
      ['robot', "D'accord, j'arrête là."],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('« Annuler » while waiting: the wait goes on', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Annuler'],
      ['robot', "D'accord, j'arrête là. Vous attendez toujours un délégué."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));

  test('« menu »', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Marie'],
      ...ASKED_CONTACT,
      ['résident', 'menu'],
      ['robot', "Votre demande de rappel n'est pas partie.\nQue voulez-vous savoir ?"],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('« menu » while waiting ends both', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'menu'],
      ['robot', "Votre demande de rappel n'est pas partie.\nD'accord, vous n'attendez plus de délégué."],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('asking for a delegate instead', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Parler à un délégué'],
      ['robot', "Votre demande de rappel n'est pas partie.\nUn délégué est connecté. Je l'ai prévenu."],
      ['robot', "Personne n'attend avant vous."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));

  test('having everything erased', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Effacer mes messages'],
      [
        'robot',
        "Votre demande de rappel n'est pas partie.\nVous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.",
      ],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['boutons', 'Oui, tout effacer · Non, tout garder'],
    ]));

  test('nothing that can be understood: given up, and said so', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Passer'],
      ...ASKED_CONTACT,
      ['résident', 'bof'],
      ['robot', 'Écrivez votre numéro de téléphone français, ou votre adresse e-mail.'],
      ['boutons', 'Annuler'],
      ['résident', 'bof bof'],
      ['robot', 'Écrivez votre numéro de téléphone français, ou votre adresse e-mail.'],
      ['boutons', 'Annuler'],
      ['résident', 'bof bof bof'],
      ['robot', "Votre demande de rappel n'est pas partie.\nJe ne comprends toujours pas. Excusez-moi."],
      ['robot', 'Voulez-vous parler à un délégué ?'],
      ['boutons', 'Parler à un délégué · Voir le menu'],
    ]));

  test('the same while waiting: left to the delegate', () =>
    expectTranscript({}, [
      ['résident', 'Parler à un délégué'],
      ...CONNECTED,
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Passer'],
      ...ASKED_CONTACT,
      ['résident', 'bof'],
      ['robot', 'Écrivez votre numéro de téléphone français, ou votre adresse e-mail.'],
      ['boutons', 'Annuler'],
      ['résident', 'bof bof'],
      ['robot', 'Écrivez votre numéro de téléphone français, ou votre adresse e-mail.'],
      ['boutons', 'Annuler'],
      ['résident', 'bof bof bof'],
      ['robot', "Votre demande de rappel n'est pas partie."],
      ['robot', 'Le délégué lira ce message. En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
      ['résident', 'bof'],
    ]));
});

describe('a reply that is no good', () => {
  test('a name', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'je préfère ne pas vous dire comment je suis'],
      ['robot', 'Écrivez seulement votre prénom, ou touchez « Passer ».'],
      ['boutons', 'Passer · Annuler'],
      ['résident', "non c'est quoi cette question bizarre"],
      ...ASKED_CONTACT,
    ]));

  test('a telephone number', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', 'Passer'],
      ...ASKED_CONTACT,
      ['résident', '06 12 34 56'],
      ['robot', 'Il manque des chiffres. Un numéro français a 10 chiffres. Écrivez-le encore une fois.'],
      ['boutons', 'Annuler'],
      ['résident', '06 12 34 56 78 90'],
      ['robot', 'Il y a trop de chiffres. Un numéro français a 10 chiffres. Écrivez-le encore une fois.'],
      ['boutons', 'Annuler'],
      ['résident', '08 92 12 34 56'],
      ['robot', 'Un délégué ne peut pas appeler ce numéro. Donnez un autre numéro français, ou un e-mail.'],
      ['boutons', 'Annuler'],
      ['résident', '+41 79 123 45 67'],
      ['robot', 'Un délégué ne peut pas appeler ce numéro. Donnez un autre numéro français, ou un e-mail.'],
      ['boutons', 'Annuler'],
      ['résident', 'marie@exemple'],
      ['robot', "Cette adresse e-mail n'est pas complète. Écrivez-la encore une fois, comme nom@exemple.fr."],
      ['boutons', 'Annuler'],
      ['résident', 'Passer'],
      ['robot', 'Sans numéro ni e-mail, un délégué ne peut pas vous rappeler.'],
      ['robot', "Écrivez l'un des deux, ou touchez « Annuler »."],
      ['boutons', 'Annuler'],
      ['résident', 'plutôt par mail', 'contact.email'],
      ['robot', 'Écrivez votre numéro de téléphone français, ou votre adresse e-mail.'],
      ['boutons', 'Annuler'],
      ['résident', '06 12 34 56 78'],
      ...ASKED_MOMENT,
    ]));

  test('a moment', () =>
    expectTranscript({}, [
      ['résident', 'Être rappelé'],
      ...ASKED_NAME,
      ['résident', '06 12 34 56 78'],
      ...ASKED_MOMENT,
      ['résident', 'hier', { on: '2026-11-23' }],
      ['robot', 'Ce moment est déjà passé. Choisissez-en un autre.'],
      ['boutons', "Le matin · L'après-midi · Le soir · Peu importe"],
      ['résident', 'la semaine prochaine', { intent: 'permanence.hours', on: ['2026-11-30', '2026-12-06'] }],
      ['robot', 'Choisissez un seul jour, comme « mercredi matin ».'],
      ['boutons', "Le matin · L'après-midi · Le soir · Peu importe"],
      ['résident', 'pas le matin', { time: ['06:00', '12:00'] }],
      ['robot', 'Choisissez un moment, ou écrivez un jour, comme « demain matin ».'],
      ['boutons', "Le matin · L'après-midi · Le soir · Peu importe"],
      ['résident', 'un jour'],
      ['robot', 'Choisissez un moment, ou écrivez un jour, comme « demain matin ».'],
      ['boutons', "Le matin · L'après-midi · Le soir · Peu importe"],
      ['résident', 'ce soir', { on: '2026-11-24', time: ['18:00', '23:59'] }],
      [
        'robot',
        "Voici ce que j'ai noté :\n• Téléphone : 06 12 34 56 78\n• Moment : aujourd'hui, mardi 24 novembre, le soir",
      ],
      ['robot', 'Est-ce juste ?'],
      ['boutons', 'Envoyer · Changer · Annuler'],
    ]));
});
