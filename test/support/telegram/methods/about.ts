import { type Given, isList, isRecord, jsonOf, textOf } from '../parameters.js';
import { badRequest } from '../refusal.js';
import type { Json, JsonRecord } from '../types.js';
import { chatOf, type Method, type Server, yes } from './method.js';

/** « Can contain only lowercase English letters, digits and underscores », 1-32 (https://core.telegram.org/bots/api#botcommand). */
const COMMAND = /^[a-z0-9_]{1,32}$/;
const COMMAND_DESCRIPTION_MOST = 256;
/** « At most 100 commands can be specified. » (#setmycommands) */
const MOST_COMMANDS = 100;
/** #setmydescription, #setmyshortdescription */
const DESCRIPTION_MOST = 512;
const SHORT_DESCRIPTION_MOST = 120;

/** https://core.telegram.org/bots/api#getme */
export const getMe: Method = ({ world }) => ({
  result: {
    ...world.bot,
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  },
});

/** https://core.telegram.org/bots/api#setmycommands */
export const setMyCommands: Method = ({ profile }, given) => {
  const list = jsonOf(given, 'commands', "can't parse commands JSON object");
  if (!isList(list)) throw badRequest('expected an Array of BotCommand');
  if (list.length > MOST_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  profile.commands.set(audience(given), list.map(readCommand));
  return yes;
};

export const getMyCommands: Method = ({ profile }, given) => ({ result: profile.commands.get(audience(given)) ?? [] });

export const deleteMyCommands: Method = ({ profile }, given) => {
  profile.commands.delete(audience(given));
  return yes;
};

function readCommand(value: Json): { readonly command: string; readonly description: string } {
  if (!isRecord(value)) throw badRequest("can't parse BotCommand: expected an Object");
  const command = typeof value.command === 'string' ? value.command.replace(/^\//, '') : '';
  const description = typeof value.description === 'string' ? value.description.trim() : '';
  if (!COMMAND.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (description === '' || description.length > COMMAND_DESCRIPTION_MOST) {
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  }
  return { command, description };
}

/** https://core.telegram.org/bots/api#botcommandscope */
function audience(given: Given): string {
  const scope = jsonOf(given, 'scope', "can't parse BotCommandScope JSON object");
  const type = isRecord(scope) && typeof scope.type === 'string' ? scope.type : 'default';
  return `${type}/${languageOf(given)}`;
}

/** « A two-letter ISO 639-1 language code or an empty string ». */
function languageOf(given: Given): string {
  const language = textOf(given, 'language_code');
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified');
  return language;
}

export const setMyDescription: Method = ({ profile }, given) => {
  profile.descriptions.set(languageOf(given), readWords(given, 'description', DESCRIPTION_MOST));
  return yes;
};

export const setMyShortDescription: Method = ({ profile }, given) => {
  profile.shortDescriptions.set(languageOf(given), readWords(given, 'short_description', SHORT_DESCRIPTION_MOST));
  return yes;
};

function readWords(given: Given, name: string, most: number): string {
  const text = textOf(given, name);
  if (text.length > most) throw badRequest(`${name.replace('_', ' ')} is too long`);
  return text;
}

/** https://core.telegram.org/bots/api#setchatmenubutton */
export const setChatMenuButton: Method = (server, given) => {
  if (textOf(given, 'chat_id') !== '') chatOf(server, given);
  const button = jsonOf(given, 'menu_button', "can't parse MenuButton JSON object");
  server.profile.menuButton = readMenuButton(button);
  return yes;
};

function readMenuButton(button: Json): JsonRecord {
  if (button === undefined || button === null) return { type: 'default' };
  if (!isRecord(button)) throw badRequest('MenuButton must be an Object');
  if (!['commands', 'web_app', 'default'].includes(String(button.type))) {
    throw badRequest("can't parse menu button: MenuButton has unsupported type");
  }
  return button;
}

/** https://core.telegram.org/bots/api#leavechat */
export const leaveChat: Method = (server, given) => {
  const chat = chatOf(server, given);
  if (chat.wire.type === 'private') throw badRequest("chat member status can't be changed in private chats");
  if (chat.standing !== 'member') throw badRequest('chat not found');
  chat.standing = 'left';
  tellMembership(server, chat, server.world.bot, { from: 'member', to: 'left' });
  return yes;
};

/** https://core.telegram.org/bots/api#chatmemberupdated, as « my_chat_member ». */
export function tellMembership(
  { world, updates }: Pick<Server, 'world' | 'updates'>,
  chat: { readonly id: number; readonly wire: JsonRecord },
  by: JsonRecord,
  { from, to }: { readonly from: string; readonly to: string },
): void {
  const member = (status: string): JsonRecord => ({
    user: world.bot,
    status,
    ...(status === 'kicked' && { until_date: 0 }),
  });
  const date = Math.floor(world.now() / 1000);
  const body = { chat: chat.wire, from: by, date, old_chat_member: member(from), new_chat_member: member(to) };
  updates.add('my_chat_member', body, `member ${chat.id}`);
  world.signal.tell();
}
