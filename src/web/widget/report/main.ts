import { sheetOf } from './dom.js';
import { createReceipt } from './receipt.js';
import styles from './report.css?inline';

const sheet = sheetOf(styles);

/** Gives what a conversation shows of reports its looks. Called again after each change: what is dressed stays as it is. */
export function dress(root: unknown): void {
  if (!(root instanceof ShadowRoot)) return;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  for (const place of root.querySelectorAll<HTMLElement>('.receipt:not(.dressed)')) {
    place.classList.add('dressed');
    place.replaceChildren(createReceipt(place.textContent, Number(place.dataset.at)));
  }
}
