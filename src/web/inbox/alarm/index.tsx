import './alarm.css';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { call } from '../api/client.js';
import { useLoad } from '../api/use-load.js';
import { PageTitle } from '../app/title.js';
import { PAGES } from '../strings.js';
import { LoadState, Notice } from '../ui/index.js';
import { EmailSection } from './email-section.js';
import { NoticeSection } from './notice-section.js';
import { notificationPermission } from './notices.js';
import { ALARM_PAGE } from './page-strings.js';
import { type PushState, readPush } from './push.js';
import { PushSection } from './push-section.js';
import { SoundSection } from './sound-section.js';
import { TestSection } from './test-section.js';
import { useAlarm } from './use-alarm.js';

export default function AlarmPage(): ReactNode {
  const { isAvailable } = useAlarm();
  const { data, problem, reload, setData } = useLoad('alarm', (signal) => call('readAlarm', {}, signal));
  const device = useDevice();
  return (
    <div className="page alarm-page">
      <PageTitle>{PAGES.alarm}</PageTitle>
      <p>{ALARM_PAGE.intro}</p>
      {!isAvailable && (
        <Notice kind="warning" title={ALARM_PAGE.away}>
          {ALARM_PAGE.awayHint}
        </Notice>
      )}
      <TestSection onTested={device.look} />
      <SoundSection />
      <NoticeSection permission={device.permission} onChange={device.look} />
      {data ? (
        <>
          <PushSection
            view={data}
            push={device.push}
            onChange={(view) => {
              setData(view);
              device.look();
            }}
          />
          <EmailSection view={data} />
        </>
      ) : (
        <LoadState problem={problem} onRetry={reload} />
      )}
    </div>
  );
}

/** What this browser allows now; it is looked at again when the reader comes back from the browser's settings. */
function useDevice() {
  const [permission, setPermission] = useState(notificationPermission);
  const [push, setPush] = useState<PushState>();
  const look = useCallback(() => {
    setPermission(notificationPermission());
    void readPush().then(setPush);
  }, []);
  useEffect(() => {
    look();
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  }, [look]);
  return { permission, push, look };
}
