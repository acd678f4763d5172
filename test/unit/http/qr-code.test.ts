import { describe, expect, test } from '@jest/globals';
import { drawQrCode } from '../../../src/http/qr-code.js';
import { modulesOf, readQr } from '../../support/read-qr.js';

const QUIET_ZONE = 4;
const drawn = (text: string, title = 'Un code') => drawQrCode(text, title).markup;

describe('a QR code', () => {
  test.each([
    'https://t.me/a_bot',
    'https://t.me/PermanencePlanoiseBot?start=affiche',
    'https://permanence.exemple.fr/',
    'https://un-nom-assez-long.permanence.exemple.fr/',
    `https://exemple.fr/${'é'.repeat(20)}`,
  ])('reads as %s', (text) => {
    expect(readQr(modulesOf(drawn(text), QUIET_ZONE))).toBe(text);
  });

  test('says in words what it is, and what is in it is no markup', () => {
    const svg = drawn('https://exemple.fr/', 'Code <b> & suite');
    expect(svg).toContain('role="img"');
    expect(svg).toContain('<title>Code &#60;b&#62; &#38; suite</title>');
  });

  test('has a white ground of its own, wider by four modules on each side', () => {
    const svg = drawn('https://t.me/a_bot');
    const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]);
    expect(svg).toContain(`<path fill="#fff" d="M0 0h${size}v${size}H0z"/>`);
    const corners = Array.from(svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g), ([, x, y, width]) => ({
      left: Number(x),
      top: Number(y),
      right: size - Number(x) - Number(width),
    }));
    expect(Math.min(...corners.flatMap(({ left, top, right }) => [left, top, right]))).toBe(QUIET_ZONE);
  });

  test('that was tampered with is not read', () => {
    const modules = modulesOf(drawn('https://t.me/a_bot'), QUIET_ZONE).map((row) => [...row]);
    const row = modules[12] ?? [];
    row[12] = !row[12];
    expect(() => readQr(modules)).toThrow('A block is damaged');
  });
});
