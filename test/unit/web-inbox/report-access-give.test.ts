import { beforeAll, describe, expect, test } from '@jest/globals';
import { openDataKey, reportSealing, SealingFault } from '../../../src/sealing/index.js';
import { ApiProblem } from '../../../src/web/inbox/api/problem.js';
import type { MissingKeys, ReportAccess } from '../../../src/web/inbox/api/types.js';
import { toBase64url } from '../../../src/web/inbox/crypto/bytes.js';
import { importPrivateKey, makeKeyPair } from '../../../src/web/inbox/crypto/key-pair.js';
import { type GiveDependencies, type Grant, giveAccess } from '../../../src/web/inbox/report-access/give.js';

type MissingKey = MissingKeys['keys'][number];

const MARIE = { id: 'marie', publicKey: 'M'.repeat(43) };
const ACCESS: ReportAccess = { readers: [], reports: 3, lost: 0 };

/** A server that knows what is missing, and forgets it once it is granted. */
function createWorld(missing: readonly MissingKey[], { pageSize = 200, publicKey = MARIE.publicKey } = {}) {
  const world = {
    missing: [...missing],
    grants: [] as Grant[][],
    calls: 0,
    publicKey,
    /** Keys that do not open. */
    broken: new Set<string>(),
    refusal: undefined as ApiProblem | undefined,
  };
  const deps: GiveDependencies = {
    async readMissing(id, signal) {
      signal.throwIfAborted();
      world.calls += 1;
      return {
        reader: { id, displayName: 'Marie', publicKey: world.publicKey, fingerprint: '' },
        keys: world.missing.slice(0, pageSize),
        isMore: world.missing.length > pageSize,
      };
    },
    async grant(_, grants) {
      if (world.refusal) throw world.refusal;
      world.grants.push([...grants]);
      const given = new Set(grants.map(({ keyId }) => keyId));
      world.missing = world.missing.filter(({ keyId }) => !given.has(keyId));
      return { access: ACCESS };
    },
    async reseal(sealed, { keyId }, to) {
      if (world.broken.has(keyId)) throw new SealingFault('cannot-open');
      return `${sealed} for ${to}`;
    },
  };
  return { world, deps };
}

function keys(count: number, perReport = 1): readonly MissingKey[] {
  return Array.from({ length: count }, (_, index) => ({
    reportId: `report-${Math.floor(index / perReport)}`,
    keyId: `key-${index}`,
    sealed: `sealed-${index}`,
  }));
}

const options = (onProgress: (reports: number) => void = () => undefined, abort = new AbortController()) => ({
  signal: abort.signal,
  onProgress,
});

const refusalOf = (code: string, status = 409): ApiProblem => new ApiProblem({ status, code, detail: '…' });

