import { Volume1, Volume2 } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { clockWords } from '../conversation/paris.js';
import { Button, Switch } from '../ui/index.js';
import type { AlarmState } from './engine.js';
import { Means, type Standing } from './means.js';
import { SOUND } from './page-strings.js';
import type { Urgency } from './picture.js';
import { VOLUME } from './settings.js';
import { RINGER } from './strings.js';
import { useAlarm } from './use-alarm.js';

export function SoundSection(): ReactNode {
  const alarm = useAlarm();
  const { settings, sound, mutedUntil, control } = alarm;
  const id = useId();
  const hear = (urgency: Urgency) =>
    void control.sounder.unlock().then((canSound) => canSound && control.sounder.play(urgency, settings.volume / 100));
  return (
    <Means title={SOUND.title} {...standingOf(alarm)}>
      {sound !== 'unsupported' && (
        <>
          <Switch isSelected={settings.isSoundOn} onChange={(isSoundOn) => control.alarm.configure({ isSoundOn })}>
            {SOUND.toggle}
          </Switch>
          <div className="field volume">
            <label className="field-label" htmlFor={id}>
              {SOUND.volume} : <output htmlFor={id}>{SOUND.volumeValue(settings.volume)}</output>
            </label>
            <input
              id={id}
              type="range"
              min={VOLUME.least}
              max={VOLUME.most}
              step={VOLUME.step}
              value={settings.volume}
              onChange={(event) => control.alarm.configure({ volume: event.currentTarget.valueAsNumber })}
            />
          </div>
          <div className="actions">
            <Button icon={Volume1} onPress={() => hear('waiting')}>
              {SOUND.hearWaiting}
            </Button>
            <Button icon={Volume2} onPress={() => hear('emergency')}>
              {SOUND.hearEmergency}
            </Button>
            {mutedUntil > 0 && <Button onPress={control.alarm.unmute}>{RINGER.unmute}</Button>}
          </div>
        </>
      )}
    </Means>
  );

  function standingOf({ settings: chosen, sound: state }: AlarmState): { standing: Standing; state: string } {
    if (state === 'unsupported') return { standing: 'problem', state: SOUND.unsupported };
    if (!chosen.isSoundOn) return { standing: 'off', state: SOUND.off };
    if (mutedUntil > 0) return { standing: 'off', state: SOUND.muted(clockWords(mutedUntil)) };
    return state === 'ready' ? { standing: 'on', state: SOUND.ready } : { standing: 'to-do', state: SOUND.blocked };
  }
}
