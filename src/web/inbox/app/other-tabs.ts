/** What tabs of one browser tell each other about the session that they share. `active`: somebody is at work there. */
export type TabNews = 'locked' | 'changed' | 'active';

const ALL_NEWS: readonly string[] = ['locked', 'changed', 'active'] satisfies readonly TabNews[];
/** One for the page: a channel does not hear what it says itself. */
const channel = new BroadcastChannel('permanence-session');

export function tellOtherTabs(news: TabNews): void {
  channel.postMessage(news);
}

/** Returns how to stop listening. */
export function listenToOtherTabs(listener: (news: TabNews) => void): () => void {
  const onMessage = ({ data }: MessageEvent<unknown>): void => {
    if (isNews(data)) listener(data);
  };
  channel.addEventListener('message', onMessage);
  return () => channel.removeEventListener('message', onMessage);
}

function isNews(data: unknown): data is TabNews {
  return typeof data === 'string' && ALL_NEWS.includes(data);
}
