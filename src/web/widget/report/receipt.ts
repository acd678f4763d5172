import { copyText } from './copy.js';
import { element } from './dom.js';
import { printReceipt } from './print.js';
import { strings } from './strings.js';

/** Shows the receipt large, with what can be done with it. @param code as it is written, in groups with hyphens. */
export function createReceipt(code: string, at: number): HTMLElement {
  const said = element('p', 'receipt-said');
  said.setAttribute('role', 'status');
  const box = element(
    'div',
    'receipt-card',
    element('p', 'receipt-title', strings.title),
    codeView(code),
    element('p', '', strings.once),
  );
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', strings.title);

  async function copy(): Promise<void> {
    // Said again when it is done again: a screen reader speaks of what changes.
    said.textContent = '';
    said.textContent = (await copyText(code, box)) ? strings.copied : strings.notCopied;
  }

  const buttons = element(
    'div',
    'receipt-buttons',
    button(strings.copy, () => void copy()),
  );
  if (typeof print === 'function') buttons.append(button(strings.print, () => printReceipt(code, at)));
  box.append(buttons, said);
  return box;
}

/** Groups to be written down one by one; a screen reader spells them. */
function codeView(code: string): HTMLElement {
  const groups = code.split('-');
  const shown = element(
    'span',
    'receipt-groups',
    ...groups.map((group, index) => element('span', '', index < groups.length - 1 ? `${group}-` : group)),
  );
  shown.setAttribute('aria-hidden', 'true');
  shown.translate = false;
  const spelled = element('span', 'hidden', groups.map((group) => [...group].join(' ')).join(', '));
  return element('p', 'receipt-code', shown, spelled);
}

function button(words: string, press: () => void): HTMLButtonElement {
  const made = element('button', '', words);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}
