import type { SettingsStore } from '../storage/ports/settings-store.js';
import type { JsonObject } from './json.js';
import { type OpeningHours, UNSET_OPENING_HOURS } from './opening-hours.js';

/** The opening hours as the coordinator saved them last: read each time, so that they count at once in every process. */
export interface OpeningHoursBook {
  /** `rev` is absent while none were saved. */
  read(): Promise<{ readonly hours: OpeningHours; readonly rev?: number }>;
  /**
   * @param rev that of the hours which these replace; absent: there are none yet.
   * @throws DomainError `revision-conflict` when somebody saved others meanwhile.
   */
  save(hours: OpeningHours, rev?: number): Promise<void>;
}

export function createOpeningHoursBook(settings: SettingsStore): OpeningHoursBook {
  return {
    async read() {
      const stored = await settings.load('opening-hours');
      if (!stored) return { hours: UNSET_OPENING_HOURS };
      // Checked before it was saved, and sealed since.
      return { hours: stored.value as unknown as OpeningHours, rev: stored.rev };
    },
    save: (hours, rev) => settings.save('opening-hours', hours as unknown as JsonObject, rev),
  };
}
