export const SEARCH = {
  label: 'Mot à chercher',
  description: 'Dans les conversations que les délégués ont eues.',
  search: 'Chercher',
  none: 'Aucune conversation ne contient ce mot.',
  found: (count: number) => (count === 1 ? '1 message trouvé.' : `${count} messages trouvés.`),
  searched: (count: number) => (count === 1 ? 'Une conversation a été lue.' : `${count} conversations ont été lues.`),
  partial: 'Il y en a de plus anciennes, qui n’ont pas été lues. Ajoutez un mot plus précis.',
} as const;
