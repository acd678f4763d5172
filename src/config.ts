import { resolve } from 'node:path';
import { z } from 'zod';

/** Everything that an operator can set, checked and frozen. */
export interface Config {
  /** Absent: every address of the machine. */
  readonly host?: string;
  readonly port: number;
  readonly dataDir: string;
  readonly dataKey?: string;
  readonly mongodbUri?: string;
  /** How the processes on one MongoDB wake each other. Absent: they look at storage instead. */
  readonly redisUrl?: string;
  /** Absent: no figures are given out. */
  readonly metrics?: {
    /** A port of its own; without a token on this machine's loopback address only. */
    readonly port?: number;
    /** Asked for wherever the figures are: without a port, on the server's own. */
    readonly token?: string;
  };
  /** Where residents reach the server, without a trailing slash. Absent: taken from each request. */
  readonly publicUrl?: string;
  readonly trustProxy: number;
  /** Web origins allowed to show the widget, besides this server's own and localhost. */
  readonly widgetOrigins: readonly string[];
  readonly directLineSecret?: string;
  readonly botFramework: {
    readonly appId?: string;
    readonly appPassword?: string;
    readonly appType: 'MultiTenant' | 'SingleTenant';
    readonly appTenantId?: string;
    readonly emulator: boolean;
  };
  /** Absent: no bot on Telegram. */
  readonly telegram?: {
    readonly token: string;
    /** Without a trailing slash. */
    readonly apiRoot: string;
    /** Updates are fetched; otherwise Telegram hands them in at `publicUrl`. */
    readonly isPolling: boolean;
  };
  readonly sectorEmails: { readonly besancon?: string; readonly pontarlier?: string; readonly montbeliard?: string };
  /** Who answers for the data; « démonstration » on the pages while unset. */
  readonly controller: {
    readonly name?: string;
    readonly contact?: string;
    /** Of the data-protection officer. */
    readonly dataProtection?: string;
    /** In words, as the data-protection officer states it. */
    readonly legalBasis?: string;
  };
  readonly retentionDays: number;
  readonly reports: {
    /** A report is erased so long after it was closed; never before a delegate has read it. */
    readonly retentionDays: number;
    /** A draft is erased so long after its last answer. */
    readonly draftHours: number;
    /** Delegates are alarmed of a report that none of them has read for so long. */
    readonly unreadHours: number;
  };
  readonly handoff: {
    /** After so long without a delegate, the assistant takes the resident back and offers a call-back. */
    readonly waitMinutes: number;
    /** The same when no delegate is connected. */
    readonly aloneMinutes: number;
    /** A delegate who is away for so long no longer holds their conversations. */
    readonly holdLostSeconds: number;
  };
  readonly accounts: { readonly idleLockMinutes: number; readonly requireSecondFactor: boolean };
  readonly alarm: {
    readonly pushAfterSeconds: number;
    readonly emailAfterMinutes: number;
    /** Absent: no e-mail. `from` is the sender's address. */
    readonly smtp?: { readonly url: string; readonly from: string };
    /** Whom push services may write to about our pushes (RFC 8292, `sub`). */
    readonly pushContact: string;
  };
  /** A fictitious team and conversations, labelled as such, in a database of its own. */
  readonly isDemo: boolean;
  readonly logLevel: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug';
}

