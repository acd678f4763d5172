import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Session } from '../../src/channels/directline/parts.js';
import { openChat } from '../support/chat-client.js';
import { activitiesUrl, call, openSession, say } from '../support/directline-calls.js';
import { openStream, type StreamSocket } from '../support/directline-socket.js';
import {
  AT_ONCE_MS,
  type Doors,
  enrolWalker,
  eventually,
  openDoors,
  type Walker,
  type Watch,
} from '../support/many/doors.js';
import { canOpenFleet, type Fleet, openFleet, PUBLIC_URL, untilWhole } from '../support/many/fleet.js';
import { saidOutOfTurn } from '../support/many/residents.js';
import { canStartRedis } from '../support/redis-server.js';
import { receiptIn } from '../support/security-report-day.js';
import { type SmtpServer, startSmtpServer } from '../support/smtp-server.js';
import { type FakeTelegram, openFakeTelegram } from '../support/telegram/index.js';

const START_MS = 120_000;
const TEST_MS = 60_000;
/** A minute's wait, and two rounds of those who look. */
const ALARM_MS = 90_000;
const NEXT_ROUNDS_MS = 12_000;
/** What a page shows of others without the line: storage is looked at every two seconds. */
const APART_MS = 15_000;
const HEALING_MS = 20_000;

const canRun = canOpenFleet && canStartRedis;

