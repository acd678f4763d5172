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
    const answered = `${taken} ${plural(taken, 'a eu une réponse', 'ont eu une réponse')}`;
    return `${asked}\u00a0: ${answered}, ${missed} ${plural(missed, 'n’en a pas eu', 'n’en ont pas eu')}.`;
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
