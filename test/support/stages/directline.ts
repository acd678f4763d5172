import { expect } from '@jest/globals';
import { createResidentPresence } from '../../../src/channels/resident-presence.js';
import type { TextContent } from '../../../src/domain/message.js';
import { openChat, type ReceivedActivity } from '../chat-client.js';
import { startDirectLineServer } from '../directline-server.js';
import type { OpenStage } from './stage.js';

interface Shown {
  readonly text: string | undefined;
  readonly card?: { readonly title: string; readonly text?: string; readonly links: readonly object[] };
  readonly buttons: readonly object[];
}

interface HeroCard {
  readonly title: string;
  readonly text?: string;
  readonly buttons: readonly { readonly title: string; readonly value: string }[];
}

/** Direct Line over HTTP: a button sends its value, as clients do (`imBack`). */
export const onDirectLine: OpenStage = async (world) => {
  const { conversations, turns, reveal, clock, wakeUps } = world;
  const residents = createResidentPresence(clock, wakeUps);
  const server = await startDirectLineServer({ conversations, turns, reveal, residents });
  const chat = await openChat(server.url);
  let answers: readonly ReceivedActivity[] = [];

  return {
    conversationId: chat.conversationId,
    async say(text) {
      const id = await chat.send(text);
      const activities = await chat.transcript();
      const isBots = ({ replyToId, type, channelData }: ReceivedActivity) =>
        replyToId === id && type === 'message' && channelData?.author === 'bot';
      answers = activities.filter(isBots);
    },
    expectShown(contents) {
      expect(answers.map(toShown)).toEqual(contents.map((content) => shownOf(content, server.url)));
    },
    close: () => server.stop(),
  };
};

function toShown({ text, attachments = [], suggestedActions }: ReceivedActivity): Shown {
  const [card] = attachments as unknown as readonly { readonly content: HeroCard }[];
  return {
    text,
    ...(card && {
      card: {
        title: card.content.title,
        ...(card.content.text !== undefined && { text: card.content.text }),
        links: card.content.buttons.map(({ title, value }) => ({ title, url: value })),
      },
    }),
    buttons: (suggestedActions?.actions ?? []).map(({ title, value }) => ({ title, value })),
  };
}

function shownOf({ text, card, actions = [] }: TextContent, baseUrl: string): Shown {
  const absolute = (url: string): string => (url.startsWith('/') ? baseUrl + url : url);
  return {
    text,
    ...(card && {
      card: {
        title: card.title,
        ...(card.text !== undefined && { text: card.text }),
        links: card.links.map(({ title, url }) => ({ title, url: absolute(url) })),
      },
    }),
    buttons: actions.map(({ title, value }) => ({ title, value })),
  };
}
