import type { FactsVersion } from '../../domain/facts-edit.js';
import type { FactsStore } from '../ports/settings-store.js';
import type { RecordCollections } from '../record-collection.js';

export function createFactsStore(collections: RecordCollections): FactsStore {
  const versions = collections<FactsVersion>({
    name: 'facts',
    placeOf: ({ version }) => ({ id: `${version}`, sort: version }),
  });
  const history = (limit: number) => versions.list({ order: 'descending', limit });

  return {
    append: (version) => versions.insert(version),
    latest: async () => (await history(1))[0],
    load: async (version) => (await versions.load(`${version}`))?.value,
    history,
  };
}
