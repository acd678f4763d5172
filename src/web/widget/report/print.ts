import { element, sheetOf } from './dom.js';
import { strings } from './strings.js';

/**
 * While it is there, paper shows this element alone. The selectors weigh more than any page's, so that nothing of the page
 * is printed with the code.
 */
const NAME = 'permanence-receipt';
const PAGE = `@media print {
  :root:not(#a):not(#b):not(#c) { all: revert !important; background: #fff !important }
  :root:not(#a):not(#b):not(#c) > :not(${NAME}) { display: none !important }
}`;
const SHEET = `:host { display: none !important }
@media print {
  :host { all: initial !important; display: block !important; direction: ltr !important; unicode-bidi: isolate !important;
    color-scheme: light !important }
  article { font: 12pt/1.5 system-ui, "Segoe UI", Roboto, sans-serif; color: #000 }
  h1 { margin: 0 0 8pt; font-size: 16pt }
  p { margin: 0 0 8pt }
  .code { font: 700 20pt/1.4 ui-monospace, Consolas, "Liberation Mono", monospace; letter-spacing: 1pt }
}`;

const longDate = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** Prints the code, its day and two sentences. What is on the page, and the conversation above all, stays off the paper. */
export function printReceipt(code: string, at: number): void {
  const host = document.createElement(NAME);
  const shadow = host.attachShadow({ mode: 'closed' });
  shadow.adoptedStyleSheets = [sheetOf(SHEET)];
  shadow.append(paper(code, at));
  document.querySelector(NAME)?.remove();
  document.documentElement.append(host);
  const page = sheetOf(PAGE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, page];

  const end = new AbortController();
  const cleanUp = (): void => {
    end.abort();
    host.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== page);
  };
  // Some phones do not tell the end of printing; the next touch comes after it.
  for (const event of ['afterprint', 'pointerdown', 'keydown']) {
    addEventListener(event, cleanUp, { capture: true, signal: end.signal });
  }
  print();
}

function paper(code: string, at: number): HTMLElement {
  const { title, use, keep } = strings.sheet;
  const sheet = element(
    'article',
    '',
    element('h1', '', title),
    element('p', 'code', code),
    element('p', '', longDate.format(at)),
    element('p', '', use),
    element('p', '', keep),
  );
  sheet.lang = 'fr';
  return sheet;
}