/** `faults` are in French, one a line: the variable, what is wrong, what to do. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

const FLAG = ['0', '1', 'true', 'false'];
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const;

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d{1,6}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `doit être un nombre entier de ${min} à ${max}`,
    })
    .transform(Number);
const integer = (min: number, max: number, otherwise: string) => wholeNumber(min, max).prefault(otherwise);
const text = (pattern: RegExp, error: string) => z.string().regex(pattern, { error }).optional();
const shortText = z.string().max(200, { error: 'doit avoir au plus 200 caractères' }).optional();
const flag = z
  .enum(FLAG, { error: 'doit valoir true ou false' })
  .default('false')
  .transform((value) => value === '1' || value === 'true');
const email = z.email({ error: 'doit être une adresse e-mail, comme contact@exemple.fr' }).optional();
const isOrigin = (value: string): boolean => URL.canParse(value) && new URL(value).origin === value;

const ENVIRONMENT = z.object({
  HOST: text(/^[\w.:-]+$/, 'doit être une adresse de cette machine, comme 127.0.0.1'),
  PORT: integer(0, 65_535, '3978'),
  DATA_DIR: z.string().default('./data'),
  DATA_KEY: text(
    /^([0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)$/,
    'doit contenir 32 octets en base64 ou en hexadécimal : créez-la par « openssl rand -base64 32 »',
  ),
  MONGODB_URI: text(/^mongodb(\+srv)?:\/\/\S+$/, 'doit commencer par mongodb:// ou mongodb+srv://'),
  REDIS_URL: z
    .string()
    .refine((url) => /^rediss?:\/\/[^\s/]+/.test(url) && URL.canParse(url), {
      error: 'doit commencer par redis:// ou rediss://, comme redis://:mot-de-passe@redis.exemple.fr:6379',
    })
    .optional(),
  METRICS_PORT: wholeNumber(1, 65_535).optional(),
  METRICS_TOKEN: text(/^\S{32,}$/, 'doit avoir au moins 32 caractères, sans espace'),
  PUBLIC_URL: text(
    /^https?:\/\/[^\s/?#]+\/?$/,
    'doit être une adresse sans chemin, comme https://permanence.exemple.fr',
  ),
  TRUST_PROXY: integer(0, 10, '0'),
  WIDGET_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    )
    .refine((origins) => origins.every(isOrigin), {
      error:
        'doit lister des origines séparées par des virgules, comme https://www.exemple.fr (sans chemin ni / final)',
    }),
  DIRECTLINE_SECRET: text(/^\S{32,}$/, 'doit avoir au moins 32 caractères, sans espace'),
  MICROSOFT_APP_ID: text(/^[0-9a-fA-F-]{36}$/, "doit être l'identifiant de l'application Azure (36 caractères)"),
  MICROSOFT_APP_PASSWORD: shortText,
  MICROSOFT_APP_TYPE: z
    .enum(['MultiTenant', 'SingleTenant'], { error: 'doit valoir MultiTenant ou SingleTenant' })
    .default('MultiTenant'),
  MICROSOFT_APP_TENANT_ID: shortText,
  BOTFRAMEWORK_EMULATOR: flag,
  TELEGRAM_TOKEN: text(
    /^\d+:[\w-]{30,}$/,
    'doit être le jeton que @BotFather donne, comme 123456:ABC-DEF… (des chiffres, deux-points, puis au moins 30 caractères)',
  ),
  TELEGRAM_POLLING: flag,
  TELEGRAM_API_ROOT: text(
    /^https?:\/\/[^\s/?#@]+\/?$/,
    'doit être une adresse sans chemin, comme https://api.telegram.org',
  ).default('https://api.telegram.org'),
  SECTOR_EMAIL_BESANCON: email,
  SECTOR_EMAIL_PONTARLIER: email,
  SECTOR_EMAIL_MONTBELIARD: email,
  CONTROLLER_NAME: shortText,
  CONTROLLER_CONTACT: shortText,
  DATA_PROTECTION_CONTACT: shortText,
  LEGAL_BASIS: shortText,
  RETENTION_DAYS: integer(1, 3650, '90'),
  REPORT_RETENTION_DAYS: integer(1, 3650, '90'),
  REPORT_DRAFT_HOURS: integer(1, 168, '24'),
  REPORT_UNREAD_HOURS: integer(1, 720, '24'),
  HANDOFF_WAIT_MINUTES: integer(1, 240, '10'),
  HANDOFF_ALONE_MINUTES: integer(1, 240, '3'),
  HANDOFF_HOLD_LOST_SECONDS: integer(30, 3600, '120'),
  IDLE_LOCK_MINUTES: integer(1, 240, '15'),
  REQUIRE_SECOND_FACTOR: flag,
  ALARM_PUSH_AFTER_SECONDS: integer(0, 600, '20'),
  ALARM_EMAIL_AFTER_MINUTES: integer(1, 120, '3'),
  SMTP_URL: text(
    /^smtps?:\/\/\S+$/,
    'doit commencer par smtp:// ou smtps://, comme smtps://compte:secret@mail.exemple.fr',
  ),
  SMTP_FROM: email,
  PUSH_CONTACT: email,
  DEMO: flag,
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `doit valoir ${LOG_LEVELS.join(', ')}` }).default('info'),
});

/** Variables that make sense only together: the first is needed when the second is given. */
const TOGETHER = [
  ['MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_ID'],
  ['MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD'],
  // Processes share a database before they share anything else.
  ['MONGODB_URI', 'REDIS_URL'],
  ['SMTP_FROM', 'SMTP_URL'],
  // A link in an e-mail or a notification has to lead somewhere.
  ['PUBLIC_URL', 'SMTP_URL'],
] as const;

