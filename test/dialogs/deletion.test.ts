import { describe, expect, test } from '@jest/globals';
import { expectTranscript, openChat } from '../support/transcript.js';

describe('« Effacer mes messages »', () => {
  test('yes erases; a second yes means nothing', () =>
    expectTranscript({}, [
      ['résident', 'efface tout', 'privacy.delete'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['boutons', 'Oui, tout effacer · Non, tout garder'],
      ['résident', 'oui'],
      ['robot', "C'est fait. La conversation est effacée : 5 messages, les vôtres et les miens."],
      [
        'robot',
        "Un signalement déjà envoyé reste chez les délégués, et vous n'êtes plus prévenu ici de leurs réponses. Gardez votre code pour les lire. La page « Confidentialité » dit comment le faire effacer.",
      ],
      ['boutons', 'Voir le menu'],
      ['résident', 'oui'],
      ['robot', "D'accord. Que voulez-vous savoir ?"],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('by buttons', () =>
    expectTranscript({}, [
      ['résident', 'Effacer mes messages'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['résident', 'Oui, tout effacer'],
      ['robot', "C'est fait. La conversation est effacée : 5 messages, les vôtres et les miens."],
      [
        'robot',
        "Un signalement déjà envoyé reste chez les délégués, et vous n'êtes plus prévenu ici de leurs réponses. Gardez votre code pour les lire. La page « Confidentialité » dit comment le faire effacer.",
      ],
    ]));

  test('no keeps everything', () =>
    expectTranscript({}, [
      ['résident', 'efface tout', 'privacy.delete'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['boutons', 'Oui, tout effacer · Non, tout garder'],
      ['résident', 'non merci'],
      ['robot', "D'accord. Je n'ai rien effacé."],
      ['boutons', 'Qui lit mes messages ? · Voir le menu · Parler à un délégué'],
    ]));

  test('« stop » keeps everything', () =>
    expectTranscript({}, [
      ['résident', 'efface tout', 'privacy.delete'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['résident', 'stop'],
      ['robot', "D'accord. Je n'ai rien effacé."],
    ]));

  test('doubt keeps everything', () =>
    expectTranscript({}, [
      ['résident', 'efface tout', 'privacy.delete'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['résident', 'je ne sais pas'],
      ['robot', "D'accord. Je n'ai rien effacé."],
      ['résident', 'efface tout', 'privacy.delete'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['résident', 'supprime', 'privacy.delete'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['résident', 'bof'],
      ['robot', "Je n'ai pas compris. Je n'ai rien effacé."],
      ['robot', 'Voulez-vous effacer toute cette conversation ?'],
      ['résident', 'bof bof'],
      ['robot', "Je n'ai rien effacé.\nJe ne comprends toujours pas. Excusez-moi."],
      ['robot', 'Voulez-vous parler à un délégué ?'],
    ]));

  test('another question in the middle keeps everything; its button asks again', () =>
    expectTranscript({}, [
      ['résident', 'efface tout', 'privacy.delete'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['résident', "qui lit ce que j'écris ?", 'privacy.confidentiality'],
      [
        'robot',
        "Je n'ai rien effacé.\nVos messages sont confidentiels. Un robot vous répond. Un délégué lit la conversation si vous demandez un délégué ou un rappel, ou en cas de danger. La personne qui s'occupe du serveur peut aussi la lire.",
      ],
      [
        'robot',
        "Un signalement est scellé : seuls les délégués peuvent l'ouvrir.\nLe secret n'est jamais total : la loi (article 40) oblige à transmettre certains faits graves au procureur.",
      ],
      ['robot', 'Vos messages sont effacés 90 jours après le dernier. Vous pouvez les effacer avant.'],
      ['résident', 'oui'],
      ['robot', "D'accord. Que voulez-vous savoir ?"],
      ['résident', 'Oui, tout effacer'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['résident', 'Non, tout garder'],
      ['robot', "D'accord. Je n'ai rien effacé."],
    ]));
});

describe('what is erased, and when', () => {
  test.each([
    ['oui', 1],
    ['Oui, tout effacer', 1],
    ['ok', 1],
    ['non', 0],
    ['annuler', 0],
    ['menu', 0],
    ['je ne sais pas', 0],
    ['oui mais pas tout de suite', 0],
    ['bof', 0],
  ])('« %s » erases %i times', async (reply, times) => {
    const chat = openChat();
    await chat.say('efface tout', 'privacy.delete');
    await chat.say(reply);
    expect(chat.erasures()).toBe(times);
  });

  test.each(['oui', 'Oui, tout effacer', 'ok'])('« %s » erases nothing when nothing was asked', async (reply) => {
    const chat = openChat();
    await chat.say('bonjour', 'smalltalk.greeting');
    await chat.say(reply);
    expect(chat.erasures()).toBe(0);
  });

  test('« oui » erases nothing once another question was answered', async () => {
    const chat = openChat();
    await chat.say('efface tout', 'privacy.delete');
    await chat.say("c'est où ?", 'permanence.location');
    await chat.say('oui');
    expect(chat.erasures()).toBe(0);
  });
});
