/** What tabs of one browser tell each other about the session that they share. `active`: somebody is at work there. */
export type TabNews = 'locked' | 'changed' | 'active';

const CHANNEL = 'permanence-session';
const ALL_NEWS: readonly string[] = ['locked', 'changed', 'active'] satisfies readonly TabNews[];

export function tellOtherTabs(news: TabNews): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(news);
  channel.close();
}

export function listenToOtherTabs(listener: (news: TabNews) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isNews(data)) listener(data);
  });
  return () => channel.close();
}

function isNews(data: unknown): data is TabNews {
  return typeof data === 'string' && ALL_NEWS.includes(data);
}
