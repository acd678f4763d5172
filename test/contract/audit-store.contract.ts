import { expect, it } from '@jest/globals';
import { isDomainError } from '../../src/domain/errors.js';
import type { AuditStore } from '../../src/storage/ports/audit-store.js';
import { buildAuditEntry } from '../support/storage-builders.js';
import { describeFresh, race } from '../support/storage-fresh.js';
import type { MakeStorage } from '../support/storage-under-test.js';

export function describeAuditStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`audit store: ${name}`, makeStorage, (fresh) => {
    const audit = () => fresh().storage.audit;
    const entries = Array.from({ length: 25 }, (_, index) => buildAuditEntry(index + 1));

    it('gives back what was appended, forwards and backwards', async () => {
      expect(await audit().last()).toBeUndefined();
      expect(await audit().before(undefined, 5)).toEqual([]);
      for (const entry of entries) await audit().append(entry);
      expect(await audit().last()).toEqual(entries[24]);
      expect(await audit().after(0, 100)).toEqual(entries);
      expect(await audit().after(9, 3)).toEqual(entries.slice(9, 12));
      expect(await audit().after(25, 3)).toEqual([]);
      expect(await audit().before(undefined, 2)).toEqual([entries[24], entries[23]]);
      expect(await audit().before(11, 3)).toEqual([entries[9], entries[8], entries[7]]);
      expect(await audit().before(3, 10)).toEqual([entries[1], entries[0]]);
    });

    it('keeps every field', async () => {
      const details = { role: 'coordinator', version: 3, isNew: true };
      const entry = buildAuditEntry(1, { actor: 'jean', subject: 'one', details });
      await audit().append(entry);
      expect(await audit().last()).toEqual(entry);
    });

    it('refuses a taken position, and keeps the first', async () => {
      await audit().append(buildAuditEntry(1, { subject: 'first' }));
      const second = audit().append(buildAuditEntry(1, { subject: 'second' }));
      await expect(second).rejects.toMatchObject({ code: 'duplicate' });
      expect(await audit().after(0, 10)).toEqual([buildAuditEntry(1, { subject: 'first' })]);
    });

    it('numbers without a gap or a repeat what 20 append at once, each again until it is in', async () => {
      await race((index) => appendNext((index % 2 ? fresh().other : fresh().storage).audit, `${index}`));
      const stored = await audit().after(0, 100);
      expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      expect(new Set(stored.map(({ subject }) => subject)).size).toBe(20);
    });
  });
}

async function appendNext(audit: AuditStore, subject: string): Promise<void> {
  for (;;) {
    const { seq = 0 } = (await audit.last()) ?? {};
    try {
      await audit.append(buildAuditEntry(seq + 1, { subject }));
      return;
    } catch (error) {
      if (!isDomainError(error, 'duplicate')) throw error;
    }
  }
}
