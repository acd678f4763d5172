import { DomainError, isDomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import type { SettingName, SettingsStore } from '../ports/settings-store.js';
import type { RecordCollections } from '../record-collection.js';

interface Setting {
  readonly name: SettingName;
  readonly value: JsonObject;
}

const FIRST_REV = 1;

export function createSettingsStore(collections: RecordCollections): SettingsStore {
  const settings = collections<Setting>({ name: 'setting', placeOf: ({ name }) => ({ id: name, sort: 0 }) });

  async function saveFirst(setting: Setting): Promise<void> {
    try {
      await settings.insert(setting, FIRST_REV);
    } catch (error) {
      throw isDomainError(error, 'duplicate') ? overtaken() : error;
    }
  }

  return {
    async load(name) {
      const stored = await settings.load(name);
      return stored && { rev: stored.rev, value: stored.value.value };
    },
    async save(name, value, expectedRev) {
      if (expectedRev === undefined) return saveFirst({ name, value });
      if ((await settings.replace({ name, value }, expectedRev)) !== 'replaced') throw overtaken();
    },
  };
}

function overtaken(): DomainError {
  return new DomainError('revision-conflict', 'Another change came first');
}
