import { WifiOff } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useAnnounce } from '../ui/announcer.js';
import { Button } from '../ui/button.js';
import { useDesk, useLive, useNow } from './hooks.js';
import { durationWords, LIVE } from './strings.js';

/** A cut shorter than this heals before anybody has read about it. */
const SHOWN_AFTER_MS = 2_500;

/** Says since when the line is cut, second by second, and that it heals by itself. */
export function ConnectionNotice(): ReactNode {
  const connection = useLive((state) => state.connection);
  return connection.kind === 'cut' ? <Cut since={connection.since} /> : null;
}

function Cut({ since }: { readonly since: number }): ReactNode {
  const { hurry } = useDesk();
  const announce = useAnnounce();
  const now = useNow();
  const first = useRef(Date.now());
  const isShown = now - first.current >= SHOWN_AFTER_MS;
  useEffect(() => {
    if (!isShown) return;
    announce(LIVE.cut(durationWords(Date.now() - since)));
    return () => announce(LIVE.back);
  }, [isShown, since, announce]);
  if (!isShown) return null;
  return (
    <div className="line-cut">
      <WifiOff aria-hidden className="icon" />
      <div>
        <p className="line-cut-title">{LIVE.cut(durationWords(now - since))}</p>
        <p>{LIVE.cutHelp}</p>
      </div>
      <Button onPress={hurry}>{LIVE.tryNow}</Button>
    </div>
  );
}
