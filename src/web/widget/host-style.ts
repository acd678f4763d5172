/**
 * The custom element's own box. Important declarations of a shadow tree win over important ones of the page (CSS
 * Cascade 4, 6.1), so no page can hide, move or restyle it; `all: initial` brings the text back to the size that the
 * reader has set in the browser, whatever the page's own. The zero-sized box only carries the stacking order.
 */
const rules = [
  'all:initial',
  'display:block',
  'position:fixed',
  'inset:auto 0 0 auto',
  'width:0',
  'height:0',
  'z-index:2147483647',
  'direction:ltr',
  'unicode-bidi:isolate',
  'color-scheme:light dark',
  '',
];

export const hostStyle = `:host{${rules.join('!important;')}}@media print{:host{display:none!important}}`;
