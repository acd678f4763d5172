import type { Urgency } from './picture.js';

const NBSP = '\u00a0';

/** In the browser's tab, over every page, and in notifications. */
export const RINGER = {
  /** « 2 personnes attendent » */
  calling: (urgency: Urgency, count: number) => {
    if (urgency === 'emergency') return 'Danger signalé';
    return count === 1 ? 'Quelqu’un attend' : `${count} personnes attendent`;
  },
  callingHint: {
    waiting: 'L’alarme sonne jusqu’à ce que quelqu’un prenne la conversation.',
    emergency: 'L’alarme sonne jusqu’à ce que quelqu’un regarde.',
  } satisfies Record<Urgency, string>,
  lockedHint: 'Déverrouillez pour répondre.',
  region: 'Alarme',
  mute: `Couper le son 10${NBSP}minutes`,
  muted: (time: string) => `Son coupé jusqu’à ${time}.`,
  unmute: 'Remettre le son',
  blocked: 'Le navigateur a coupé le son de cette page.',
  unblock: 'Cliquez pour activer le son',
  see: 'Voir la file',
} as const;

export const NOTICE = {
  waiting: 'Une personne attend un délégué',
  emergency: 'Danger signalé dans une conversation',
  locked: 'Ouvrez Permanence pour répondre.',
  test: 'Essai de l’alarme',
  testBody: 'Cette notification vient de la page ouverte.',
} as const;
