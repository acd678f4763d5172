import * as about from './about.js';
import * as change from './change.js';
import type { Method } from './method.js';
import * as receive from './receive.js';
import * as send from './send.js';

const METHODS: Readonly<Record<string, Method>> = {
  getMe: about.getMe,
  getUpdates: receive.getUpdates,
  setWebhook: receive.setWebhook,
  deleteWebhook: receive.deleteWebhook,
  getWebhookInfo: receive.getWebhookInfo,
  getFile: receive.getFile,
  sendMessage: send.sendMessage,
  sendLocation: send.sendLocation,
  sendVenue: send.sendVenue,
  sendDocument: send.sendDocument,
  sendChatAction: send.sendChatAction,
  editMessageText: change.editMessageText,
  editMessageReplyMarkup: change.editMessageReplyMarkup,
  deleteMessage: change.deleteMessage,
  deleteMessages: change.deleteMessages,
  answerCallbackQuery: change.answerCallbackQuery,
  setMyCommands: about.setMyCommands,
  getMyCommands: about.getMyCommands,
  deleteMyCommands: about.deleteMyCommands,
  setMyDescription: about.setMyDescription,
  setMyShortDescription: about.setMyShortDescription,
  setChatMenuButton: about.setChatMenuButton,
  leaveChat: about.leaveChat,
};

export interface Named {
  readonly name: string;
  readonly run: Method | undefined;
}

/** « All methods in the Bot API are case-insensitive. » (https://core.telegram.org/bots/api#available-methods) */
export function methodOf(path: string): Named {
  const name = Object.keys(METHODS).find((known) => known.toLowerCase() === path.toLowerCase()) ?? path;
  return { name, run: METHODS[name] };
}
