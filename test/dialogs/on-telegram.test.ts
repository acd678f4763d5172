import { expect, test } from '@jest/globals';
import { playAllTranscripts } from '../support/stages/all-transcripts.js';
import { onTelegram, type Ways } from '../support/stages/telegram.js';

const ways: Ways = { pressed: 0, tapped: 0, typed: 0 };
/** About who reads along, what is erased and what is left there; greetings change with the number of messages before them. */
const OWN_WORDS =
  /Telegram|[Ss]euls les délégués|Voulez-vous en faire un signalement|Ce n'est pas une ligne d'urgence|notre serveur|La conversation est effacée|[Qq]uitter vite|Le serveur scelle|Choisissez un sujet, ou écrivez votre question\.|Écrivez votre question, ou touchez|service est une démonstration|^Bonjour|Avec plaisir|Je vous en prie|Merci à vous/;
const played = await playAllTranscripts(onTelegram(ways), { channel: 'telegram', robot: OWN_WORDS });

test('they were played on Telegram, by pressing what can be pressed', () => {
  expect(played()).toBeGreaterThan(40);
  expect(ways.pressed).toBeGreaterThan(played());
  expect(ways.tapped).toBeGreaterThan(10);
  expect(ways.typed).toBeGreaterThan(played());
});
