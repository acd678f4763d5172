import type {
  AlarmView,
  AuditEntry,
  EditableFacts,
  OpeningHoursView,
  Session,
  Weekly,
} from '../../src/web/inbox/api/types.js';

const SOURCED = { source: 'Plein Air', checkedOn: '2026-11-01' };

/** The facts as the data files have them: hours, years and addresses that no source gives are not there. */
export function buildEditableFacts(overrides: Partial<EditableFacts> = {}): EditableFacts {
  return {
    permanences: [
      {
        ...SOURCED,
        id: 'delegates',
        rule: { kind: 'weekly', weekday: 3, everyWeeks: 1 },
        slot: { part: 'afternoon' },
        placeId: 'maison-de-services',
        onPublicHolidays: 'closed',
        closures: [],
        additions: [],
      },
      {
        ...SOURCED,
        id: 'commissioners',
        rule: { kind: 'monthly', weekday: 4, nth: 1 },
        slot: {},
        placeId: 'maison-de-services',
        onPublicHolidays: 'closed',
        closures: [],
        additions: [],
      },
    ],
    sectors: [
      { id: 'besancon', name: 'Besançon' },
      { id: 'pontarlier', name: 'Pontarlier' },
      { id: 'montbeliard', name: 'Montbéliard' },
    ],
    station: { ...SOURCED, status: 'announced', openingMonth: 7, officersMin: 15, officersMax: 25 },
    ...overrides,
  };
}

const B64_32 = 'A'.repeat(43);

export function buildSession({
  isLocked,
  isAvailable,
}: {
  readonly isLocked: boolean;
  readonly isAvailable: boolean;
}): Session {
  return {
    account: { id: 'marie', login: 'marie', displayName: 'Marie', role: 'coordinator', isAvailable },
    keys: {
      salt: 'A'.repeat(22),
      kdf: { algorithm: 'argon2id', memoryKib: 65_536, passes: 3, lanes: 1 },
      publicKey: B64_32,
      wrappedPrivateKey: B64_32,
      fingerprint: '12345 67890',
    },
    isLocked,
    idleLockMinutes: 60,
    secondFactor: 'on',
    permissions: [
      'conversations',
      'search',
      'export-transcript',
      'alarm',
      'accounts',
      'opening-hours',
      'facts',
      'statistics',
      'audit',
    ],
    isDemo: false,
  };
}

export function buildAlarm(overrides: Partial<AlarmView> = {}): AlarmView {
  return {
    // A point of P-256 that no server of ours uses.
    pushKey: 'BEl62iUYgUivxIkv69yViEuiBIa-Ib9-SkvMeAtA3LFgDzkrxZJjSgSnfckjBJuBkr3qBUYIHBQFLXYp5Nksh8U',
    subscriptions: [
      { id: 'phone', device: 'Firefox sur Android', createdAt: Date.UTC(2026, 10, 3) },
      { id: 'pc', device: 'Chrome sur Windows <b>du bureau</b>', createdAt: Date.UTC(2026, 10, 12) },
    ],
    email: 'no-address',
    pushAfterSeconds: 30,
    emailAfterMinutes: 5,
    ...overrides,
  };
}

export function buildHours(overrides: Partial<OpeningHoursView> = {}): OpeningHoursView {
  return {
    hours: {
      slots: [
        { weekday: 3, from: '09:00', to: '12:00' },
        { weekday: 3, from: '14:00', to: '17:00' },
        { weekday: 5, from: '09:00', to: '12:00' },
      ],
      onPublicHolidays: 'closed',
      exceptions: [{ from: '2026-12-24', to: '2026-12-31', slots: [], reason: '<img src=x onerror=alert(1)>' }],
    },
    rev: 4,
    state: 'closed',
    nextOpening: 'mercredi 25 novembre à 9 h',
    ...overrides,
  };
}

export function buildWeekly({ isEmpty = false } = {}): Weekly {
  const count = (n: number) => (isEmpty ? 0 : n);
  return {
    week: '2026-W48',
    from: '2026-11-23',
    to: '2026-11-29',
    conversations: count(34),
    byChannel: isEmpty
      ? []
      : [
          { channel: 'site web', count: 28 },
          { channel: 'Telegram', count: 6 },
        ],
    byIntent: isEmpty
      ? []
      : [
          { intent: 'permanence.hours', title: 'Horaires des permanences', count: 17 },
          { intent: 'permanence.location', title: 'Adresse <script>alert(1)</script>', count: 9 },
          { intent: 'handoff.request', title: 'Parler à un délégué', count: 8 },
        ],
    unsure: count(3),
    emergencies: count(1),
    handoff: { requested: count(8), taken: count(7), missed: count(1) },
    callbacks: { requested: count(2), done: count(1) },
    waits: [
      { label: 'moins d’une minute', count: count(5) },
      { label: 'de 1 à 5 minutes', count: count(2) },
      { label: 'plus de 5 minutes', count: 0 },
    ],
    ...(!isEmpty && { medianWait: 'moins d’une minute' }),
  };
}

/** Twelve lines of two days, the newest first. */
export function buildAudit(): AuditEntry[] {
  const lines = [
    ['conversation.opened', 'Marie a ouvert la conversation de Résident B7K2.'],
    ['conversation.exported', 'Jean a copié la conversation de Résident K3M8.'],
    ['facts.changed', 'Marie a changé les informations (version 3).'],
    ['session.opened', 'Jean <em>Martin</em> a ouvert une session.'],
  ] as const;
  return Array.from({ length: 12 }, (_, index) => {
    const seq = 12 - index;
    const [action, text] = lines[index % lines.length] ?? lines[0];
    const day = seq > 6 ? 23 : 22;
    return { seq, at: Date.UTC(2026, 10, day, 8, seq), actor: { id: 'marie', displayName: 'Marie' }, action, text };
  });
}
