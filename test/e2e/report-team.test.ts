import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createReportHand, type ReportDetail, type ReportHand } from '../../src/demo/report-hand.js';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { type ChatClient, openChat } from '../support/chat-client.js';
import { type DeskClient, enrolDeskClient, setupTokenIn } from '../support/desk-client.js';
import { openVisitors, type Visitors } from '../support/e2e-browser.js';
import { walkOn } from '../support/e2e-report-walk.js';
import { enrolReportClient } from '../support/report-client.js';
import { makePair } from '../support/report-sealing-builders.js';
import { makeDataDir, type ServerProcess, startServerProcess } from '../support/server-process.js';

const REFUSED = /^Aucun délégué ne peut lire un signalement pour le moment/;
const START_MS = 60_000;

let data: ReturnType<typeof makeDataDir>;
let server: ServerProcess;
const url = (): string => server.url;

async function start(): Promise<void> {
  data = makeDataDir();
  server = await startServerProcess({ dataDir: data.path });
}

async function stop(): Promise<void> {
  await server.stop('SIGKILL');
  data.remove();
}

describeInBrowser('a report while no delegate could read it', () => {
  let visitors: Visitors;
  beforeAll(async () => {
    [visitors] = await Promise.all([openVisitors(), start()]);
  }, START_MS);
  afterAll(async () => {
    await visitors.close();
    await stop();
  });

  test('it is refused before the first question, with the other ways; with the first delegate it can begin', async () => {
    const { page, widget, faults } = await visitors.visit(url(), { viewport: { width: 390, height: 844 } });
    const walk = walkOn(widget);
    await widget.begin();
    await widget.button('Signaler').click();
    await widget.sees(REFUSED);
    await widget.sees(/7\/9 rue Picasso/);
    await widget.sees(/appelez le 17 ou le 112/);
    await widget.button('Porter plainte').waitFor();
    await widget.button('Parler à un délégué').waitFor();
    expect(await widget.button('Commencer').count()).toBe(0);
    await picture(page, 'e2e-report-no-delegate');
    await widget.send('y a des rodéos tous les soirs rue de Picardie, dit Canaristory');
    await widget.log.getByText(REFUSED).nth(1).waitFor();
    expect((await widget.texts()).join()).not.toMatch(/Étape|Où est-ce/);
    expect(await widget.button('Commencer').count()).toBe(0);

    await enrolReportClient(url, 'anne', setupTokenIn(server.output()));
    await walk.says('je veux faire un signalement', 'consent');
    await walk.presses('Commencer', 'category');
    expect(faults).toEqual([]);
  });
});

interface Member extends DeskClient, ReportHand {
  readonly id: string;
  load(reportId: string): Promise<ReportDetail>;
}

describe('a team that changes while reports are written', () => {
  let anne: Member;
  let chat: ChatClient;
  beforeEach(async () => {
    await start();
    anne = await join('anne', setupTokenIn(server.output()));
    chat = await openChat(url());
  }, START_MS);
  afterEach(stop);

  /** With keys of their own, as their browser has them: what it once held it may keep. */
  async function join(login: string, token?: string): Promise<Member> {
    const own = await makePair();
    const client = await enrolDeskClient(url, login, token ?? (await anne.invite(login)), own.publicKey);
    return {
      ...client,
      ...createReportHand(client.id, own),
      async load(reportId) {
        const { status, body } = await client.call('GET', `/reports/${reportId}`);
        if (status !== 200) throw new Error(`Refused: ${status} ${body.code}`);
        return body as unknown as ReportDetail;
      },
    };
  }

  async function suspend({ id }: Member): Promise<void> {
    const { status } = await anne.call('PATCH', `/accounts/${id}`, { isDisabled: true });
    expect(status).toBe(200);
  }

  async function theReport(): Promise<string> {
    const { body } = await anne.call('GET', '/reports');
    const { reports } = body as unknown as { readonly reports: readonly { readonly id: string }[] };
    expect(reports).toHaveLength(1);
    return reports[0]?.id ?? '';
  }

  async function tell(...messages: readonly string[]): Promise<void> {
    for (const message of messages) await chat.send(message);
  }

  async function theReceipt(): Promise<string> {
    return (await chat.transcript()).findLast(({ channelData }) => channelData?.receipt)?.channelData?.receipt ?? '';
  }

  const texts = async (member: Member, detail: ReportDetail): Promise<readonly string[]> =>
    (await member.read(detail)).events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event)));

  test('one who joins in the middle reads all that was told in one breath; one who leaves, nothing', async () => {
    const zoe = await join('zoe');
    await tell('Signaler', 'Commencer', 'Rodéos, circulation', 'rue de Picardie, dit Canarilieu');
    const luc = await join('luc');
    await tell('tous les soirs');
    await suspend(zoe);
    expect((await zoe.call('GET', '/reports')).status).toBe(401);
    await tell('Des motos passent, dit Canarifaits', 'Non, c’est tout', 'Rester anonyme', 'Envoyer');

    const id = await theReport();
    for (const member of [anne, luc]) {
      const detail = await member.load(id);
      const { isComplete } = await member.read(detail);
      expect(isComplete).toBe(true);
      const said = (await texts(member, detail)).join();
      for (const word of ['Canarilieu', 'tous les soirs', 'Canarifaits']) expect(said).toContain(word);
      expect(detail.card.keys.length).toBeGreaterThan(1);
      for (const key of detail.card.keys) expect(key.readers.toSorted()).toEqual([anne.id, luc.id].toSorted());
    }
    expect((await zoe.call('GET', `/reports/${id}`)).status).toBe(401);
  });

  test('what is written after somebody has left is sealed to a new key; what they kept opens nothing of it', async () => {
    const luc = await join('luc');
    await tell('Signaler', 'Commencer', 'Rodéos, circulation', 'Je préfère ne pas dire', 'Je ne sais pas');
    await tell('Des motos passent, dit Canarifaits', 'Non, c’est tout', 'Rester anonyme', 'Envoyer');
    const id = await theReport();
    const before = await luc.load(id);
    expect((await texts(luc, before)).join()).toContain('Canarifaits');

    await suspend(luc);
    await tell(
      'où en est mon signalement ?',
      await theReceipt(),
      'Ajouter une information',
      'Ils reviennent, dit Canariajout',
    );
    expect((await luc.call('GET', `/reports/${id}`)).status).toBe(401);
    const words = { kind: 'reply', text: 'Merci, dit Canariréponse' } as const;
    for (let status = 0; status !== 200; ) {
      ({ status } = await anne.call('POST', `/reports/${id}/events`, await anne.seal(await anne.load(id), words)));
    }

    const after = await anne.load(id);
    const read = (await texts(anne, after)).join();
    for (const word of ['Canarifaits', 'Canariajout', 'Canariréponse']) expect(read).toContain(word);
    const kept = { ...after, card: { ...after.card, keys: before.card.keys } };
    const stillRead = await texts(luc, kept);
    expect(stillRead.join()).toContain('Canarifaits');
    expect(stillRead.slice(before.events.length)).toEqual(['no-key', 'no-key']);
    const newKeys = after.card.keys.filter(({ id: keyId }) => !before.card.keys.some((key) => key.id === keyId));
    expect(newKeys.length).toBeGreaterThan(0);
    await expect(luc.read({ ...after, card: { ...after.card, keys: newKeys } })).rejects.toThrow();
  });
});
