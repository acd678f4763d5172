import type { Clock } from '../../../src/domain/clock.js';

/** A value as it goes over the wire. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | JsonRecord;
export interface JsonRecord {
  readonly [member: string]: Json;
}

export interface FakeTelegramOptions {
  readonly token?: string;
  readonly username?: string;
  readonly name?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Dates of messages, age of callback queries, rates. */
  readonly clock?: Clock;
  /** What happens to a call beyond the limits: 429, or (the default) it passes and stands in `violations()`. */
  readonly floods?: 'refused' | 'counted';
  /** How many messages a chat takes at once before one a second is the rule; 3 by default. */
  readonly burst?: number;
  /** How many messages a second the bot may send to all chats; 30 by default. */
  readonly overall?: number;
  /** Takes http webhooks and any port, as a local Bot API server does. */
  readonly takesHttpWebhooks?: boolean;
  /** Where an https address really leads, as a proxy in front of the bot's server would: `https://x.example/hook` → `http://127.0.0.1:…/hook`. */
  readonly webhookProxy?: (url: string) => string;
  /** Pauses between attempts at a webhook that failed; the last one is repeated. */
  readonly webhookPausesMs?: readonly number[];
  /** How long a callback query may be answered; a minute by default. */
  readonly queryLifeMs?: number;
  /** Upper bound of every long poll, so that a test with `timeout: 25` does not wait for it. */
  readonly longestPollMs?: number;
}

/** A fake of the Bot API server (https://core.telegram.org/bots/api) and of the people who write to its one bot. */
export interface FakeTelegram {
  /** For TELEGRAM_API_ROOT, without a slash at its end. */
  readonly url: string;
  readonly token: string;
  readonly bot: { readonly id: number; readonly username: string; readonly name: string };
  /** A person's private chat with the bot, not begun until they write. */
  openChat(options?: ChatOptions): FakeChat;
  /** A group, supergroup or channel. */
  openGroup(options?: GroupOptions): FakeGroup;
  /** All calls that arrived, in order, those of `getUpdates` too. */
  readonly calls: readonly Call[];
  callsOf(method: string, chatId?: number): readonly Call[];
  /** Resolves with the matching calls (answered ones) once there are `count`. */
  waitForCalls(method: string, count?: number, limitMs?: number): Promise<readonly Call[]>;
  fail(rule: FaultRule): Fault;
  /** Takes all rules away and lets go what hangs (as if the connection were reset). */
  heal(): void;
  readonly updates: UpdateControls;
  /** What was sent too fast, and what was answered by 400. */
  violations(): readonly Violation[];
  /** The old token is refused from now on, as after « Revoke current token » at BotFather. */
  changeToken(token?: string): string;
  /** As `getWebhookInfo` answers. */
  webhook(): JsonRecord;
  /** Webhook requests under way, now and at most. */
  readonly webhookLoad: { readonly now: number; readonly most: number };
  /** What the bot registered: commands by scope and language, descriptions, menu button. */
  readonly profile: BotProfile;
  /** Resolves once each update is confirmed and no call but a long poll is under way. */
  settled(limitMs?: number): Promise<void>;
  /** The server is away: open connections are reset, new ones refused. */
  goAway(): Promise<void>;
  /** Back on the same port, with all it knew. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export interface Call {
  readonly method: string;
  readonly token: string;
  readonly parameters: JsonRecord;
  readonly files: readonly UploadedFile[];
  readonly chatId?: number;
  /** Milliseconds of the clock at arrival. */
  readonly at: number;
  /** Undefined while it is under way, 0 if the connection ended without an answer. */
  readonly status: number | undefined;
  /** Whether the method did its work, whatever the caller learnt of it. */
  readonly wasApplied: boolean;
  readonly description?: string;
}

export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly mime?: string;
  readonly bytes: Uint8Array;
}

/**
 * `hang`: the call has its effect, no answer until `heal` or `release`; `hang-before`: no effect either;
 * `reset-before`: the connection ends without the effect; `reset-after`: the effect happens, its answer is lost;
 * `garbage`: the effect happens and the answer is no JSON; `away`: as `reset-before`, before the request is read.
 */
export type FaultKind = 'hang' | 'hang-before' | 'reset-before' | 'reset-after' | 'garbage';

export interface FaultRule {
  /** All methods but `getUpdates` when absent; `getFile`'s downloads are `file`. */
  readonly method?: string;
  readonly chatId?: number;
  readonly when?: (call: Call) => boolean;
  /** How many calls; 1 by default, Infinity until `stop`. */
  readonly times?: number;
  /** How many matching calls pass before. */
  readonly after?: number;
  readonly kind?: FaultKind;
  /** 429, 4xx: the API's own JSON, without the effect; 5xx: the HTML page of a gateway, without the effect. */
  readonly status?: number;
  /** Of 429, in seconds. */
  readonly retryAfter?: number;
  readonly description?: string;
  /** Whether a `status` fault happens after the effect, as a 504 may. */
  readonly isApplied?: boolean;
  /** Milliseconds that the answer is late, in addition. */
  readonly slowMs?: number;
}

export interface Fault {
  /** How many calls it has met. */
  readonly met: () => number;
  /** Resolves once it has met a call. */
  readonly hit: Promise<Call>;
  stop(): void;
  /** Lets hanging calls be answered. */
  release(): void;
}

export interface UpdateControls {
  /** Resolves once a long poll waits for updates. */
  polled(limitMs?: number): Promise<void>;
  /** Not yet confirmed, oldest first. */
  readonly pending: readonly JsonRecord[];
  /** All there ever were. */
  readonly all: readonly JsonRecord[];
  /** Nothing is handed out until `release`. */
  hold(): void;
  /** `arrange` may reorder or repeat what was held. */
  release(arrange?: (held: readonly JsonRecord[]) => readonly JsonRecord[]): void;
  /** Hands an update out once more, confirmed or not; the newest by default. */
  repeat(updateId?: number): void;
  /** An update as given, for shapes that the fake does not build; `update_id` is set unless given. */
  push(update: JsonRecord): number;
}

