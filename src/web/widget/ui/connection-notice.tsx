import type { JSX } from 'preact';
import type { Phase } from '../client/chat.js';
import { formatDuration } from '../model/duration.js';
import { strings } from '../strings.js';
import { useNow } from './hooks.js';
import { Icon } from './icons.js';

const SECOND_MS = 1_000;

/** What is wrong with the line, for as long as it is; nothing while all is well. */
export function ConnectionNotice({
  phase,
  since,
}: {
  readonly phase: Phase;
  readonly since: number;
}): JSX.Element | null {
  const now = useNow(phase === 'offline');
  if (phase === 'offline') {
    const duration = now - since;
    return (
      <div class="line-notice">
        <Icon name="cut" />
        <p>
          <strong>
            {strings.state.offline}
            {duration >= SECOND_MS && ` ${strings.state.offlineFor(formatDuration(duration, strings))}`}
          </strong>
          <br />
          {strings.state.offlineHelp}
        </p>
      </div>
    );
  }
  if (phase === 'refused') {
    return (
      <div class="line-notice" role="alert">
        <Icon name="alert" />
        <p>
          <strong>{strings.state.refused}</strong>
          <br />
          {strings.state.refusedHelp}
        </p>
      </div>
    );
  }
  return null;
}
