import { describe, expect, test } from '@jest/globals';
import { type Config, ConfigError, readConfig } from '../../../src/config.js';
import { readDocument, rowsOf } from './tables.js';

const operations = readDocument('OPERATIONS.md');

/** What each variable becomes. */
const VALUE_OF: Readonly<Record<string, (config: Config) => number>> = {
  HANDOFF_WAIT_MINUTES: ({ handoff }) => handoff.waitMinutes,
  HANDOFF_ALONE_MINUTES: ({ handoff }) => handoff.aloneMinutes,
  HANDOFF_HOLD_LOST_SECONDS: ({ handoff }) => handoff.holdLostSeconds,
  IDLE_LOCK_MINUTES: ({ accounts }) => accounts.idleLockMinutes,
  ALARM_PUSH_AFTER_SECONDS: ({ alarm }) => alarm.pushAfterSeconds,
  ALARM_EMAIL_AFTER_MINUTES: ({ alarm }) => alarm.emailAfterMinutes,
  REPORT_RETENTION_DAYS: ({ reports }) => reports.retentionDays,
  REPORT_DRAFT_HOURS: ({ reports }) => reports.draftHours,
  REPORT_UNREAD_HOURS: ({ reports }) => reports.unreadHours,
};

describe('docs/OPERATIONS.md', () => {
  const numbers = rowsOf(operations, 'variable');

  test('has every number of the inbox', () => {
    expect(numbers.map(([name]) => name)).toEqual(Object.keys(VALUE_OF));
  });

  test.each(numbers)('%s goes from and to %s, and is %s unless given', (name = '', bounds = '', otherwise) => {
    const [least = 0, most = 0] = bounds.split(' to ').map(Number);
    const read = VALUE_OF[name];
    expect(read?.(readConfig({}))).toBe(Number(otherwise));
    for (const bound of [least, most]) expect(read?.(readConfig({ [name]: `${bound}` }))).toBe(bound);
    for (const beyond of [least - 1, most + 1]) {
      expect(() => readConfig({ [name]: `${beyond}` })).toThrow(ConfigError);
    }
  });

  test('says what goes with a mail server', () => {
    expect(() => readConfig({ SMTP_URL: 'smtps://mail.exemple.fr' })).toThrow(/SMTP_FROM.*\n.*PUBLIC_URL/);
    expect(operations).toContain('needed with `SMTP_URL`, as is `PUBLIC_URL`');
  });
});
