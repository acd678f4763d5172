import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkCharacter, formatReceipt, RECEIPT_SYMBOLS } from '../../src/domain/receipt-symbols.js';
import type { ReporterKeys } from '../../src/domain/report-sealing.js';
import { createReports } from '../../src/domain/reports.js';
import { reportSealing } from '../../src/sealing/index.js';
import { type ChatClient, openChat, type ReceivedActivity } from '../support/chat-client.js';
import { REPORT_SETTINGS } from '../support/report-world.js';
import { openReportSite, type ReportSite, type SentReport, sendReport } from '../support/security-report-site.js';

let site: ReportSite;
let sent: SentReport;
let removed: SentReport;
beforeAll(async () => {
  site = await openReportSite();
  sent = await sendReport(site);
  removed = await sendReport(site);
  await site.anne.write(sent.id, { kind: 'reply', text: 'Une patrouille passera' });
  await site.anne.write(removed.id, { kind: 'reply', text: 'Une patrouille passera' });
  await site.storage.reports.remove(removed.id);
});
afterAll(() => site.close());

/** One symbol is another. @param isChecked the check character goes with it; else it does not. */
function mistyped(receipt: string, { isChecked }: { readonly isChecked: boolean }): string {
  const [first = ''] = receipt;
  const other = RECEIPT_SYMBOLS[(RECEIPT_SYMBOLS.indexOf(first) + 1) % RECEIPT_SYMBOLS.length];
  const symbols = `${other}${receipt.replaceAll('-', '').slice(1, 20)}`;
  return formatReceipt(symbols, isChecked ? (checkCharacter(symbols) ?? '') : receipt.slice(-1));
}

/** Two neighbours that differ have changed places: were they alike, it would be the right code. */
function transposed(symbols: string): string {
  const place = [...symbols].findIndex((symbol, index) => symbol !== symbols[index + 1]);
  return `${symbols.slice(0, place)}${symbols[place + 1]}${symbols[place]}${symbols.slice(place + 2)}`;
}

/** What a resident can see of the answers to their last message, without ids and numbers. */
async function seenAfter(chat: ChatClient, text: string): Promise<readonly object[]> {
  const id = await chat.send(text);
  return (await chat.transcript()).filter(({ replyToId }) => replyToId === id).map(visible);
}

function visible({ type, text, suggestedActions, attachments, from, channelData }: ReceivedActivity): object {
  const { 'webchat:sequence-id': _, ...rest } = channelData ?? {};
  return { type, text, suggestedActions, attachments, from, channelData: rest };
}

/** What was stored of a conversation after its last message, without what differs anyway. */
async function storedOf({ conversationId }: ChatClient): Promise<string> {
  const { conversations } = site.storage;
  const conversation = await conversations.load(conversationId);
  const messages = await conversations.messagesAfter(conversationId, 0, 100);
  const told = messages.map(({ author, content }) => ({ author, content }));
  return JSON.stringify([conversation?.dialogState, conversation?.status, conversation?.desk, told]);
}

const WAYS: readonly (readonly [name: string, before: readonly string[], say: (code: string) => string])[] = [
  ['in reply to the question', ['Suivre un signalement'], (code) => code],
  ['as the first word', [], (code) => code],
  ['in a sentence', [], (code) => `Bonjour, mon code de suivi est ${code}`],
  [
    'without its hyphens, in small letters',
    ['Suivre un signalement'],
    (code) => code.replaceAll('-', '').toLowerCase(),
  ],
];

describe('a code that opens nothing', () => {
  test.each(WAYS)('is answered alike whatever is wrong with it, given %s', async (_, before, say) => {
    const codes = [
      reportSealing.makeReceipt(),
      mistyped(sent.receipt, { isChecked: true }),
      removed.receipt,
      // By itself it is no code to anybody; where one is asked for, it is one that was not found.
      ...(before.length > 0 ? [mistyped(sent.receipt, { isChecked: false })] : []),
    ];
    const outcomes = await Promise.all(
      codes.map(async (code) => {
        const chat = await openChat(site.url);
        for (const text of before) await chat.send(text);
        return { seen: await seenAfter(chat, say(code)), stored: await storedOf(chat) };
      }),
    );
    const [expected] = outcomes;
    expect(expected?.seen.length).toBeGreaterThan(0);
    expect(JSON.stringify(expected?.seen)).toContain('Je ne trouve pas de signalement avec ce code');
    expect(outcomes).toEqual(outcomes.map(() => expected));
    for (const { stored } of outcomes) {
      const kept = codes.filter((code) => stored.includes(code) || stored.includes(code.replaceAll('-', '')));
      expect(kept).toEqual([]);
    }
  });

  test('is not stored where nobody asked for one, with a slip of the finger in it either', async () => {
    const code = mistyped(sent.receipt, { isChecked: false });
    for (const text of [code, `mon code : ${code}`, `Bonjour ${code.toLowerCase().replaceAll('-', ' ')} merci`]) {
      const chat = await openChat(site.url);
      await chat.send(text);
      const stored = (await storedOf(chat)).toUpperCase().replaceAll(/[ -]/g, '');
      expect(stored).not.toContain(code.replaceAll('-', '').slice(5, 20));
    }
  });

  test('opens nothing by what is like a right one', async () => {
    const { receipt } = sent;
    const symbols = receipt.replaceAll('-', '');
    for (const code of [
      `${receipt}0`,
      receipt.slice(0, -1),
      receipt.split('').reverse().join(''),
      `${symbols.slice(0, 19)}`,
      transposed(symbols),
      '00000-00000-00000-00000-0',
      symbols.slice(0, 20),
    ]) {
      const chat = await openChat(site.url);
      await chat.send('Suivre un signalement');
      expect((await chat.ask(code)).join()).not.toContain('patrouille');
    }
    const chat = await openChat(site.url);
    expect((await chat.ask(receipt)).join()).toContain('Une patrouille passera');
  });
});

