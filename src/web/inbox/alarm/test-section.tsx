import { BellRing, CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { call } from '../api/client.js';
import { useAction } from '../api/use-action.js';
import { Button } from '../ui/index.js';
import type { BrowserAlarm } from './browser-alarm.js';
import { askForNotifications, showTestNotice } from './notices.js';
import { TEST } from './page-strings.js';
import { answer, judge, TRIED, type Trial, type Tried } from './trial.js';
import { useAlarm } from './use-alarm.js';

/** Tries every means, and says for each whether it works. */
export function TestSection({ onTested }: { readonly onTested: () => void }): ReactNode {
  const { control, settings } = useAlarm();
  const [trial, setTrial] = useState<Trial>();
  const id = useId();
  const test = useAction(async () => {
    setTrial(undefined);
    setTrial(await tryEverything(control, settings.volume));
    onTested();
  });
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{TEST.title}</h2>
      <p>{TEST.hint}</p>
      <div className="actions">
        <Button kind="primary" size="large" icon={BellRing} isPending={test.isBusy} onPress={() => void test.run()}>
          {trial ? TEST.again : TEST.start}
        </Button>
        <p role="status">{test.isBusy ? TEST.running : ''}</p>
      </div>
      {trial && (
        <ul className="plain rows" aria-label={TEST.results}>
          {TRIED.map((tried) => (
            <Result
              key={tried}
              tried={tried}
              trial={trial}
              onAnswer={(isYes) => setTrial((before) => before && answer(before, tried, isYes))}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface ResultProps {
  readonly tried: Tried;
  readonly trial: Trial;
  readonly onAnswer: (isYes: boolean) => void;
}

function Result({ tried, trial, onAnswer }: ResultProps): ReactNode {
  const outcome = trial[tried];
  const Icon = { ask: CircleHelp, works: CircleCheck, fails: CircleX }[outcome.kind];
  const id = useId();
  return (
    <li className={`row result ${outcome.kind}`}>
      <Icon aria-hidden className="icon" />
      <div className="row-words">
        <p>
          <strong>{TEST.names[tried]}</strong>
        </p>
        <p id={id} role="status">
          {outcome.kind === 'ask' && TEST.questions[tried]}
          {outcome.kind === 'works' && TEST.works}
          {outcome.kind === 'fails' && outcome.advice}
        </p>
      </div>
      {outcome.kind === 'ask' && (
        <div className="actions">
          <Button aria-describedby={id} onPress={() => onAnswer(true)}>
            {TEST.yes}
          </Button>
          <Button aria-describedby={id} onPress={() => onAnswer(false)}>
            {TEST.no}
          </Button>
        </div>
      )}
    </li>
  );
}

async function tryEverything({ sounder }: BrowserAlarm, volume: number): Promise<Trial> {
  // First of all, while the press still counts as a gesture.
  const canSound = await sounder.unlock();
  if (canSound) sounder.play('waiting', volume / 100);
  const permission = await askForNotifications();
  const isShown = await showTestNotice();
  // Without the server, the page's own means are judged all the same.
  const server = await call('testAlarm').catch(() => undefined);
  const state = sounder.state();
  return judge({
    sound: canSound ? 'played' : state === 'unsupported' ? state : 'blocked',
    permission,
    isShown,
    server,
  });
}
