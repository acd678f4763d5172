export const PAST = {
  empty: 'Aucune conversation passée.',
  more: 'Voir les suivantes',
  end: 'Il n’y en a pas d’autres.',
} as const;