describe('guessing', () => {
  const guess = (chat: ChatClient): Promise<readonly string[]> => chat.ask(reportSealing.makeReceipt());

  test('ends after five wrong codes for the conversation, with the right one as well, and for no other', async () => {
    const chat = await openChat(site.url);
    await chat.send('Suivre un signalement');
    for (let count = 0; count < 5; count += 1) expect((await guess(chat)).join()).toContain('Je ne trouve pas');
    expect((await guess(chat)).join()).toContain("trop d'essais");
    const refused = await chat.ask(sent.receipt);
    expect(refused.join()).toContain("trop d'essais");
    expect(refused.join()).not.toContain('patrouille');
    const neighbour = await openChat(site.url);
    expect((await neighbour.ask(sent.receipt)).join()).toContain('Une patrouille passera');
  });

  test('is no quicker by many at once, in one conversation', async () => {
    const chat = await openChat(site.url);
    await Promise.all(Array.from({ length: 12 }, () => chat.send(reportSealing.makeReceipt(), randomUUID())));
    const texts = (await chat.transcript()).map(({ text }) => text ?? '');
    expect(texts.filter((text) => text.includes('Je ne trouve pas'))).toHaveLength(5);
    expect(texts.filter((text) => text.includes("trop d'essais"))).toHaveLength(7);
  });

  test('a wrong code said again by the same message is counted once, and a wrong letter not at all', async () => {
    const chat = await openChat(site.url);
    await chat.send('Suivre un signalement');
    const wrong = reportSealing.makeReceipt();
    for (let count = 0; count < 8; count += 1) await chat.send(wrong, 'une fois');
    for (let count = 0; count < 8; count += 1) await chat.send(mistyped(sent.receipt, { isChecked: false }));
    expect((await chat.ask(sent.receipt)).join()).toContain('Une patrouille passera');
  });

  test('from many conversations at once holds a right code up by a bounded factor, and shuts nobody out', async () => {
    const { followUp } = createReports({
      store: site.storage.reports,
      accounts: site.storage.accounts,
      sealing: reportSealing,
      clock: site.now,
      settings: REPORT_SETTINGS,
      pause: setTimeout,
    });
    const time = async (): Promise<number> => {
      const start = performance.now();
      expect(await followUp.find(sent.receipt, randomUUID())).toMatchObject({ status: 'received' });
      return performance.now() - start;
    };
    const quiet = Math.min(await time(), await time(), await time());
    const guesses = Array.from({ length: 60 }, async () => {
      const conversation = randomUUID();
      const outcomes = [];
      for (let count = 0; count < 3; count += 1)
        outcomes.push(await followUp.find(reportSealing.makeReceipt(), conversation));
      return outcomes;
    });
    const besieged = Math.min(await time(), await time(), await time());
    expect(new Set((await Promise.all(guesses)).flat())).toEqual(new Set(['unknown']));
    expect(besieged / quiet).toBeLessThan(6);
  });
});

describe('the work that a lookup takes', () => {
  /** The calls of everything that a lookup is made of, by name. */
  function counting() {
    let calls: string[] = [];
    const noted = <Call extends (...args: never[]) => unknown>(name: string, call: Call): Call =>
      ((...args: Parameters<Call>) => {
        calls.push(name);
        return call(...args);
      }) as Call;
    const entriesOf = (object: object): [string, (...args: never[]) => unknown][] =>
      Object.entries(object).filter(
        (entry): entry is [string, (...args: never[]) => unknown] => typeof entry[1] === 'function',
      );
    const watch = <Watched extends object>(prefix: string, object: Watched): Watched => ({
      ...object,
      ...Object.fromEntries(entriesOf(object).map(([name, call]) => [name, noted(`${prefix}.${name}`, call)])),
    });
    const sealing = watch('sealing', reportSealing);
    const { followUp } = createReports({
      store: watch('store', site.storage.reports),
      accounts: site.storage.accounts,
      sealing: {
        ...sealing,
        keysOfReceipt: async (receipt): Promise<ReporterKeys> => watch('keys', await sealing.keysOfReceipt(receipt)),
      },
      clock: site.now,
      settings: REPORT_SETTINGS,
      pause: async () => void calls.push('pause'),
    });
    return async (receipt: string): Promise<readonly string[]> => {
      calls = [];
      await followUp.find(receipt, randomUUID());
      return calls.toSorted();
    };
  }

  test('is the same for right and wrong codes by turns, save one opening for each answer that is shown', async () => {
    const { receipt } = await sendReport(site);
    const callsOf = counting();
    await callsOf(reportSealing.makeReceipt());
    const expected = await callsOf(reportSealing.makeReceipt());
    expect(expected).toEqual(['keys.open', 'pause', 'sealing.keysOfReceipt', 'store.findByLookup']);
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await callsOf(receipt)).toEqual(expected);
      expect(await callsOf(reportSealing.makeReceipt())).toEqual(expected);
      expect(await callsOf(removed.receipt)).toEqual(expected);
      expect(await callsOf(sent.receipt)).toEqual(['keys.open', ...expected]);
    }
  });
});
