import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../client/chat.js';
import type { Message } from '../model/message.js';
import { currentActions, markerOf } from '../model/timeline.js';
import { strings } from '../strings.js';
import { useStore } from './hooks.js';
import { nameOf } from './names.js';

interface Notice {
  readonly key: string;
  readonly text: string;
}

/**
 * What a screen reader says by itself. The log is not live: it would read history again after a reload, and a bubble
 * twice when the server confirms it. Here each thing is said once, when it happens.
 */
export function Announcer({ chat, isOpen }: { readonly chat: Chat; readonly isOpen: boolean }): JSX.Element {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const { phase, log } = useStore(chat);
  const failures = log.outgoing.filter(({ delivery }) => delivery === 'failed').length;
  const wasOffline = useRef(false);

  useEffect(
    () =>
      chat.onNews((messages) => {
        const key = `news:${messages.at(-1)?.seq}`;
        if (!isOpen) return setNotices([{ key, text: strings.unreadNotice(messages.length) }]);
        const { log: now } = chat.state();
        const actions = currentActions(now).map(({ title }) => title);
        const choices =
          actions.length > 0 ? [{ key: `${key}:actions`, text: `${strings.actions} : ${actions.join(', ')}` }] : [];
        const told = messages.map((message) => spoken(message, markerOf(now, message) === undefined));
        setNotices([...told, ...choices]);
      }),
    [chat, isOpen],
  );

  useEffect(() => {
    if (phase === 'offline') setNotices([{ key: 'offline', text: strings.state.offline }]);
    if (phase === 'live' && wasOffline.current) setNotices([{ key: 'live', text: strings.state.back }]);
    wasOffline.current = phase === 'offline' || (wasOffline.current && phase === 'connecting');
  }, [phase]);

  useEffect(() => {
    if (failures > 0) setNotices([{ key: `failed:${failures}`, text: strings.delivery.failed }]);
  }, [failures]);

  return (
    <div class="hidden" role="status" aria-live="polite">
      {notices.map(({ key, text }) => (
        <p key={key}>{text}</p>
      ))}
    </div>
  );
}

function spoken(message: Message, isNamed: boolean): Notice {
  const cards = message.cards.map(({ title, text }) => `${title} ${text}`);
  const by = isNamed ? `${nameOf(message)} : ` : '';
  return { key: `seq:${message.seq}`, text: [by + message.text, ...cards].join(' ') };
}
