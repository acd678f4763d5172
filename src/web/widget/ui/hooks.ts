import { useEffect, useState } from 'preact/hooks';

interface Store<State> {
  state(): State;
  subscribe(listener: () => void): () => void;
}

/** The state of a store, drawn again after each change. */
export function useStore<State>(store: Store<State>): State {
  const [state, setState] = useState(store.state);
  useEffect(() => {
    setState(store.state());
    return store.subscribe(() => setState(store.state()));
  }, [store]);
  return state;
}

/** Now, in milliseconds, once a second while `isTicking`. */
export function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isTicking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}

/** Whether the page is in sight. */
export function useVisible(): boolean {
  const [isVisible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const look = (): void => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isVisible;
}

/** « (2) » before the page's title, for as long as so many messages are unread. The page may change its title meanwhile. */
export function useTitleBadge(count: number): void {
  useEffect(() => {
    if (count === 0) return;
    const plain = document.title;
    const own = `(${count}) ${plain}`;
    document.title = own;
    return () => {
      if (document.title === own) document.title = plain;
    };
  }, [count]);
}

/** Fingers: the focus does not go to the text box by itself, which would raise the keyboard. */
export function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
