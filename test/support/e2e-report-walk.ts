import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { typeset } from '../../src/web/shared/typeset.js';
import type { WidgetPage } from './browser-widget.js';

const CORPUS: {
  readonly answers: Readonly<Record<string, { readonly bubbles: readonly string[] }>>;
  readonly phrases: Readonly<Record<string, string>>;
} = JSON.parse(readFileSync(new URL('../../corpus/fr/answers.json', import.meta.url), 'utf8'));

/** By its name in the corpus. */
const ASKED = {
  consent: 'report.intro',
  category: 'report.category',
  where: 'report.where',
  when: 'report.when',
  what: 'report.what',
  more: 'report.more',
  contact: 'report.contact',
  recap: 'report.recap',
  change: 'report.change',
  sent: 'report.sent',
} as const;
export type Asked = keyof typeof ASKED;

/** Four groups and a check character. */
export const RECEIPT = /^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-Z]$/;

/** A walk through a report in the widget, as a resident goes it. */
export interface ReportWalk {
  /** From the first screen to the first question. */
  begin(): Promise<void>;
  /** The shortest way from the first screen to what is read back, with this story. */
  tellShortly(story: string): Promise<void>;
  /** Types it, and waits until that is asked next. */
  says(text: string, next: Asked | RegExp): Promise<void>;
  /** Presses the answer that is proposed (a title, or the name of a phrase), and waits until that is asked next. */
  presses(title: string, next: Asked | RegExp): Promise<void>;
  /** As thumbs do, whatever comes of it. */
  doubleTaps(title: string): Promise<void>;
  /** Waits until this has been asked. */
  isAsked(next: Asked | RegExp): Promise<void>;
  timesAsked(next: Asked): Promise<number>;
  /** « Votre code de suivi » */
  readonly card: Locator;
  /** The code, as it is shown to the eye. */
  receipt(): Promise<string>;
  /** Every code that is on the screen. */
  receipts(): Promise<readonly string[]>;
  /** What was read back last. */
  recap(): Promise<string>;
}

export function walkOn(widget: WidgetPage): ReportWalk {
  const { page, bubbles, log } = widget;
  const card = page.getByRole('group', { name: 'Votre code de suivi' });

  const asking = (next: Asked | RegExp): Locator => {
    return bubbles.filter({ hasText: typeof next === 'string' ? lastBubble(ASKED[next]) : next });
  };

  /** That it was asked before does not count. */
  async function afterwards(act: () => Promise<void>, next: Asked | RegExp): Promise<void> {
    const before = await asking(next).count();
    await act();
    await asking(next).nth(before).waitFor();
  }

  const proposed = (title: string): Locator =>
    log.getByRole('button', { name: typeset(CORPUS.phrases[title] ?? title), exact: true });
  const presses = (title: string, next: Asked | RegExp): Promise<void> =>
    afterwards(() => proposed(title).click(), next);

  const says = (text: string, next: Asked | RegExp): Promise<void> => afterwards(() => widget.send(text), next);

  async function begin(): Promise<void> {
    await presses('Signaler', 'consent');
    await presses('Commencer', 'category');
  }

  return {
    card,
    presses,
    doubleTaps: (title) => proposed(title).dblclick(),
    begin,
    timesAsked: (next) => asking(next).count(),
    isAsked: (next) => asking(next).last().waitFor(),
    says,
    async tellShortly(story) {
      await begin();
      await presses('report.category.noise', 'where');
      await presses('Je préfère ne pas dire', 'when');
      await presses('Je ne sais pas', 'what');
      await says(story, 'more');
      await presses('Non, c’est tout', 'contact');
      await presses('Rester anonyme', 'recap');
    },
    receipt: async () => (await card.locator('.receipt-groups').textContent()) ?? '',
    receipts: () => card.locator('.receipt-groups').allTextContents(),
    async recap() {
      const said = await widget.texts();
      return said.findLast((text) => text.startsWith('Voici votre signalement')) ?? '';
    },
  };
}

/** The last bubble of an answer, as it stands on the screen. */
function lastBubble(id: string): RegExp {
  const text = (CORPUS.answers[id]?.bubbles.at(-1) ?? '').replace(/^Étape \{step\} sur \{of\}\. /, '');
  const parts = typeset(text).split(/\{\w+\}/);
  return new RegExp(parts.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*'));
}
