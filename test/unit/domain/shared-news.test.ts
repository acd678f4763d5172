import { beforeEach, describe, expect, test } from '@jest/globals';
import { loadFacts } from '../../../src/content/load-facts.js';
import { openLiveFacts } from '../../../src/domain/live-facts.js';
import { createReports } from '../../../src/domain/reports.js';
import type { SessionEvent } from '../../../src/domain/sessions.js';
import { createSharedChanges } from '../../../src/domain/shared-changes.js';
import { reportSealing } from '../../../src/sealing/index.js';
import { createServices, enrol, type Services } from '../../support/inbox-accounts.js';
import { createPeerLine, type JoinedPeers, type PeerLine } from '../../support/peers.js';
import { makeReportWorld, REPORT_SETTINGS, sendReport } from '../../support/report-world.js';
import { openMemoryStorage } from '../../support/storage-in-memory.js';

let line: PeerLine;
let peers: readonly [JoinedPeers, JoinedPeers];

beforeEach(() => {
  line = createPeerLine();
  peers = [line.join(), line.join()];
});

async function startBoth(): Promise<readonly [Services, Services]> {
  const storage = await openMemoryStorage();
  return [await createServices({ storage, peers: peers[0] }), await createServices({ storage, peers: peers[1] })];
}

function watchIn({ sessions }: Services, id: string): SessionEvent[] {
  const events: SessionEvent[] = [];
  sessions.watch(id, (event) => events.push(event));
  return events;
}

describe('sessions', () => {
  test('that are locked, replaced or ended in one process are so at once for those who watch in another', async () => {
    const [here, there] = await startBoth();
    const { id: accountId } = await enrol(here, 'anne');
    const [locked, replaced, ended, swept] = await Promise.all(
      [1, 2, 3, 4].map((device) => here.sessions.open(accountId, `appareil ${device}`)),
    );
    if (!(locked && replaced && ended && swept)) throw new Error('no sessions');
    const heard = [locked, replaced, ended, swept].map(({ session }) => watchIn(there, session.id));

    await here.sessions.lock(locked.session.id);
    const renewed = await here.sessions.renew(replaced.session);
    await here.sessions.end(ended.session.id);
    await line.idle();
    expect(heard).toEqual([['locked'], ['replaced'], ['ended'], []]);
    await here.sessions.endOf(accountId, renewed.session.id);
    await line.idle();
    expect(heard.map((events) => events.at(-1))).toEqual(['ended', 'replaced', 'ended', 'ended']);
    expect(await there.sessions.stateOf(renewed.session.id)).toBe('usable');
  });

  test('tell nothing of themselves but what happened, under an id that opens nothing', async () => {
    const [here] = await startBoth();
    const { id: accountId } = await enrol(here, 'anne');
    const { session, token } = await here.sessions.open(accountId, 'Firefox sur Windows');
    await here.sessions.end(session.id);
    expect(line.passed.at(-1)?.content).toEqual({ id: session.id, event: 'ended' });
    for (const said of [token, accountId, 'Firefox']) expect(JSON.stringify(line.passed)).not.toContain(said);
  });

  test('end for nobody by what does not fit', async () => {
    const [, there] = await startBoth();
    const events = watchIn(there, 's');
    for (const content of [null, 's', { id: 's' }, { id: 's', event: 'burnt' }, { id: ['s'], event: 'ended' }]) {
      line.forge('session', content);
    }
    await line.idle();
    expect(events).toEqual([]);
  });

  test('are found out by a look when the line is cut', async () => {
    const [here, there] = await startBoth();
    const { id: accountId } = await enrol(here, 'anne');
    const { session } = await here.sessions.open(accountId, 'appareil');
    const events = watchIn(there, session.id);
    line.cut();
    await here.sessions.end(session.id);
    await line.idle();
    expect(events).toEqual([]);
    expect(await there.sessions.stateOf(session.id)).toBe('ended');
  });
});