describe('giving a colleague access', () => {
  test('every key is sealed again, page by page, and progress counts reports', async () => {
    const { world, deps } = createWorld(keys(250, 2), { pageSize: 100 });
    const progress: number[] = [];
    const given = await giveAccess(
      deps,
      MARIE,
      options((reports) => progress.push(reports)),
    );
    expect(given).toEqual({ kind: 'given', access: ACCESS, unreadable: 0 });
    expect(world.missing).toEqual([]);
    expect(world.grants.flat()).toHaveLength(250);
    expect(world.grants.flat()[0]).toEqual({
      reportId: 'report-0',
      keyId: 'key-0',
      sealed: `sealed-0 for ${MARIE.publicKey}`,
    });
    expect(progress.at(-1)).toBe(125);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    for (const part of world.grants) expect(part.length).toBeLessThanOrEqual(200);
  });

  test('nothing missing is said to be nothing', async () => {
    const { deps } = createWorld([]);
    expect(await giveAccess(deps, MARIE, options())).toEqual({ kind: 'given', unreadable: 0 });
  });

  test('a key that does not open is passed over, and does not keep it going for ever', async () => {
    const { world, deps } = createWorld(keys(10), { pageSize: 4 });
    for (const at of [0, 1, 2, 3]) world.broken.add(`key-${at}`);
    expect(await giveAccess(deps, MARIE, options())).toMatchObject({ unreadable: 4 });
    expect(world.calls).toBeLessThanOrEqual(3);

    const mixed = createWorld(keys(10), { pageSize: 4 });
    mixed.world.broken.add('key-1');
    expect(await giveAccess(mixed.deps, MARIE, options())).toMatchObject({ kind: 'given', unreadable: 1 });
    expect(mixed.world.missing.map(({ keyId }) => keyId)).toEqual(['key-1']);
  });

  test('another key than the one that was compared gets nothing', async () => {
    const { world, deps } = createWorld(keys(3), { publicKey: 'X'.repeat(43) });
    expect(await giveAccess(deps, MARIE, options())).toEqual({ kind: 'changed' });
    expect(world.grants).toEqual([]);
  });

  test('a key that changes on the way stops it', async () => {
    const { world, deps } = createWorld(keys(3));
    world.refusal = refusalOf('KeysChanged');
    expect(await giveAccess(deps, MARIE, options())).toEqual({ kind: 'changed' });
  });

  test.each([['Offline'], ['ReportChanged']])('« %s » is told, and what was given stays given', async (code) => {
    const { world, deps } = createWorld(keys(90));
    const refusing: GiveDependencies = {
      ...deps,
      async grant(...args) {
        if (world.grants.length === 1) throw refusalOf(code);
        return deps.grant(...args);
      },
    };
    const progress: number[] = [];
    await expect(
      giveAccess(
        refusing,
        MARIE,
        options((reports) => progress.push(reports)),
      ),
    ).rejects.toMatchObject({ code });
    const [first] = progress;
    expect(world.missing).toHaveLength(90 - (first ?? 0));

    await giveAccess(deps, MARIE, options());
    const names = world.grants.flat().map(({ keyId }) => keyId);
    expect(new Set(names).size).toBe(90);
    expect(names).toHaveLength(90);
  });

  test('it stops between two keys', async () => {
    const abort = new AbortController();
    const { world, deps } = createWorld(keys(90));
    const giving = giveAccess(
      deps,
      MARIE,
      options(() => abort.abort(), abort),
    );
    await expect(giving).rejects.toHaveProperty('name', 'AbortError');
    expect(world.grants).toHaveLength(1);
  });

  test('a colleague’s key that nothing can be sealed to is no fault of the reports', async () => {
    const { deps } = createWorld(keys(2));
    const unfit: GiveDependencies = {
      ...deps,
      reseal: () => Promise.reject(new SealingFault('unfit-key')),
    };
    await expect(giveAccess(unfit, MARIE, options())).rejects.toMatchObject({ code: 'unfit-key' });
  });
});

describe('with real keys', () => {
  const place = { reportId: 'report-1', keyId: 'key-1' };
  let jean: Awaited<ReturnType<typeof pairOf>>;
  let marie: Awaited<ReturnType<typeof pairOf>>;
  beforeAll(async () => {
    [jean, marie] = await Promise.all([pairOf(), pairOf()]);
  });

  async function pairOf() {
    const { publicKey, privateKey } = await makeKeyPair();
    return { publicKey: toBase64url(publicKey), privateKey: await importPrivateKey(privateKey) };
  }

  test('what one delegate opens, the other opens after it was given', async () => {
    const dataKey = reportSealing.makeDataKey();
    const sealed = await reportSealing.sealDataKey(dataKey, place, jean.publicKey);
    const { world, deps } = createWorld([{ ...place, sealed }], { publicKey: marie.publicKey });
    await giveAccess(
      {
        ...deps,
        reseal: async (text, where, to) => reportSealing.sealDataKey(await openDataKey(text, where, jean), where, to),
      },
      { id: 'marie', publicKey: marie.publicKey },
      options(),
    );
    const [grant] = world.grants.flat();
    expect(await openDataKey(grant?.sealed ?? '', place, marie)).toEqual(dataKey);
    await expect(openDataKey(grant?.sealed ?? '', place, jean)).rejects.toThrow(SealingFault);
  });
});
