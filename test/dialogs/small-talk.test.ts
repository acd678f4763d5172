import { describe, test } from '@jest/globals';
import { expectTranscript } from '../support/transcript.js';

describe('small talk', () => {
  test('greetings vary, the same each time', () =>
    expectTranscript({}, [
      ['résident', 'bonjour', 'smalltalk.greeting'],
      ['robot', 'Bonjour. Que voulez-vous savoir ?'],
      ['résident', 'bonjour', 'smalltalk.greeting'],
      ['robot', 'Bonjour. Je vous écoute.'],
      ['résident', 'bonjour', 'smalltalk.greeting'],
      ['robot', 'Bonjour. Posez-moi votre question.'],
      ['résident', 'merci', 'smalltalk.thanks'],
      ['robot', 'Avec plaisir.'],
      ['résident', 'ok', 'smalltalk.thanks'],
      ['robot', 'Je vous en prie.'],
      ['résident', 'au revoir', 'smalltalk.goodbye'],
      ['robot', 'Au revoir. Je reste là si vous avez une autre question.'],
      ['résident', 'je sais pas', 'bot.help'],
      ['robot', "D'accord. Que voulez-vous savoir ?"],
      ['résident', 'non', 'smalltalk.goodbye'],
      ['robot', 'Au revoir. Je reste là si vous avez une autre question.'],
    ]));

  test('in the evening', () =>
    expectTranscript({ now: new Date('2026-11-24T18:00:00Z') }, [
      ['résident', 'bonsoir', 'smalltalk.greeting'],
      ['robot', 'Bonsoir. Que voulez-vous savoir ?'],
    ]));

  test('abuse: calm once, then the menu', () =>
    expectTranscript({}, [
      ['résident', 'vous êtes nuls', 'smalltalk.abuse'],
      ['robot', 'Je vois que vous êtes en colère.'],
      ['robot', 'Si vous avez un problème, vous pouvez en parler à un délégué.'],
      ['boutons', 'Parler à un délégué · Signaler · Voir le menu'],
      ['résident', 'connards', 'smalltalk.abuse'],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', 'connards', 'smalltalk.abuse'],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', "c'est où ?", 'permanence.location'],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['boutons', 'Voir les horaires · Parler à un délégué'],
      ['résident', 'nul', 'smalltalk.abuse'],
      ['robot', 'Je vois que vous êtes en colère.'],
      ['robot', 'Si vous avez un problème, vous pouvez en parler à un délégué.'],
      ['boutons', 'Parler à un délégué · Signaler · Voir le menu'],
    ]));
});
