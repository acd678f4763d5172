import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { LIMITS } from '../../src/attachments/limits.js';
import { buildAttachment, buildNote } from '../support/storage-builders.js';
import { CANARY, formsOf } from '../support/storage-canary.js';
import { describeFresh, race } from '../support/storage-fresh.js';
import type { MakeStorage } from '../support/storage-under-test.js';

const BYTES = Uint8Array.of(0, 255, 1, 254);

export function describeAttachmentStore(name: string, makeStorage: MakeStorage): void {
  describeFresh(`attachment store: ${name}`, makeStorage, (fresh) => {
    const attachments = () => fresh().storage.attachments;

    it('keeps a file by its conversation and id, and no other finds it', async () => {
      const attachment = buildAttachment();
      await attachments().save(attachment, BYTES);
      expect(await fresh().other.attachments.find('one', 'photo')).toEqual(attachment);
      expect(new Uint8Array((await fresh().other.attachments.content('one', 'photo')) ?? [])).toEqual(BYTES);
      for (const [conversationId, id] of [
        ['two', 'photo'],
        ['one', 'other'],
        ['one","photo', ''],
      ] as const) {
        expect(await attachments().find(conversationId, id)).toBeUndefined();
        expect(await attachments().content(conversationId, id)).toBeUndefined();
        expect(await attachments().remove(conversationId, id)).toBe(false);
      }
    });

    it('keeps a file of the largest size whole, and replaces it', async () => {
      const content = randomBytes(LIMITS.pdf);
      const attachment = buildAttachment({ kind: 'pdf', bytes: content.length });
      await attachments().save(buildAttachment(), BYTES);
      await attachments().save(attachment, content);
      expect(await attachments().listOf('one')).toEqual([attachment]);
      expect(content.equals((await attachments().content('one', 'photo')) ?? Buffer.of())).toBe(true);
    });

    it('lists those of a conversation and those kept before a time, the first kept first', async () => {
      const [late, early] = [buildAttachment({ id: 'b', keptAt: 20 }), buildAttachment({ id: 'c', keptAt: 10 })];
      const elsewhere = buildAttachment({ conversationId: 'two', keptAt: 15 });
      for (const each of [late, early, elsewhere]) await attachments().save(each, BYTES);
      expect(await attachments().listOf('one')).toEqual([early, late]);
      expect(await attachments().listBefore(20)).toEqual([early, elsewhere]);
      expect(await attachments().remove('one', 'c')).toBe(true);
      expect(await attachments().content('one', 'c')).toBeUndefined();
      expect(await attachments().listOf('one')).toEqual([late]);
    });

    it('keeps one whole file of 20 that are saved at once', async () => {
      const { won } = await race((index) => {
        const { attachments: store } = index % 2 ? fresh().other : fresh().storage;
        return store.save(buildAttachment({ keptAt: 5 }), Buffer.alloc(1000, index));
      });
      expect(won).toHaveLength(20);
      expect(await attachments().listOf('one')).toHaveLength(1);
      expect(new Set(await attachments().content('one', 'photo')).size).toBe(1);
    });

    it('removes all of a conversation with it, and leaves nothing of it behind', async () => {
      const content = Buffer.from(CANARY.repeat(50));
      await attachments().save(buildAttachment(), content);
      await attachments().save(buildAttachment({ id: 'second' }), content);
      await attachments().save(buildAttachment({ conversationId: 'two' }), BYTES);
      await fresh().storage.notes.add(buildNote());
      let sealed: readonly Buffer[] = [];
      await fresh().underTest.editRecords((records) => {
        sealed = records.filter(({ conversation }) => conversation === 'one').map((each) => Buffer.from(each.sealed));
        return records;
      });
      const before = await fresh().underTest.readRaw();
      expect(sealed.filter((value) => before.includes(value))).toHaveLength(5);
      for (const form of formsOf(CANARY)) expect(before.includes(form)).toBe(false);

      expect(await fresh().storage.satellites.conversationIds(10)).toEqual(['one', 'two']);
      expect(await fresh().storage.satellites.removeOf(['one'])).toBe(5);
      expect(await attachments().listOf('one')).toEqual([]);
      expect(await attachments().content('one', 'photo')).toBeUndefined();
      expect(await attachments().content('two', 'photo')).toBeDefined();
      const after = await fresh().underTest.readRaw();
      expect(sealed.filter((value) => after.includes(value))).toEqual([]);
    });

    it('gives nothing that was altered, or put in another’s place', async () => {
      await attachments().save(buildAttachment(), BYTES);
      await attachments().save(buildAttachment({ conversationId: 'two', keptAt: 99 }), BYTES);
      await fresh().underTest.editRecords((records) => {
        const [mine, hers] = records.filter(({ kind }) => kind === 'attachment-content');
        return records.map((record) => {
          if (record === mine && hers) return { ...record, sealed: hers.sealed };
          return record === hers ? { ...record, sealed: Buffer.alloc(60, 1) } : record;
        });
      });
      for (const conversationId of ['one', 'two'])
        await expect(attachments().content(conversationId, 'photo')).rejects.toMatchObject({
          code: 'storage-unavailable',
        });
      await attachments().save(buildAttachment(), BYTES);
      expect(new Uint8Array((await attachments().content('one', 'photo')) ?? [])).toEqual(BYTES);
    });
  });
}
