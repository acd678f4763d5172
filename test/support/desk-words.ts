import type { DeskWords } from '../../src/domain/desk-words.js';
import type { Content } from '../../src/domain/message.js';

const said = (text: string) => (): readonly Content[] => [{ kind: 'text', text }];

/** Each says what it is for. */
export const WORDS: DeskWords = {
  taken: said('pris'),
  givenBack: said('rendu'),
  closed: said('fermé'),
  transferred: said('transféré'),
  lostHold: said('perdu'),
  nobodyCame: said('personne'),
};
