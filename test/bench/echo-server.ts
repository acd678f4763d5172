/**
 * What the server is compared with: a bare botbuilder bot that repeats what it is told, behind the same HTTP server
 * and the same Direct Line channel, with conversations in memory.
 */
import {
  type Activity,
  ActivityHandler,
  BotAdapter,
  MessageFactory,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import express from 'express';
import { createDirectLineChannel } from '../../src/channels/directline/create-directline-channel.js';
import { createConversations } from '../../src/domain/conversations.js';
import type { Message } from '../../src/domain/message.js';
import { openHttpServer } from '../../src/http/http-server.js';
import type { TurnHandler } from '../../src/pipeline/turn.js';
import { createInProcessWakeUps } from '../../src/realtime/wake-ups.js';
import { createMemoryStore } from '../support/storage-memory.js';

const silent = { warn: () => undefined, error: () => undefined };
const clock = (): Date => new Date();
const wakeUps = createInProcessWakeUps((error) => console.error(error));
const store = createMemoryStore();
const conversations = createConversations({ store, wakeUps, clock, welcome: () => [{ kind: 'text', text: 'echo' }] });

class CollectingAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = [];
  override async sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.sent.push(...activities);
    return activities.map(() => ({ id: '' }));
  }
  override async updateActivity(): Promise<void> {
    throw new Error('unused');
  }
  override async deleteActivity(): Promise<void> {
    throw new Error('unused');
  }
  override async continueConversation(): Promise<void> {
    throw new Error('unused');
  }
  override async continueConversationAsync(): Promise<void> {
    throw new Error('unused');
  }
}

const bot = new ActivityHandler().onMessage(async (context, next) => {
  await context.sendActivity(MessageFactory.text(`Echo: ${context.activity.text}`));
  await next();
});

const turns: TurnHandler = {
  async handle(id, inbound) {
    const adapter = new CollectingAdapter();
    await bot.run(
      new TurnContext(adapter, {
        type: 'message',
        text: inbound.text,
        channelId: 'directline',
        from: { id: 'resident', name: '' },
        recipient: { id: 'bot', name: '' },
      }),
    );
    const conversation = await store.load(id);
    if (!conversation) throw new Error('gone');
    const first = conversation.lastSeq + 1;
    const at = clock();
    const messages: Message[] = [
      { ...inbound, seq: first, author: 'resident', at, content: { kind: 'text', text: inbound.text } },
      ...adapter.sent.map(
        ({ text = '' }, index): Message => ({
          seq: first + 1 + index,
          externalId: `out:${first + 1 + index}`,
          replyTo: first,
          author: 'bot',
          at,
          content: { kind: 'text', text },
        }),
      ),
    ];
    const { rev, status, desk, inboxList } = conversation;
    await store.commit({ id, expectedRev: rev, status, dialogState: {}, desk, inboxList, messages, at });
    wakeUps.notify(id, { kind: 'changed' });
    return { kind: 'committed', seq: first, replies: messages.slice(1) };
  },
};

const channel = createDirectLineChannel({
  conversations,
  turns,
  clock,
  log: silent,
  signingKey: new Uint8Array(32),
  trustProxy: 0,
  widgetOrigins: [],
  names: { bot: 'Echo', delegate: '', system: '' },
});
const web = express();
for (const { path, router } of channel.mounts) web.use(path, router);
const server = await openHttpServer({
  listener: web,
  onUpgrade: (request, socket, head) => channel.handleUpgrade(request, socket, head),
  onClientError: (_, socket) => socket.destroy(),
  port: Number(process.env.PORT ?? 0),
});
console.log(`http://localhost:${server.port}`);
