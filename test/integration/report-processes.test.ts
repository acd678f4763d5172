import { beforeEach, describe, expect, test } from '@jest/globals';
import { createNoPeers } from '../../src/realtime/no-peers.js';
import type { JoinedPeers, PeerLine } from '../support/peers.js';
import { createPeerLine } from '../support/peers.js';
import {
  CONVERSATION,
  openReportProcesses,
  type ReportProcess,
  type ReportProcesses,
} from '../support/report-processes.js';
import { readAs } from '../support/report-team.js';

/** A report of which every message comes to another process, as behind a balancer that takes them in turn. */

const STORY = ['ils crient sous ma fenêtre la nuit, rue de Picardie', 'et des motos tournent aussi jusqu’au matin'];
const WALK = ['Signaler', 'Commencer', 'Bruit, nuisances', 'Cassin', 'hier soir', STORY[0] ?? '', STORY[1] ?? ''];
const UNTIL_RECAP = [...WALK, 'non', 'anonyme'];
const SENT = [...UNTIL_RECAP, 'Envoyer'];
const SEALED_AWAY = 'déjà scellé';

let line: PeerLine;
let stage: ReportProcesses;
let peers: JoinedPeers[];
let processes: ReportProcess[];

beforeEach(async () => {
  line = createPeerLine();
  stage = await openReportProcesses();
  peers = [];
  processes = [];
  for (let count = 0; count < 3; count += 1) join();
});

function join(): ReportProcess {
  const own = line.join();
  const process = stage.start(own);
  peers.push(own);
  processes.push(process);
  return process;
}

function at(index: number): ReportProcess {
  const process = processes[index % processes.length];
  if (!process) throw new Error('There are processes');
  return process;
}

/** Each by the next process. */
async function sayInTurn(texts: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    await at(index).say(text);
    await line.idle();
  }
}

async function onOne(texts: readonly string[]): Promise<readonly string[]> {
  const alone = await openReportProcesses();
  const process = alone.start(createNoPeers('sole'));
  for (const text of texts) await process.say(text);
  return process.shown();
}

async function answersOf(status: 'draft' | 'sent'): Promise<readonly (string | undefined)[]> {
  const { storage, anne } = stage.world;
  const report =
    status === 'draft' ? await storage.reports.draftOf(CONVERSATION) : (await storage.reports.listSent())[0];
  const opened = report ? await readAs(anne, report) : [];
  return opened.map((event) => event && JSON.stringify(event.body));
}

describe('with the line', () => {
  test('says and seals the same as on one process, whichever shows it', async () => {
    await sayInTurn(SENT);
    const expected = await onOne(SENT);
    expect(expected.join('\n')).toContain(STORY[0]);
    expect(expected.join('\n')).not.toContain(SEALED_AWAY);
    for (const process of processes) expect(await process.shown()).toEqual(expected);
    expect(stage.failures).toEqual([]);
    const [report] = await stage.world.storage.reports.listSent();
    expect(report?.keys).toHaveLength(1);
  });

  test('a story waits for its yes in all of them, once', async () => {
    const texts = [STORY[0] ?? '', STORY[1] ?? '', 'Commencer', 'Bruit, nuisances'];
    await sayInTurn(texts);
    expect(await at(2).shown()).toEqual(await onOne(texts));
    const sealed = (await answersOf('draft')).join('\n');
    for (const part of STORY) expect(sealed.split(part)).toHaveLength(2);
  });

  test('what nobody was told is asked for: a process that has just started knows it, and one that was told nothing', async () => {
    line.lose(({ kind }) => kind === 'tell');
    await sayInTurn(WALK);
    const late = join();
    await late.say('non');
    await late.say('anonyme');
    expect(await late.shown()).toEqual(await onOne(UNTIL_RECAP));
  });

  test('what is told before the process stops goes on', async () => {
    line.lose(({ kind }) => kind === 'tell');
    await at(0).say(STORY[0] ?? '');
    expect((await at(0).shown()).at(-1)).toMatch(/^bot /);
    line.lose(undefined);
    at(0).lines.handOver();
    await line.idle();
    at(0).lines.close();
    peers[0]?.leave();
    await at(1).say('Commencer');
    expect((await answersOf('draft')).join()).toContain(STORY[0]);
  });

  test('the author comes back on another process, and adds on a third', async () => {
    await sayInTurn(SENT);
    const [report] = await stage.world.storage.reports.listSent();
    const code = await at(0).reports.intake.peekReceipt(report?.receiptRef ?? '');
    await sayInTurn([
      'Terminé',
      'Suivre un signalement',
      code ?? '',
      'Ajouter une information',
      'ils ont une voiture grise',
    ]);
    await at(2).say('oui');
    const added = (await answersOf('sent')).filter((text) => text?.includes('voiture grise'));
    expect(added).toHaveLength(1);
    expect(stage.failures).toEqual([]);
  });

  test('an addition that comes again to another process is there once', async () => {
    await sayInTurn(SENT);
    const [report] = await stage.world.storage.reports.listSent();
    const code = (await at(0).reports.intake.peekReceipt(report?.receiptRef ?? '')) ?? '';
    const found = await at(0).reports.followUp.find(code, CONVERSATION);
    const ticket = typeof found === 'string' ? '' : found.ticket;
    for (const process of processes) expect(await process.reports.followUp.add(ticket, 'encore', 'm-again')).toBe(true);
    expect((await answersOf('sent')).filter((text) => text?.includes('encore'))).toHaveLength(1);
  });

  test('an erasure forgets everywhere, also what was on its way', async () => {
    await at(0).say(STORY[0] ?? '');
    await line.idle();
    const { dialogState } = (await stage.store.load(CONVERSATION)) ?? {};
    const name = String(dialogState?.held);
    expect(processes.map(({ confidences }) => confidences.find(name))).toEqual(Array(3).fill(expect.any(String)));
    at(1).eraseBeside();
    await line.idle();
    expect(processes.map(({ confidences }) => confidences.find(name))).toEqual([undefined, undefined, undefined]);
    await at(2).confidences.learn(name);
    expect(at(2).confidences.find(name)).toBeUndefined();
  });

  test('giving up wipes the keys of all', async () => {
    await sayInTurn(WALK);
    const draft = await stage.world.storage.reports.draftOf(CONVERSATION);
    await at(0).reports.intake.discard(CONVERSATION);
    await line.idle();
    const said = line.passed.length;
    await stage.world.storage.reports.create({ ...structuredClone(draft ?? never()), rev: 0 });
    for (const process of processes) {
      expect((await process.reports.intake.draftOf(CONVERSATION))?.known).toEqual({});
    }
    expect(line.passed.slice(said).filter(({ kind }) => kind === 'answer')).toEqual([]);
  });
});

describe('without it', () => {
  test('is as after a restart, and heals', async () => {
    await sayInTurn(UNTIL_RECAP);
    line.cut();
    const seq = await stage.lastSeq();
    const late = stage.start(line.join());
    await late.say('Modifier');
    await late.say('non');
    expect((await late.shown(seq)).join('\n')).toContain(SEALED_AWAY);
    line.heal();
    await late.say('Modifier');
    const healed = await stage.lastSeq();
    await late.say('non');
    expect((await late.shown(healed)).join('\n')).toContain(STORY[0]);
    expect((await late.shown(healed)).join('\n')).not.toContain(SEALED_AWAY);
  });
});

function never(): never {
  throw new Error('There was a draft');
}
