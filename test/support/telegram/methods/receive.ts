import { type Given, integerOf, isList, isYes, jsonOf, textOf } from '../parameters.js';
import { badRequest, conflict } from '../refusal.js';
import { type Method, yes } from './method.js';

/** The longest time that the server keeps a poll waiting. */
const POLL_MOST_S = 50;

/** https://core.telegram.org/bots/api#getupdates */
export const getUpdates: Method = async ({ updates, webhook, longestPollMs }, given, signal) => {
  // « This method will not work if an outgoing webhook is set up. »
  if (webhook.url()) {
    throw conflict(
      "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  updates.allow(readTypes(given));
  const timeoutMs = Math.min(integerOf(given, 'timeout', 0, 0, POLL_MOST_S) * 1000, longestPollMs);
  const limit = integerOf(given, 'limit', 100, 1, 100);
  return { result: await updates.poll({ offset: integerOf(given, 'offset', 0), limit, timeoutMs, signal }) };
};

function readTypes(given: Given): readonly string[] | undefined {
  const list = jsonOf(given, 'allowed_updates', "can't parse allowed_updates JSON object");
  if (list === undefined || list === null) return undefined;
  if (!isList(list)) throw badRequest('expected an Array of allowed update types');
  return list.map(String);
}

/** https://core.telegram.org/bots/api#setwebhook */
export const setWebhook: Method = ({ updates, webhook }, given) => {
  const url = textOf(given, 'url');
  const wasSet = webhook.url() !== '';
  const settings = {
    url,
    secret: textOf(given, 'secret_token'),
    connections: integerOf(given, 'max_connections', 40, 1, 100),
  };
  webhook.check(settings);
  updates.allow(readTypes(given));
  if (isYes(given, 'drop_pending_updates')) updates.drop();
  if (url !== '') updates.endPoll('terminated by setWebhook request');
  const isNew = webhook.set(settings);
  if (url !== '') return { ...yes, description: isNew ? 'Webhook was set' : 'Webhook is already set' };
  return { ...yes, description: wasSet ? 'Webhook was deleted' : 'Webhook is already deleted' };
};

/** https://core.telegram.org/bots/api#deletewebhook */
export const deleteWebhook: Method = (server, given, signal) =>
  setWebhook(server, { values: { drop_pending_updates: given.values.drop_pending_updates }, files: [] }, signal);

/** https://core.telegram.org/bots/api#getwebhookinfo */
export const getWebhookInfo: Method = ({ webhook }) => ({ result: webhook.info() });

/** « Bots can download files of up to 20MB in size » (https://core.telegram.org/bots/api#getfile). */
const DOWNLOAD_MOST = 20 * 1024 * 1024;

export const getFile: Method = ({ world }, given) => {
  const id = textOf(given, 'file_id');
  if (id === '') throw badRequest('file_id not specified');
  const file = world.files.get(id);
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
  if (file.size > DOWNLOAD_MOST) throw badRequest('file is too big');
  return {
    result: { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.size, file_path: file.path },
  };
};
