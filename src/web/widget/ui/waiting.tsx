import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { typeset } from '../../shared/typeset.js';
import type { Log } from '../model/log.js';
import { standing } from '../model/timeline.js';
import { strings } from '../strings.js';
import { Icon } from './icons.js';

/** What is known of the wait, and how to end it; nothing while the resident does not wait. */
export function Waiting({ log, stop }: { readonly log: Log; readonly stop: () => void }): JSX.Element | null {
  return standing(log) === 'waiting' ? <WaitingBar place={log.place} stop={stop} /> : null;
}

function WaitingBar({ place, stop }: { readonly place: Log['place']; readonly stop: () => void }): JSX.Element {
  const { title, next, before, usual } = strings.waiting;
  const [isStopping, setStopping] = useState(false);
  const told = place && [
    place.position > 1 ? before(place.position - 1) : next,
    ...(place.minutes ? [usual(place.minutes)] : []),
  ];
  return (
    <div class="line-notice waiting">
      <Icon name="clock" />
      <p role="status">
        <strong>{title}</strong>
        {told?.map((line) => `\n${typeset(line)}`)}
      </p>
      {!isStopping && (
        <button
          type="button"
          onClick={() => {
            setStopping(true);
            stop();
          }}
        >
          {strings.waiting.stop}
        </button>
      )}
    </div>
  );
}