/** @throws ConfigError that lists every fault with its remedy; it never repeats a value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = ENVIRONMENT.safeParse(given);
  const faults = [
    ...(result.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`),
    ...TOGETHER.filter(([needed, by]) => by in given && !(needed in given)).map(
      ([needed, by]) => `${needed} est nécessaire quand ${by} est donné`,
    ),
    ...(given.MICROSOFT_APP_TYPE === 'SingleTenant' && !('MICROSOFT_APP_TENANT_ID' in given)
      ? ['MICROSOFT_APP_TENANT_ID est nécessaire quand MICROSOFT_APP_TYPE vaut SingleTenant']
      : []),
  ];
  if (!result.success || faults.length > 0) throw new ConfigError(faults);
  return deepFreeze(toConfig(result.data));
}

function toConfig(env: z.infer<typeof ENVIRONMENT>): Config {
  return {
    ...when('host', env.HOST),
    port: env.PORT,
    dataDir: resolve(env.DATA_DIR),
    ...when('dataKey', env.DATA_KEY),
    ...when('mongodbUri', env.MONGODB_URI),
    ...when('redisUrl', env.REDIS_URL),
    ...((env.METRICS_PORT !== undefined || env.METRICS_TOKEN !== undefined) && {
      metrics: { ...when('port', env.METRICS_PORT), ...when('token', env.METRICS_TOKEN) },
    }),
    ...when('publicUrl', env.PUBLIC_URL?.replace(/\/$/, '')),
    trustProxy: env.TRUST_PROXY,
    widgetOrigins: env.WIDGET_ORIGINS,
    ...when('directLineSecret', env.DIRECTLINE_SECRET),
    botFramework: {
      ...when('appId', env.MICROSOFT_APP_ID),
      ...when('appPassword', env.MICROSOFT_APP_PASSWORD),
      appType: env.MICROSOFT_APP_TYPE,
      ...when('appTenantId', env.MICROSOFT_APP_TENANT_ID),
      emulator: env.BOTFRAMEWORK_EMULATOR,
    },
    ...(env.TELEGRAM_TOKEN !== undefined && {
      telegram: {
        token: env.TELEGRAM_TOKEN,
        apiRoot: env.TELEGRAM_API_ROOT.replace(/\/$/, ''),
        // Telegram calls no address but an https one.
        isPolling: env.TELEGRAM_POLLING || !env.PUBLIC_URL?.startsWith('https:'),
      },
    }),
    sectorEmails: {
      ...when('besancon', env.SECTOR_EMAIL_BESANCON),
      ...when('pontarlier', env.SECTOR_EMAIL_PONTARLIER),
      ...when('montbeliard', env.SECTOR_EMAIL_MONTBELIARD),
    },
    controller: {
      ...when('name', env.CONTROLLER_NAME),
      ...when('contact', env.CONTROLLER_CONTACT),
      ...when('dataProtection', env.DATA_PROTECTION_CONTACT),
      ...when('legalBasis', env.LEGAL_BASIS),
    },
    retentionDays: env.RETENTION_DAYS,
    reports: {
      retentionDays: env.REPORT_RETENTION_DAYS,
      draftHours: env.REPORT_DRAFT_HOURS,
      unreadHours: env.REPORT_UNREAD_HOURS,
    },
    handoff: {
      waitMinutes: env.HANDOFF_WAIT_MINUTES,
      aloneMinutes: env.HANDOFF_ALONE_MINUTES,
      holdLostSeconds: env.HANDOFF_HOLD_LOST_SECONDS,
    },
    accounts: { idleLockMinutes: env.IDLE_LOCK_MINUTES, requireSecondFactor: env.REQUIRE_SECOND_FACTOR },
    alarm: {
      pushAfterSeconds: env.ALARM_PUSH_AFTER_SECONDS,
      emailAfterMinutes: env.ALARM_EMAIL_AFTER_MINUTES,
      ...(env.SMTP_URL !== undefined && { smtp: { url: env.SMTP_URL, from: env.SMTP_FROM ?? '' } }),
      pushContact: pushContactOf(env.PUSH_CONTACT ?? env.SMTP_FROM, env.PUBLIC_URL),
    },
    isDemo: env.DEMO,
    logLevel: env.LOG_LEVEL,
  };
}

/** An address to write to, or a page: push services ask for one of them. */
function pushContactOf(address: string | undefined, publicUrl: string | undefined): string {
  if (address !== undefined) return `mailto:${address}`;
  return publicUrl?.startsWith('https:') ? publicUrl : 'mailto:permanence@localhost';
}

function when<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
