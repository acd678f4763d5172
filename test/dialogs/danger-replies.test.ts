import { describe, expect, test } from '@jest/globals';
import { loadReplies } from '../../src/content/load-replies.js';
import { openChat } from '../support/transcript.js';

const CORPUS = new URL('../../corpus/fr/', import.meta.url);

describe('replies about a danger', () => {
  const replies = loadReplies(CORPUS);

  test.each(['oui', 'Oui, maintenant', 'là maintenant', 'ouais vite il revient'])(
    '« %s »: the numbers to call',
    async (text) => {
      const chat = openChat();
      await chat.say('il a un couteau', { danger: [2] });
      expect(await chat.say(text)).toContainEqual(['robot', 'Appelez maintenant le 17 ou le 112. Dites où vous êtes.']);
    },
  );

  test('a word means one situation only', () => {
    const words = ['maintenant', "c'est fini", "à l'abri", "j'ai peur"].map(replies.situationOf);
    expect(words).toEqual(['happening', 'over', 'safe', 'unsafe']);
  });
});
