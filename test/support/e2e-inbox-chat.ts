import { expect } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { type Delegate, faultsOf, type InboxStage, type Resident } from './e2e-inbox-stage.js';

/** A conversation that a delegate holds. */
export interface Chat {
  readonly delegate: Delegate;
  readonly resident: Resident;
}

export const CUT = /Connexion coupée depuis/;
/** Longer than pages wait between two tries, and than they take to notice a line that is silent. */
export const HEALING_MS = 60_000;

/** Asked, taken, and something said both ways. `base`: by way of this address. */
export async function openChat(stage: InboxStage, name: string, base?: string): Promise<Chat> {
  const [delegate, resident] = await Promise.all([
    stage.delegate(name, base === undefined ? {} : { base }),
    stage.resident(base),
  ]);
  await resident.askForDelegate();
  await delegate.inbox.open(resident.pseudonym);
  await delegate.inbox.take();
  await resident.widget.sees('Vous parlez maintenant avec un délégué.');
  await delegate.inbox.sendNow('Bonjour, je vous écoute.');
  await resident.widget.sees('Bonjour, je vous écoute.');
  await resident.widget.send('Mon volet est cassé.');
  await delegate.inbox.sees('Mon volet est cassé.');
  // A reload would lose it.
  for (const { page } of [delegate, resident]) await page.evaluate('globalThis.isTheSamePage = true');
  return { delegate, resident };
}

/** Where both sides say that the line is cut. */
export function noticesOf({ delegate, resident }: Chat): readonly Locator[] {
  return [resident.widget.panel, delegate.inbox.lineCut];
}

/** What both say while the line is cut. */
export const SAID_MEANWHILE = {
  resident: ['Vous êtes encore là ?', 'Je patiente.'],
  delegate: ['Je cherche la réponse.', 'La voici.'],
} as const;

export async function writeBothWays({ delegate, resident }: Chat): Promise<void> {
  for (const index of [0, 1] as const) {
    await resident.widget.send(SAID_MEANWHILE.resident[index]);
    await delegate.inbox.sendNow(SAID_MEANWHILE.delegate[index]);
  }
}

/** All is there again by itself, once and in one order, on both screens as in the conversation. */
export async function expectNothingLost(stage: InboxStage, { delegate, resident }: Chat): Promise<void> {
  const { inbox } = delegate;
  const timeout = HEALING_MS;
  await Promise.all([
    resident.widget.panel.getByText(CUT).waitFor({ state: 'detached', timeout }),
    inbox.lineCut.waitFor({ state: 'detached', timeout }),
    resident.widget.log.getByText(SAID_MEANWHILE.delegate[1]).waitFor({ timeout }),
    inbox.log.getByText(SAID_MEANWHILE.resident[1]).waitFor({ timeout }),
  ]);
  await Promise.all([resident.widget.settled(), inbox.settled()]);
  const said = await stage.transcript(resident.conversationId);
  const texts = said.map(({ text }) => text);
  expect(await resident.texts()).toEqual(texts);
  expect(await inbox.texts()).toEqual(texts);
  const by = (author: string): readonly string[] => said.filter((one) => one.author === author).map(({ text }) => text);
  expect(by('delegate')).toEqual(['Bonjour, je vous écoute.', ...SAID_MEANWHILE.delegate]);
  expect(by('resident')).toEqual(['Parler à un délégué', 'Mon volet est cassé.', ...SAID_MEANWHILE.resident]);
  for (const { page } of [delegate, resident]) expect(await page.evaluate('globalThis.isTheSamePage')).toBe(true);
  expect(faultsOf([delegate, resident], { withCuts: true })).toEqual([]);
  await inbox.giveBack();
  await resident.widget.sees(/^L’assistant reprend/);
}