export interface Violation {
  readonly kind: 'per-chat' | 'overall' | 'refused';
  readonly method: string;
  readonly chatId?: number;
  readonly at: number;
  readonly description: string;
}

export interface BotProfile {
  /** By `<scope type>/<language code>`; `default/` for all. */
  readonly commands: ReadonlyMap<string, readonly { readonly command: string; readonly description: string }[]>;
  readonly descriptions: ReadonlyMap<string, string>;
  readonly shortDescriptions: ReadonlyMap<string, string>;
  readonly menuButton: JsonRecord | undefined;
}

export interface ChatOptions {
  readonly id?: number;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly username?: string;
  readonly language?: string;
}

export type Entity = JsonRecord & { readonly type: string; readonly offset: number; readonly length: number };

export interface InlineButton {
  readonly text: string;
  readonly data?: string;
  readonly url?: string;
}

/** A message as the person sees it. */
export interface SeenMessage {
  readonly id: number;
  readonly from: 'person' | 'bot';
  /** Text, or the caption. */
  readonly text: string;
  readonly entities: readonly Entity[];
  /** Rows of the inline keyboard. */
  readonly keyboard: readonly (readonly InlineButton[])[];
  readonly isDeleted: boolean;
  readonly isEdited: boolean;
  readonly venue?: {
    readonly latitude: number;
    readonly longitude: number;
    readonly title: string;
    readonly address: string;
  };
  readonly location?: { readonly latitude: number; readonly longitude: number };
  readonly document?: {
    readonly name: string;
    readonly mime?: string;
    readonly bytes: Uint8Array;
    /** As UTF-8. */
    readonly text: string;
  };
  /** Milliseconds of the clock. */
  readonly at: number;
}

export interface ReplyKeyboard {
  readonly rows: readonly (readonly { readonly text: string; readonly requestsLocation: boolean }[])[];
  readonly isPersistent: boolean;
  readonly isOneTime: boolean;
  readonly isResized: boolean;
  readonly placeholder?: string;
}

export interface CallbackAnswer {
  readonly text?: string;
  readonly isAlert: boolean;
  readonly url?: string;
}

export interface Press {
  readonly queryId: string;
  /** Resolves when the bot answers the query (a client shows a spinner until then). */
  readonly answered: Promise<CallbackAnswer>;
}

export type SentKind =
  | 'photo'
  | 'document'
  | 'voice'
  | 'video'
  | 'video_note'
  | 'audio'
  | 'animation'
  | 'sticker'
  | 'contact'
  | 'poll'
  | 'dice';

export interface SentFile {
  readonly bytes?: Uint8Array;
  /** What Telegram is told, when larger than `bytes`. */
  readonly size?: number;
  readonly mime?: string;
  readonly name?: string;
  readonly caption?: string;
  /** Of an album. */
  readonly mediaGroupId?: string;
  /** Of a photo. */
  readonly width?: number;
  readonly height?: number;
}

/** What a person does and sees in their chat with the bot. Each act that makes a message returns its id. */
export interface FakeChat {
  readonly id: number;
  write(text: string, options?: { readonly entities?: readonly Entity[]; readonly replyTo?: number }): number;
  edit(messageId: number, text: string): void;
  /** Presses an inline button of the newest message that has it; of a reply keyboard, its title is written. */
  press(button: string | { readonly messageId: number; readonly title: string }): Press;
  /** Any data, as a changed client may send it; the message need not have such a button, nor be there. */
  pressData(messageId: number, data: string): Press;
  share(position: { readonly latitude: number; readonly longitude: number }): number;
  shareVenue(venue: {
    readonly latitude: number;
    readonly longitude: number;
    readonly title: string;
    readonly address: string;
  }): number;
  send(kind: SentKind, file?: SentFile): number;
  /** The bot is blocked (`my_chat_member`: kicked). */
  block(): void;
  unblock(): void;
  /** The whole chat as it is now, in order, deleted messages included. */
  readonly messages: readonly SeenMessage[];
  /** What stands there now. */
  readonly visible: readonly SeenMessage[];
  /** Texts of the bot's messages that stand there now. */
  readonly said: readonly string[];
  readonly replyKeyboard: ReplyKeyboard | undefined;
  /** Chat actions (`typing` …) that the bot showed. */
  readonly actions: readonly { readonly action: string; readonly at: number }[];
  /**
   * Resolves with all messages once the bot has that many that stand there, one of them contains the text, or the
   * predicate holds.
   * @throws after `limitMs` (10 s), with what stands in the chat.
   */
  waitFor(
    wanted: number | string | ((messages: readonly SeenMessage[]) => boolean),
    limitMs?: number,
  ): Promise<readonly SeenMessage[]>;
}

export interface GroupOptions {
  readonly id?: number;
  readonly type?: 'group' | 'supergroup' | 'channel';
  readonly title?: string;
}

export interface FakeGroup {
  readonly id: number;
  /** A person adds the bot. */
  add(): void;
  /** Somebody there writes; in a channel as `channel_post`. */
  write(text: string): number;
  readonly messages: readonly SeenMessage[];
  /** A person removes it. */
  remove(): void;
  /** Whether the bot is a member now. */
  readonly isJoined: boolean;
  waitFor(
    wanted: number | string | ((messages: readonly SeenMessage[]) => boolean),
    limitMs?: number,
  ): Promise<readonly SeenMessage[]>;
  /** Resolves once the bot has left. */
  left(limitMs?: number): Promise<void>;
}
