import { z } from 'zod';
import type { TelegramWords } from '../channels/telegram/words.js';
import type { Answers } from '../domain/answers.js';
import type { Facts } from '../domain/facts.js';
import { fillWords } from '../domain/fill-words.js';
import { ContentError, readJson } from './read-json.js';
import { words } from './words.js';

export interface TelegramContentDependencies {
  readonly answers: Answers;
  readonly town: Facts['town'];
  /** The ids of the buttons that there are. */
  readonly actions: Readonly<Record<string, unknown>>;
}

/** The commands that the channel promises; each has its place in the menu. */
const COMMANDS = ['start', 'aide', 'permanence', 'signaler', 'suivi', 'delegue', 'supprimer'] as const;

/** Limits of the Bot API: setMyDescription, setMyShortDescription, setMyCommands, answerCallbackQuery, ReplyKeyboardMarkup. */
const MOST = {
  description: 512,
  shortDescription: 120,
  command: 256,
  toast: 200,
  placeholder: 64,
  button: 24,
} as const;

const atMost = (characters: number, text: z.ZodType<string> = words()): z.ZodType<string> =>
  text.refine((value) => value.length <= characters, { error: `texte trop long (${characters} caractères au plus)` });

const toast = atMost(MOST.toast);
const placeholder = atMost(MOST.placeholder);

const schema = z.strictObject({
  commands: z
    .array(
      z.strictObject({
        command: z.enum(COMMANDS, { error: `commande attendue : ${COMMANDS.join(', ')}` }),
        description: atMost(MOST.command),
        action: z.string(),
      }),
    )
    .refine((list) => COMMANDS.every((name) => list.filter(({ command }) => command === name).length === 1), {
      error: `chacune une fois : ${COMMANDS.join(', ')}`,
    }),
  payloads: z.record(z.string().regex(/^[\w-]{1,64}$/, { error: 'lettres, chiffres, _ et - attendus' }), z.string()),
  description: atMost(MOST.description, words('district', 'city')),
  shortDescription: atMost(MOST.shortDescription, words('district')),
  privateOnly: words(),
  notTaken: z.strictObject({ tooLong: words(), unreadable: words(), failed: words() }),
  used: words('title'),
  toasts: z.strictObject({ used: toast, gone: toast, file: toast, fileGone: toast }),
  placeholder,
  position: z.strictObject({ button: atMost(MOST.button), placeholder, offer: words() }),
  calendarCaption: words(),
});

/**
 * The words of the Telegram channel.
 * @param corpusDir the directory of the language, such as `corpus/fr/`.
 * @throws ContentError with every fault of its telegram.json.
 */
export function loadTelegram(corpusDir: URL, { answers, actions, town }: TelegramContentDependencies): TelegramWords {
  const file = readJson(new URL('telegram.json', corpusDir.href.replace(/\/?$/, '/')), schema);
  const { commands, payloads, description, shortDescription, ...rest } = file;
  const faults = [
    ...commands.flatMap(({ command, action }) => unknown(actions, `commands.${command}`, action)),
    ...Object.entries(payloads).flatMap(([payload, action]) => unknown(actions, `payloads.${payload}`, action)),
    ...tooLong('description', fillWords(description, town), MOST.description),
    ...tooLong('shortDescription', fillWords(shortDescription, town), MOST.shortDescription),
  ];
  if (faults.length > 0) throw new ContentError(faults);
  return {
    ...rest,
    commands: commands.map(({ action, ...command }) => ({ ...command, says: answers.titleOf(action) })),
    payloads: Object.fromEntries(
      Object.entries(payloads).map(([payload, action]) => [payload, answers.titleOf(action)]),
    ),
    description: fillWords(description, town),
    shortDescription: fillWords(shortDescription, town),
    menu: answers.render('menu').flatMap((content) => (content.kind === 'text' ? (content.actions ?? []) : [])),
  };
}

function unknown(actions: Readonly<Record<string, unknown>>, place: string, action: string): string[] {
  return Object.hasOwn(actions, action) ? [] : [`corpus/fr/telegram.json : ${place} : bouton « ${action} » inconnu`];
}

/** The names of the town may be longer than the braces that stand for them. */
function tooLong(place: string, text: string, most: number): string[] {
  return text.length <= most
    ? []
    : [`corpus/fr/telegram.json : ${place} : texte trop long (${most} caractères au plus, noms compris)`];
}