(canRun ? describe : describe.skip)('three processes (needs MONGODB_TEST_URI and redis-server)', () => {
  let fake: FakeTelegram;
  let smtp: SmtpServer;
  let fleet: Fleet;
  let doors: Doors;
  let marie: Walker;
  let jean: Walker;
  beforeAll(async () => {
    smtp = await startSmtpServer();
    // Telegram comes in at the third server only: what it hands in is never where the others are.
    fake = await openFakeTelegram({ webhookProxy: (address) => address.replace(PUBLIC_URL, doors.urls[2]) });
    fleet = await openFleet({
      telegram: fake,
      env: {
        SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
        SMTP_FROM: 'permanence@exemple.fr',
        ALARM_EMAIL_AFTER_MINUTES: '1',
        HANDOFF_WAIT_MINUTES: '240',
        HANDOFF_ALONE_MINUTES: '240',
      },
    });
    doors = await openDoors(fleet);
    await untilWhole(fleet, HEALING_MS);
    marie = await enrolWalker(doors, 'marie', fleet.setupToken);
    jean = await enrolWalker(doors, 'jean', await marie.invite('jean'));
  }, START_MS);
  afterAll(async () => {
    await doors.close();
    expect(await fleet.close()).toEqual([0, 0, 0]);
    await fake.close();
    await smtp.close();
  }, START_MS);

  /** A resident on the web at one server, with a live stream there. */
  async function openResident(door: 0 | 1 | 2): Promise<{ url: string; session: Session; stream: StreamSocket }> {
    const url = doors.urls[door];
    const session = await openSession(url);
    const stream = await openStream(
      session.streamUrl.replace(PUBLIC_URL.replace('https', 'wss'), url.replace('http', 'ws')),
    );
    return { url, session, stream };
  }

  const take = async (by: Walker, id: string): Promise<void> => {
    expect((await by.call('POST', `/conversations/${id}/take`)).status).toBe(200);
  };
  const isCard = (id: string, status: string) => (event: Watch['events'][number]) =>
    event.event === 'card' && event.data.id === id && event.data.status === status;

  /** What a stream shows within the time in which only the line can have told of it. */
  function sees({ stream }: { stream: StreamSocket }, isSo: (text: string) => boolean, limitMs = AT_ONCE_MS) {
    const look = () => stream.activities().find(({ type, name, text }) => isSo(`${type} ${name ?? ''} ${text ?? ''}`));
    return eventually(look, limitMs, () =>
      stream
        .activities()
        .map(({ type, text }) => `${type} ${text}`)
        .join('; '),
    );
  }

  test(
    'a resident at one, a delegate’s page at another, what she does at a third: all of it is shown at once',
    async () => {
      const resident = await openResident(0);
      const { session, stream, url } = resident;
      const id = session.conversationId;
      const queue = marie.watch(1);
      await queue.until(({ event }) => event === 'queue');
      queue.forget();
      await say(url, session, 'Parler à un délégué', 'ask');
      await queue.until(isCard(id, 'waiting'));
      await queue.close();
      const page = marie.watch(1, id);
      await page.until(({ event }) => event === 'detail');
      await take(marie.at(2), id);
      await page.until(isCard(id, 'assigned'));
      await sees(resident, (line) => line.startsWith('event handoff.status'));

      page.forget();
      await call(activitiesUrl(url, id), { token: session.token, body: { type: 'typing', from: { id: 'x' } } });
      expect((await page.until(({ event }) => event === 'typing')).data.author).toBe('resident');
      expect((await marie.at(2).call('POST', `/conversations/${id}/typing`)).status).toBe(200);
      await sees(resident, (line) => line.startsWith('typing'));

      await say(url, session, 'Mon volet est cassé', 'shutter');
      await page.until(
        ({ event, data }) => event === 'messages' && data.messages?.at(-1)?.text === 'Mon volet est cassé',
      );
      expect((await marie.at(2).reply(id, 'Je m’en occupe.', 1_000_000)).status).toBe(200);
      await sees(resident, (line) => line.endsWith('Je m’en occupe.'));
      expect((await marie.at(0).call('POST', `/conversations/${id}/give-back`)).status).toBe(200);
      await page
        .until(isCard(id, 'bot'))
        .catch(() => page.until(({ event, data }) => event === 'card-gone' && data.id === id));
      await Promise.all([page.close(), stream.close()]);
    },
    TEST_MS,
  );

  test(
    'somebody on Telegram, whose words come in at a third server',
    async () => {
      const page = marie.watch(1);
      await page.until(({ event }) => event === 'queue');
      page.forget();
      const phone = fake.openChat({ firstName: 'Samia' });
      phone.write('/start');
      await phone.waitFor('robot', TEST_MS / 2);
      phone.write('Parler à un délégué');
      const { data } = await page.until(
        ({ event, data: card }) => event === 'card' && card.status === 'waiting',
        TEST_MS / 2,
      );
      const id = data.id ?? '';
      await take(marie.at(0), id);
      await phone.waitFor('Vous parlez maintenant avec un délégué.', TEST_MS / 2);
      const typed = phone.actions.length;
      await marie.at(0).call('POST', `/conversations/${id}/typing`);
      await phone.waitFor(() => phone.actions.length > typed, AT_ONCE_MS);
      for (const [index, text] of ['Bonjour.', 'Que se passe-t-il ?', 'Je vous lis.'].entries()) {
        const door = ([0, 1, 2] as const)[index] ?? 0;
        expect((await marie.at(door).reply(id, text, 1_000_000)).status).toBe(200);
      }
      await phone.waitFor('Je vous lis.', TEST_MS / 2);
      const said = phone.said.map((text) => text.split('\n').at(-1)).slice(-3);
      expect(said).toEqual(['Bonjour.', 'Que se passe-t-il ?', 'Je vous lis.']);
      await marie.at(1).call('POST', `/conversations/${id}/give-back`);
      await page.close();
    },
    TEST_MS,
  );

  test(
    'who comes and goes at one is seen at another',
    async () => {
      const page = marie.watch(1);
      await page.until(({ event }) => event === 'queue');
      const isThere = (event: Watch['events'][number], isConnected: boolean): boolean => {
        const { team } = event.data as { readonly team?: readonly { id: string; isConnected: boolean }[] };
        return event.event === 'team' && team?.find(({ id }) => id === jean.id)?.isConnected === isConnected;
      };
      page.forget();
      const other = jean.watch(2);
      await page.until((event) => isThere(event, true));
      page.forget();
      await other.close();
      await page.until((event) => isThere(event, false), 2 * AT_ONCE_MS);
      await page.close();
    },
    TEST_MS,
  );

  test(
    'two delegates at two servers take the same conversation: one has it, the other is told',
    async () => {
      for (let round = 0; round < 5; round++) {
        const chat = await openChat(fleet.url);
        await chat.send('Parler à un délégué');
        const takes = [marie.at(0), jean.at(1)].map((one) =>
          one.call('POST', `/conversations/${chat.conversationId}/take`),
        );
        const statuses = (await Promise.all(takes)).map(({ status }) => status);
        expect(statuses.toSorted()).toEqual([200, 409]);
        const winner = statuses[0] === 200 ? marie : jean;
        await chat.send('Bonjour');
        expect((await winner.at(2).reply(chat.conversationId, 'Je suis là.', 1_000_000)).status).toBe(200);
        expect(saidOutOfTurn(await chat.transcript())).toEqual([]);
        await winner.call('POST', `/conversations/${chat.conversationId}/give-back`);
      }
    },
    TEST_MS,
  );

  test(
    'a session that ends at one ends its streams at the others',
    async () => {
      const paul = await enrolWalker(doors, 'paul', await marie.at(0).invite('paul'));
      const pages = [paul.watch(1), paul.watch(2)];
      for (const page of pages) await page.until(({ event }) => event === 'queue');
      expect((await paul.at(0).call('DELETE', '/session')).status).toBe(200);
      for (const page of pages) await page.ended();
      expect((await paul.at(1).call('GET', '/reports')).status).toBe(401);
    },
    TEST_MS,
  );

  test(
    'an account that is closed at one is out at the others',
    async () => {
      const luc = await enrolWalker(doors, 'luc', await marie.at(0).invite('luc'));
      const page = luc.watch(2);
      await page.until(({ event }) => event === 'queue');
      const { status } = await marie.at(1).call('PATCH', `/accounts/${luc.id}`, { isDisabled: true });
      expect(status).toBe(200);
      await page.ended();
      expect((await luc.at(0).call('GET', '/reports')).status).toBe(401);
    },
    TEST_MS,
  );

  test(
    'wrong passwords are counted across all',
    async () => {
      const statuses: number[] = [];
      const headers = { 'x-permanence': 'inbox', 'sec-fetch-site': 'same-origin', 'x-forwarded-for': '198.18.7.7' };
      const body = { login: 'marie', authKey: Buffer.alloc(32, 1).toString('base64url') };
      for (let attempt = 0; attempt < 13; attempt++) {
        const { status } = await call(`${fleet.url}/api/inbox/session`, { body, headers });
        statuses.push(status);
      }
      expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429, 429]);
      for (const url of doors.urls)
        expect((await call(`${url}/api/inbox/session`, { body, headers })).status).toBe(429);
    },
    TEST_MS,
  );

  test(
    'a report of which each message comes to another server reads as one on a single server',
    async () => {
      const walk = async (url: string): Promise<readonly string[]> => {
        const chat = await openChat(url);
        const messages = [
          'Faire un signalement',
          'Commencer',
          'Rodéos, circulation',
          'Rue de Picardie',
          'tous les soirs vers 22 h',
          'Des motos passent très vite devant les jeux',
          "Non, c'est tout",
          'Rester anonyme',
          'Envoyer',
        ];
        for (const message of messages) await chat.send(message);
        const transcript = await chat.transcript();
        const receipt = receiptIn(transcript);
        expect(receipt).toBeDefined();
        return transcript.map(
          ({ channelData, text }) => `${channelData?.author}: ${text?.replaceAll(receipt ?? '', 'CODE')}`,
        );
      };
      const [alone, together] = [await walk(doors.urls[0]), await walk(fleet.url)];
      expect(together).toEqual(alone);
      expect(together.join('\n')).toContain('Des motos passent très vite');
    },
    TEST_MS,
  );

  test(
    'without Redis all of it still comes, and the servers say so',
    async () => {
      const states = async () =>
        (await Promise.all(fleet.members.map((member) => member.readiness()))).map(({ processes }) => processes);
      fleet.redis.gate.shut();
      const isApart = async () => ((await states()).every((state) => state === 'apart') ? true : undefined);
      await eventually(isApart, APART_MS, () => 'they are together');
      const resident = await openResident(0);
      const id = resident.session.conversationId;
      const page = marie.watch(1);
      await page.until(({ event }) => event === 'queue');
      await say(resident.url, resident.session, 'Parler à un délégué', 'ask');
      await page.until(isCard(id, 'waiting'), APART_MS);
      await take(marie.at(2), id);
      await marie.at(2).reply(id, 'Je vous lis aussi.', 1_000_000);
      await sees(resident, (line) => line.endsWith('Je vous lis aussi.'), APART_MS);
      fleet.redis.gate.open();
      await untilWhole(fleet, HEALING_MS);
      await marie.at(2).reply(id, 'Et encore.', 1_000_000);
      await sees(resident, (line) => line.endsWith('Et encore.'));
      await marie.at(2).call('POST', `/conversations/${id}/give-back`);
      await Promise.all([page.close(), resident.stream.close()]);
    },
    TEST_MS,
  );

  test(
    'somebody who waits for a minute: one e-mail in all',
    async () => {
      await jean.at(0).call('PATCH', '/profile', { email: 'jean@exemple.fr' });
      const before = smtp.received.length;
      const chat = await openChat(fleet.url);
      await chat.send('Parler à un délégué');
      await eventually(
        () => smtp.received[before],
        ALARM_MS,
        () => 'no e-mail',
      );
      // Each server would have had its turn twice.
      await new Promise((resolve) => setTimeout(resolve, NEXT_ROUNDS_MS));
      expect(smtp.received.slice(before).map(({ to }) => to)).toEqual([['jean@exemple.fr']]);
    },
    ALARM_MS + TEST_MS,
  );
});
