import { createAlarmBell } from './alarms/alarm-bell.js';
import { createMailer, type Mailer } from './alarms/mailer.js';
import { loadPushKeys } from './alarms/push-keys.js';
import { createPusher } from './alarms/pusher.js';
import { createReportBell } from './alarms/report-bell.js';
import type { Parts } from './compose-services.js';
import type { Desk } from './domain/desk.js';
import type { ReportDesk } from './domain/report-desk.js';
import { faultOf } from './http/error-handler.js';
import { createAlarmHandlers } from './inbox/alarm-routes.js';
import { INBOX_PATH } from './inbox/page-router.js';

/** Below the inbox's own address. */
const REPORTS_PATH = '/signalements';

interface AlarmDependencies extends Pick<Parts, 'config' | 'clock' | 'log' | 'opened' | 'meters'> {
  readonly desk: Desk;
  readonly reports: { readonly desk: ReportDesk };
}

/** All that wakes delegates who have no page open, and what they set of it. */
export async function createAlarm({ config, clock, log, opened, meters, desk, reports }: AlarmDependencies) {
  const { pushContact, smtp, pushAfterSeconds, emailAfterMinutes } = config.alarm;
  const settings = { pushAfterSeconds, emailAfterMinutes };
  const keys = await loadPushKeys(opened.storage.settings);
  const pusher = meters.pusher(
    createPusher({
      store: opened.storage.push,
      keys,
      contact: pushContact,
      onFailure: (status) => log.warn({ ...(status !== undefined && { status }) }, 'A push service refused a push'),
    }),
  );
  const mailer: Mailer | undefined = smtp && meters.mailer(createMailer(smtp));
  const inboxUrl = `${config.publicUrl ?? `http://localhost:${config.port}`}${INBOX_PATH}`;
  const { accounts, push: subscriptions } = opened.storage;
  const common = { ...(mailer && { mailer }), pusher, clock, settings, inboxUrl };
  const onMailFailure = (error: unknown): void => log.error(faultOf(error), 'An alarm could not be sent by e-mail');
  const bell = createAlarmBell({
    ...common,
    store: opened.storage.conversations,
    accounts,
    subscriptions,
    desk,
    onMailFailure,
  });
  const reportBell = createReportBell({
    ...common,
    desk: reports.desk,
    accounts,
    subscriptions,
    settings: opened.storage.settings,
    reportsUrl: `${inboxUrl}${REPORTS_PATH}`,
    onMailFailure,
  });
  const handlers = createAlarmHandlers({ ...common, store: opened.storage.push, pushKey: keys.publicKey });
  return { bell, reportBell, mailer, handlers };
}
