import { expect, test } from '@jest/globals';
import { FACTS, openChat } from '../support/transcript.js';

test('the card of a place tells where it lies once that is known', async () => {
  const position = { latitude: 47.2261, longitude: 5.9737 };
  for (const known of [{}, position]) {
    const chat = openChat({ facts: { places: FACTS.places.map((place) => ({ ...place, ...known })) } });
    await chat.say("c'est où ?", 'permanence.location');
    expect(chat.stored().includes(`"position":${JSON.stringify(position)}`)).toBe(known === position);
  }
});
