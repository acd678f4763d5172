import { describe, expect, test } from '@jest/globals';
import { fillTemplate, type View } from '../../../src/http/template.js';

describe('a page', () => {
  test.each<[string, string, View, string]>([
    ['a text is no markup', '{{a}}', { a: `<b>"&'` }, '&#60;b&#62;&#34;&#38;&#39;'],
    ['a text is no place to fill', '{{a}}{{b}}', { a: '{{b}}', b: 'x' }, '&#123;&#123;b}}x'],
    ['markup goes in as it is', '{{a}}', { a: { markup: '<svg/>' } }, '<svg/>'],
    ['a section stands', '<!--#a-->{{b}}<!--/a-->', { a: true, b: 'x' }, 'x'],
    ['a section of a text stands', '<!--#a-->{{a}}<!--/a-->', { a: 'x' }, 'x'],
    ['a section is left out', '1<!--#a-->{{b}}<!--/a-->2', { a: false }, '12'],
    ['also without a value', '1<!--#a-->2<!--/a-->', { a: undefined }, '1'],
    ['something else stands in its place', '<!--#a-->1<!--/a--><!--^a-->2<!--/a-->', { a: false }, '2'],
    ['and not beside it', '<!--#a-->1<!--/a--><!--^a-->2<!--/a-->', { a: true }, '1'],
    ['a list', '<!--#a-->{{b}}{{c}} <!--/a-->', { a: [{ b: '1' }, { b: '2' }], c: '!' }, '1! 2! '],
    ['an empty list', '<!--#a-->1<!--/a--><!--^a-->2<!--/a-->', { a: [] }, '2'],
    ['sections in sections', '<!--#a-->1<!--#b-->2<!--/b-->3<!--/a-->', { a: true, b: false }, '13'],
  ])('%s', (_, html, view, filled) => {
    expect(fillTemplate(html, view)).toBe(filled);
  });

  test.each<[string, View]>([
    ['{{a}}', {}],
    ['<!--#a-->1<!--/a-->', {}],
    ['{{toString}}', {}],
    ['{{a}}', { a: true }],
    ['{{a}}', { a: undefined }],
  ])('%s is a fault where nothing fills it', (html, view) => {
    expect(() => fillTemplate(html, view)).toThrow('A page needs a variable');
  });
});
