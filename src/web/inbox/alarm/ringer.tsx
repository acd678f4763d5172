import './ringer.css';
import { BellOff, BellRing, Volume2 } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useRouter } from '../app/router.js';
import { useSession } from '../app/session.js';
import { useTitleBadge } from '../app/title.js';
import { clockWords } from '../conversation/paris.js';
import { useLive, useServerNow } from '../live/hooks.js';
import type { Show } from '../sw/scope.js';
import { Button } from '../ui/button.js';
import { showBadges } from './badges.js';
import { withdrawPushed } from './notices.js';
import { type Picture, pictureOf, pictureOfCounts } from './picture.js';
import { RINGER } from './strings.js';
import { useAlarm } from './use-alarm.js';

const BLINK_MS = 1_200;
const LOOK_AGAIN_MS = 5_000;

/**
 * Rings while somebody waits, whatever page is shown, also while it is locked; above the page it says so, and how to
 * silence it. It stands beside the shell, within the providers of the session and of the live desk.
 */
export default function AlarmRinger(): ReactNode {
  const { control } = useAlarm();
  useEffect(() => control.start(), [control]);
  useFeed();
  useTabTitle();
  useBadges();
  useNotificationClicks();
  return <AlarmBar />;
}

/** Tells the alarm who calls. */
function useFeed(): void {
  const { control } = useAlarm();
  const { session } = useSession();
  const picture = usePicture();
  const { isAvailable } = session.account;
  useEffect(() => control.alarm.update({ picture, isAvailable }), [control, picture, isAvailable]);
}

function usePicture(): Picture {
  const cards = useLive((state) => state.cards);
  const locked = useLive((state) => state.locked);
  const now = useServerNow(LOOK_AGAIN_MS);
  return useMemo(
    () => (locked ? pictureOfCounts(locked) : pictureOf(cards?.values() ?? [], now)),
    [cards, locked, now],
  );
}

/** « (2) Quelqu’un attend », by turns with « (2) », so that it is seen among other tabs. */
function useTabTitle(): void {
  const { urgency, picture, isCalled } = useAlarm();
  const [isLong, setLong] = useState(true);
  const isBlinking = urgency !== undefined && isCalled;
  useEffect(() => {
    if (!isBlinking) return;
    const timer = setInterval(() => setLong((before) => !before), BLINK_MS);
    return () => clearInterval(timer);
  }, [isBlinking]);
  const count = `(${picture.length})`;
  const words = urgency && isBlinking && isLong ? ` ${RINGER.calling(urgency, 1)}` : '';
  useTitleBadge(urgency ? `${count}${words}` : '');
}

function useBadges(): void {
  const { urgency, picture } = useAlarm();
  const isKnown = useLive(({ cards, locked }) => cards !== undefined || locked !== undefined);
  const count = picture.length;
  useEffect(() => {
    showBadges(urgency, count);
    return () => showBadges(undefined, 0);
  }, [urgency, count]);
  useEffect(() => {
    if (isKnown && !urgency) void withdrawPushed();
  }, [isKnown, urgency]);
}

/** A notification that was clicked brings the reader to the queue. */
function useNotificationClicks(): void {
  const { navigate } = useRouter();
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const { serviceWorker } = navigator;
    const onMessage = ({ data }: MessageEvent<unknown>) => {
      if (data === ('permanence:show-queue' satisfies Show)) navigate({ name: 'queue' });
      if (data === ('permanence:show-reports' satisfies Show)) navigate({ name: 'reports' });
    };
    serviceWorker.addEventListener('message', onMessage);
    return () => serviceWorker.removeEventListener('message', onMessage);
  }, [navigate]);
}

function AlarmBar(): ReactNode {
  const { control, urgency, picture, isAvailable, isCalled, isRinging, mutedUntil, settings, sound } = useAlarm();
  const { isLocked } = useSession();
  if (!isAvailable && !isCalled) return null;
  const isBlocked = settings.isSoundOn && sound === 'blocked';
  if (isBlocked) {
    return (
      <section className={`alarm-bar ${urgency ?? 'blocked'}`} aria-label={RINGER.region}>
        <p className="alarm-words">
          {urgency && <strong>{RINGER.calling(urgency, picture.length)}. </strong>}
          {RINGER.blocked}
        </p>
        <Button icon={Volume2} onPress={() => void control.sounder.unlock()}>
          {RINGER.unblock}
        </Button>
      </section>
    );
  }
  if (mutedUntil > 0) {
    return (
      <section className="alarm-bar muted" aria-label={RINGER.region}>
        <p className="alarm-words">
          {urgency && <strong>{RINGER.calling(urgency, picture.length)}. </strong>}
          {RINGER.muted(clockWords(mutedUntil))}
        </p>
        <Button icon={BellRing} onPress={control.alarm.unmute}>
          {RINGER.unmute}
        </Button>
      </section>
    );
  }
  if (!urgency || !isRinging) return null;
  return (
    <section className={`alarm-bar ${urgency}`} aria-label={RINGER.region}>
      <BellRing aria-hidden className="icon" />
      <p className="alarm-words">
        <strong>{RINGER.calling(urgency, picture.length)}</strong>
        <span className="alarm-hint">{isLocked ? RINGER.lockedHint : RINGER.callingHint[urgency]}</span>
      </p>
      <Button icon={BellOff} onPress={control.alarm.mute}>
        {RINGER.mute}
      </Button>
    </section>
  );
}
