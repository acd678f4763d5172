import type { SoundState } from './engine.js';
import type { Urgency } from './picture.js';
import { type Note, TONES } from './tones.js';

/** The alarm's sound, made by the browser (Web Audio): no file to load when it is needed. */
export interface Sounder {
  play(urgency: Urgency, volume: number): void;
  hush(): void;
  state(): SoundState;
  /** To be called from a gesture: browsers let a page sound only after one. Resolves to whether it may. */
  unlock(): Promise<boolean>;
  close(): void;
}

const UNLOCK_S = 1;
const ATTACK_S = 0.015;
const RELEASE_S = 0.06;
/** Below it nobody hears anything; an exponential ramp cannot end at 0. */
const INAUDIBLE = 0.0001;

export function createSounder(onChange: () => void): Sounder {
  if (!('AudioContext' in globalThis)) return SILENT;
  let context: AudioContext | undefined;
  let master: GainNode | undefined;

  function open(): AudioContext {
    if (context) return context;
    context = new AudioContext({ latencyHint: 'interactive' });
    context.addEventListener('statechange', onChange);
    return context;
  }

  function hush(): void {
    if (!context || !master) return;
    const { currentTime } = context;
    master.gain.cancelScheduledValues(currentTime);
    master.gain.setTargetAtTime(0, currentTime, RELEASE_S / 4);
    const ended = master;
    master = undefined;
    setTimeout(() => ended.disconnect(), RELEASE_S * 4000);
  }

  return {
    play(urgency, volume) {
      const audio = open();
      if (audio.state !== 'running') return;
      hush();
      master = audio.createGain();
      // Ears hear the square of what a slider says.
      master.gain.value = volume ** 2;
      master.connect(audio.destination);
      for (const note of TONES[urgency]) sound(audio, master, note);
    },
    hush,
    state: () => (open().state === 'running' ? 'ready' : 'blocked'),
    async unlock() {
      const audio = open();
      // Refused, its promise may never end.
      if (audio.state !== 'running') await Promise.race([audio.resume(), seconds(UNLOCK_S)]);
      onChange();
      return audio.state === 'running';
    },
    close() {
      hush();
      context?.removeEventListener('statechange', onChange);
      void context?.close();
      context = undefined;
    },
  };
}

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}

/** A soft bell: a sine, and its octave at a quarter. */
function sound(audio: AudioContext, out: AudioNode, { pitch, at, length, level }: Note): void {
  const begin = audio.currentTime + 0.02 + at;
  for (const [factor, share] of [
    [1, 1],
    [2, 0.25],
  ] as const) {
    const tone = audio.createOscillator();
    const shape = audio.createGain();
    tone.frequency.value = pitch * factor;
    shape.gain.setValueAtTime(INAUDIBLE, begin);
    shape.gain.exponentialRampToValueAtTime(level * share, begin + ATTACK_S);
    shape.gain.exponentialRampToValueAtTime(INAUDIBLE, begin + length);
    tone.connect(shape).connect(out);
    tone.start(begin);
    tone.stop(begin + length + RELEASE_S);
  }
}

const SILENT: Sounder = {
  play: () => undefined,
  hush: () => undefined,
  state: () => 'unsupported',
  unlock: async () => false,
  close: () => undefined,
};
