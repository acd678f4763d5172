import { expect, test } from '@jest/globals';
import { backoffMs } from '../../../src/web/shared/backoff.js';
import { inkOn, readWidgetConfig } from '../../../src/web/widget/config.js';

const SCRIPT = 'https://permanence.exemple.fr/v1/widget.js?x=1';

test('the server is where the script came from, and everything else has a default', () => {
  expect(readWidgetConfig(SCRIPT, {})).toEqual({
    base: 'https://permanence.exemple.fr/v1/',
    title: undefined,
    accent: undefined,
    quitUrl: 'https://www.meteofrance.com',
    side: 'right',
    offset: 0,
    opensAtOnce: false,
  });
});

test('what the script tag says, when it can be used', () => {
  const data = {
    title: ' Mairie ',
    accent: '#A1b2C3',
    quitUrl: 'https://exemple.fr/',
    position: 'left',
    offset: '80',
    open: '',
  };
  expect(readWidgetConfig(SCRIPT, data)).toMatchObject({
    title: 'Mairie',
    accent: '#A1b2C3',
    quitUrl: 'https://exemple.fr/',
    side: 'left',
    offset: 80,
    opensAtOnce: true,
  });
  const useless = {
    title: ' ',
    accent: 'red;}',
    quitUrl: 'javascript:alert(1)',
    position: 'top',
    offset: '-4',
    open: 'false',
  };
  expect(readWidgetConfig(SCRIPT, useless)).toEqual(readWidgetConfig(SCRIPT, {}));
  expect(readWidgetConfig(SCRIPT, { quitUrl: 'tel:17' }).quitUrl).toBe('https://www.meteofrance.com');
});

test.each([
  ['#ffffff', '#000000'],
  ['#000000', '#ffffff'],
  ['#14525c', '#ffffff'],
  ['#ffcc00', '#000000'],
  ['#777777', '#000000'],
])('on %s one writes in %s', (colour, ink) => {
  expect(inkOn(colour)).toBe(ink);
});

test('the wait before a new try doubles up to 30 s, and is spread over its second half', () => {
  expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, 0))).toEqual([500, 1_000, 2_000, 4_000]);
  expect([0, 1, 2, 40].map((attempt) => backoffMs(attempt, 0.999_999))).toEqual([1_000, 2_000, 4_000, 30_000]);
});
