import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ChatClient, openChat } from '../../support/chat-client.js';
import { enrolReportClient, type ReportClient } from '../../support/report-client.js';
import { openSite, type Site } from '../../support/security-site.js';

/** The whole server, as it is put together: what each part does by itself is tested beside it. */
const STORY = 'Des motos passent très vite devant les jeux, signé Zorglub';
const WALK = [
  'Faire un signalement',
  'Commencer',
  'Rodéos, circulation',
  'Rue de Picardie',
  'tous les soirs vers 22 h',
  STORY,
  "Non, c'est tout",
  'Rester anonyme',
  'Envoyer',
];

let site: Site;
let anne: ReportClient;
let jean: ReportClient;
beforeEach(async () => {
  site = await openSite();
  anne = await enrolReportClient(() => site.url, 'anne', site.setupToken);
  jean = await enrolReportClient(() => site.url, 'jean', await anne.invite('jean'));
});
afterEach(() => site.close());

async function walk(): Promise<ChatClient> {
  const chat = await openChat(site.url);
  for (const text of WALK) await chat.send(text);
  return chat;
}

/** The delegate's page: its events until one of the name fits. */
function follow(client: ReportClient) {
  const stop = new AbortController();
  const events: { event: string; data: object }[] = [];
  const looks = new Set<() => void>();
  const ended = client
    .events((event) => {
      events.push(event);
      for (const look of [...looks]) look();
    }, stop.signal)
    .catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
  return {
    next: (name: string, fits: object = {}, from = 0): Promise<number> =>
      new Promise((resolve) => {
        const look = (): void => {
          const index = events.findIndex(({ event, data }, place) => {
            return (
              place >= from &&
              event === name &&
              Object.entries(fits).every(([key, value]) => data[key as never] === value)
            );
          });
          if (index < 0) return;
          looks.delete(look);
          resolve(index + 1);
        };
        looks.add(look);
        look();
      }),
    text: () => JSON.stringify(events),
    async leave() {
      stop.abort();
      await ended;
    },
  };
}

test('a report is told in the chat, appears on open pages, is read and answered, and its author is told', async () => {
  const page = follow(jean);
  await page.next('reports', { unread: 0 });
  const chat = await walk();
  await page.next('reports', { unread: 1 });
  const receipt = (await chat.transcript())
    .map(({ text }) => /(?:[0-9A-Z]{5}-){4}[0-9A-Z*~$=]/.exec(text ?? '')?.[0])
    .find(Boolean);
  await chat.send('Être prévenu ici');

  const [id = ''] = await jean.reportIds();
  const { events, isComplete } = await jean.read(id);
  expect(isComplete).toBe(true);
  expect(events).toContainEqual({ step: 'what', text: STORY });
  await jean.write(id, { kind: 'reply', text: 'Une patrouille passera ce soir.' });
  const told = (await chat.transcript()).at(-1);
  expect(told?.channelData?.author).toBe('system');
  expect(told?.text).not.toContain('patrouille');
  expect(await chat.ask(`Mon code : ${receipt}`)).toEqual(
    expect.arrayContaining([expect.stringContaining('Une patrouille passera ce soir.')]),
  );
  expect(page.text()).not.toContain('Zorglub');
  await page.leave();
});

test('whoever is suspended loses the reports at once, and the log says so', async () => {
  await walk();
  const page = follow(anne);
  const seen = await page.next('reports', { unread: 1 });
  const { status } = await anne.call('PATCH', `/accounts/${jean.id}`, { isDisabled: true });
  expect(status).toBe(200);
  const keysOf = async () => {
    const { body } = await anne.call('GET', '/reports');
    return (body as unknown as { reports: { keys: { readers: string[]; isRetired: boolean }[] }[] }).reports.flatMap(
      ({ keys }) => keys,
    );
  };
  // The page is told of what changes: of the team, then of the reports.
  for (let from = seen; (await keysOf()).some(({ isRetired }) => !isRetired); )
    from = await page.next('reports', {}, from);
  expect(await keysOf()).toMatchObject([{ readers: [anne.id], isRetired: true }]);
  // Logged once it is done; each look is a call of its own.
  let log = '';
  for (let looks = 0; looks < 500 && !log.includes('report.revoked'); looks += 1)
    log = JSON.stringify((await anne.call('GET', '/audit')).body);
  expect(log).toContain('L’accès aux signalements a été retiré');
  await page.leave();
});
