import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createDataCipher, UnreadableValueError } from '../../../src/storage/data-cipher.js';

const cipher = createDataCipher(Buffer.alloc(32, 1));
const other = createDataCipher(Buffer.alloc(32, 2));

describe('sealed values', () => {
  it('open to what was sealed, whatever the text', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, aad) => {
      expect(cipher.open(cipher.seal(text, aad), aad)).toBe(text);
    });
    fc.assert(property);
  });

  it('never share a nonce, and never look alike', () => {
    const sealed = Array.from({ length: 2_000 }, () => cipher.seal('Bonjour', 'here'));
    expect(new Set(sealed.map((value) => value.subarray(1, 13).toString('hex'))).size).toBe(2_000);
    expect(new Set(sealed.map((value) => value.subarray(13).toString('hex'))).size).toBe(2_000);
  });

  it('open under their own key and in their own place only', () => {
    const sealed = cipher.seal('Bonjour', 'here');
    expect(() => other.open(sealed, 'here')).toThrow(UnreadableValueError);
    expect(() => cipher.open(sealed, 'there')).toThrow(UnreadableValueError);
  });

  it('do not open once any one bit is changed, or any byte is cut', () => {
    const sealed = cipher.seal('Bonjour', 'here');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => cipher.open(altered, 'here')).toThrow(UnreadableValueError);
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => cipher.open(sealed.subarray(0, length), 'here')).toThrow(UnreadableValueError);
    }
  });

  it('of an earlier version of the code still open', () => {
    const stored = 'AdvJQL/i5uE1CFXPRl6E2Yu1Wq03dNqPYto6H4MLcvkVBMFM3iQFikt4jZnkd7a9gBA=';
    expect(cipher.open(Buffer.from(stored, 'base64'), 'here')).toBe('Bonjour « à tous »');
  });
});

describe('lookup hashes', () => {
  it('are stable, and differ by scope, value, key and where the two parts meet', () => {
    expect(cipher.lookupHash('a', 'b')).toBe('cE4Si4K8vc7ITv4GJocwnRmSjf-MVlTrAWDl6rQ21xQ');
    const hashes = [
      cipher.lookupHash('a', 'b'),
      cipher.lookupHash('a', 'c'),
      cipher.lookupHash('ab', ''),
      cipher.lookupHash('', 'ab'),
      cipher.lookupHash('a","b', ''),
      other.lookupHash('a', 'b'),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