describe('accounts', () => {
  test('that change are news in every process, and each knows whether it is to see to what follows', async () => {
    const [here, there] = await startBoth();
    const { id } = await enrol(here, 'anne');
    await line.idle();
    const heard: string[] = [];
    here.accounts.subscribe((by) => heard.push(`here by ${by}`));
    const end = there.accounts.subscribe((by) => heard.push(`there by ${by}`));

    await here.accounts.changeProfile(id, { isAvailable: false });
    await line.idle();
    expect(heard).toEqual(['here by self', 'there by other']);
    end();
    await here.accounts.changeProfile(id, { isAvailable: true });
    await line.idle();
    expect(heard).toEqual(['here by self', 'there by other', 'here by self']);
  });

  test('are looked at once more when the line is back: something may have been missed', async () => {
    const [, there] = await startBoth();
    const heard: string[] = [];
    there.accounts.subscribe((by) => heard.push(by));
    line.cut();
    expect(heard).toEqual([]);
    line.heal();
    expect(heard).toEqual(['other']);
  });

  test('are no news by what does not fit', async () => {
    const [, there] = await startBoth();
    const heard: string[] = [];
    there.accounts.subscribe((by) => heard.push(by));
    for (const content of [null, 'accounts', {}, { of: 'lease' }, { of: ['accounts'] }]) line.forge('change', content);
    await line.idle();
    expect(heard).toEqual([]);
  });
});

describe('facts', () => {
  const base = loadFacts(new URL('../../../corpus/fr/', import.meta.url));
  const clock = () => new Date('2026-11-24T10:00:00Z');
  const { permanences, sectors, station } = base;
  const withEmail = (email: string) => ({
    permanences,
    station,
    sectors: sectors.map((sector) => ({ ...sector, email })),
  });

  test('that one process saved count in another at once', async () => {
    const { facts: store, close } = await openMemoryStorage();
    const [here, there] = await Promise.all(
      peers.map((own) => openLiveFacts({ base, store, clock, changes: createSharedChanges(own) })),
    );
    const counted = new Promise((resolve) => there?.subscribe(resolve));
    await here?.save({ facts: withEmail('a@exemple.fr'), madeFrom: 0, by: 'marie' });
    await counted;
    expect(there?.current().sectors[0]?.email).toBe('a@exemple.fr');
    expect(there?.version()).toBe(1);
    await close();
  });

  test('that cannot be read are reported, and a later look finds them', async () => {
    const { facts: store, close } = await openMemoryStorage();
    let isAway = false;
    const faults: unknown[] = [];
    const there = await openLiveFacts({
      base,
      store: { ...store, latest: () => (isAway ? Promise.reject(new Error('away')) : store.latest()) },
      clock,
      changes: createSharedChanges(peers[1]),
      onRefreshFailed: (error) => faults.push(error),
    });
    const here = await openLiveFacts({ base, store, clock, changes: createSharedChanges(peers[0]) });
    isAway = true;
    await here.save({ facts: withEmail('a@exemple.fr'), madeFrom: 0, by: 'marie' });
    await line.idle();
    expect([faults.length, there.version()]).toEqual([1, 0]);
    isAway = false;
    await there.refresh();
    expect(there.version()).toBe(1);
    await close();
  });

  test('that were read before a save and arrive after it do not undo it', async () => {
    const { facts: store, close } = await openMemoryStorage();
    const late: (() => void)[] = [];
    let isSlow = false;
    const live = await openLiveFacts({
      base,
      clock,
      store: {
        ...store,
        async latest() {
          const read = await store.latest();
          if (isSlow) await new Promise<void>((resolve) => late.push(resolve));
          return read;
        },
      },
    });
    await live.save({ facts: withEmail('a@exemple.fr'), madeFrom: 0, by: 'marie' });
    isSlow = true;
    const reading = live.refresh();
    isSlow = false;
    await live.save({ facts: withEmail('b@exemple.fr'), madeFrom: 1, by: 'marie' });
    for (const resolve of late) resolve();
    await reading;
    expect(live.current().sectors[0]?.email).toBe('b@exemple.fr');
    await close();
  });
});

describe('reports', () => {
  test('that were sent through one process are news in another', async () => {
    const { storage, clock } = await makeReportWorld();
    const [here, there] = peers.map((own) =>
      createReports(
        {
          store: storage.reports,
          accounts: storage.accounts,
          sealing: reportSealing,
          clock: clock.now,
          settings: REPORT_SETTINGS,
          pause: async () => undefined,
        },
        createSharedChanges(own),
      ),
    );
    if (!(here && there)) throw new Error('no reports');
    let news = 0;
    there.desk.subscribe(() => {
      news += 1;
    });
    await sendReport(here, 'c1');
    await line.idle();
    expect(news).toBeGreaterThan(0);
    expect(new Set(line.passed.map(({ content }) => JSON.stringify(content)))).toEqual(new Set(['{"of":"reports"}']));
    await storage.close();
  });
});
