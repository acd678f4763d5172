export const AUDIT = {
  intro: 'Qui a fait quoi, et quand. Ce journal ne contient aucun message de résident.',
  guaranteeTitle: 'Ce que ce journal garantit',
  guarantee:
    'Chaque ligne porte l’empreinte de la ligne d’avant. Changer ou retirer une ligne se voit donc dans toutes les suivantes\u00a0: l’exploitant peut le vérifier par une commande. Pour voir aussi que la fin n’a pas été coupée, il garde ailleurs la dernière empreinte.',
  show: 'Montrer',
  kinds: {
    all: 'Tout',
    reading: 'Qui a lu quoi',
    accounts: 'Comptes et connexions',
    settings: 'Réglages et chiffres',
  },
  readingHint: 'Conversations ouvertes, copiées ou cherchées.',
  entries: (day: string) => `Le ${day}`,
  /** A no-break space keeps « n° 12 » together. */
  number: (seq: number) => `n°\u00a0${seq}`,
  more: 'Voir plus ancien',
  nothing: 'Rien dans ce qui est affiché. Cherchez plus loin avec «\u00a0Voir plus ancien\u00a0».',
  empty: 'Le journal est vide.',
  end: 'C’est le début du journal.',
} as const;

export type AuditKind = keyof typeof AUDIT.kinds;
