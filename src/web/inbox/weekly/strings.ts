const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);

export const WEEKLY = {
  week: (from: string, to: string) => `Du ${from} au ${to}`,
  current: 'Semaine en cours\u00a0: les chiffres changent encore.',
  previous: 'Semaine d’avant',
  next: 'Semaine d’après',
  download: 'Télécharger (CSV)',
  downloadHint: 'Le téléchargement est noté au journal. Le fichier ne contient aucun message.',
  summary: 'En quelques mots',
  nothing: 'Aucune conversation cette semaine-là.',
  conversations: (count: number) =>
    count === 1 ? 'Une conversation a été ouverte.' : `${count} conversations ont été ouvertes.`,
  noRequest: 'Personne n’a demandé de délégué.',
  requests: (requested: number, taken: number, missed: number) => {
    const asked =
      requested === 1 ? 'Une personne a demandé un délégué' : `${requested} personnes ont demandé un délégué`;
    // A delegate may also take what nobody asked for.
    const answered = Math.min(taken, requested);
    const open = Math.max(0, requested - answered - missed);
    const parts = [
      { count: answered, one: 'a eu une réponse', many: 'ont eu une réponse' },
      { count: missed, one: 'n’a pas eu de réponse', many: 'n’ont pas eu de réponse' },
      { count: open, one: 'attend encore ou a renoncé', many: 'attendent encore ou ont renoncé' },
    ].filter(({ count }) => count > 0);
    if (requested === 1 && parts.length === 1) return `${asked}\u00a0: elle ${parts[0]?.one}.`;
    return `${asked}\u00a0: ${parts.map(({ count, one, many }) => `${count} ${plural(count, one, many)}`).join(', ')}.`;
  },
  median: (wait: string) => `Durée d’une attente sur deux\u00a0: ${wait}.`,
  callbacks: (requested: number, done: number) =>
    `${requested} ${plural(requested, 'rappel demandé', 'rappels demandés')}, ${done} ${plural(done, 'fait', 'faits')}.`,
  unsure: (count: number) =>
    count === 1 ? 'L’assistant n’a pas compris une question.' : `L’assistant n’a pas compris ${count} questions.`,
  emergencies: (count: number) => (count === 1 ? 'Un danger a été signalé.' : `${count} dangers ont été signalés.`),
  byIntent: 'Les questions, par sujet',
  subject: 'Sujet',
  byChannel: 'Les messages, par canal',
  channel: 'Canal',
  waits: 'Combien de temps les personnes ont attendu',
  wait: 'Attente',
  count: 'Nombre',
  none: 'Rien cette semaine-là.',
} as const;
