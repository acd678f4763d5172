import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Log } from '../model/log.js';

/**
 * Reports are rare, so that their looks and their receipt come as a script of their own, from the same server. Without it
 * everything is still there to be read.
 */
export function useReportLooks({ messages }: Log, base: string, box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!messages.some(({ isConfidential, progress }) => isConfidential || progress)) return;
    const url = `${base}widget-report.js`;
    import(/* @vite-ignore */ url).then(
      ({ dress }) => dress(box.current?.getRootNode()),
      () => undefined,
    );
  }, [messages, base, box]);
}
