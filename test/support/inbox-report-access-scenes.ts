import { fingerprintOf } from '../../src/domain/account-fingerprint.js';
import { toBase64url } from '../../src/web/inbox/crypto/bytes.js';
import { makeKeyPair } from '../../src/web/inbox/crypto/key-pair.js';
import type { FakeAccount } from './inbox-browser-fake-accounts.js';
import type { FakeApi } from './inbox-browser-fake-api.js';
import { fakeReports } from './inbox-browser-fake-reports.js';
import { type AuthScene, type AuthStage, PASSWORD, type SceneOptions } from './inbox-browser-stage.js';

/** Jean, who reads everything; Marie, who came later; and what tests need to know of them. */
export interface AccessScene extends AuthScene {
  readonly jean: FakeAccount;
  readonly marie: FakeAccount;
  /** Gives Jean's password in the panel that opens the reports, and waits until it has gone. */
  unlock(): Promise<void>;
  /** Ticks the six groups. */
  compare(name: string): Promise<void>;
}

export interface AccessSceneOptions extends SceneOptions {
  /** How many there are. */
  readonly reports?: number;
  /** How many of them Marie can read. */
  readonly mariesReports?: number;
  readonly jeanReads?: boolean;
}

/** Keys are derived on the device: on a slow machine that takes seconds. */
const KEY_MS = 60_000;

export async function openAccessScene(
  stage: AuthStage,
  { reports = 4, mariesReports = 0, jeanReads = true, prepare, ...options }: AccessSceneOptions = {},
): Promise<AccessScene> {
  const mariesKey = toBase64url((await makeKeyPair()).publicKey);
  let people: readonly [FakeAccount, FakeAccount] | undefined;
  const scene = await stage.scene({
    // What a service worker fetches would go past the routes that tests lay.
    serviceWorkers: 'block',
    ...options,
    path: '/inbox/compte',
    isIn: true,
    prepare: (api, makeJean) => {
      const jean = makeJean();
      jean.role = 'coordinator';
      const credentials = { ...jean.credentials, publicKey: mariesKey };
      people = [jean, api.addAccount({ login: 'marie.petit', displayName: 'Marie Petit', credentials })];
      prepare?.(api, makeJean);
    },
  });
  if (!people) throw new Error('Nobody was prepared');
  const [jean, marie] = people;
  const readers = jeanReads ? [jean] : [];
  scene.api.reports.push(
    ...(await fakeReports(mariesReports, [...readers, marie])),
    ...(await fakeReports(reports - mariesReports, readers)),
  );
  const { page, api } = scene;
  await page.goto(`${api.url}${options.path ?? '/inbox/signalements/acces'}`);
  return {
    ...scene,
    jean,
    marie,
    async unlock() {
      await scene.field('Mot de passe').fill(PASSWORD);
      await scene.button('Ouvrir les signalements').click();
      await scene.button('Ouvrir les signalements').waitFor({ state: 'detached', timeout: KEY_MS });
    },
    async compare(name) {
      await page.getByRole('group', { name: `Empreinte de ${name}` }).waitFor({ timeout: KEY_MS });
      for (const box of await page.getByRole('checkbox').all()) await box.check({ force: true });
    },
  };
}

/** As both screens show them. */
export function groupsOf({ credentials }: FakeAccount): readonly string[] {
  return fingerprintOf(credentials.publicKey).split(' ');
}

/** How many reports are sealed to this account. */
export function readableBy({ reports }: FakeApi, { credentials }: FakeAccount): number {
  return reports.filter(({ sealedTo }) => sealedTo.has(credentials.publicKey)).length;
}
