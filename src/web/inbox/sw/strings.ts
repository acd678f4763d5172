/** Words of a notification that comes while no page is open. Those of a push come from the server. */
export const SW_WORDS = {
  /** When a push brings nothing that can be read: one must be shown all the same. */
  title: 'Une personne attend un délégué',
  body: 'Ouvrez Permanence pour répondre.',
} as const;
