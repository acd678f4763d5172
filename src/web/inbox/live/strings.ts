/** Words about the line to the server, and what is read aloud whatever the page. */
export const LIVE = {
  cut: (duration: string) => `Connexion coupée depuis ${duration}`,
  cutHelp: 'La page se reconnecte toute seule. Ce que vous écrivez est gardé et partira ensuite.',
  tryNow: 'Essayer maintenant',
  back: 'La connexion est revenue.',
  newWait: (name: string) => `${name} attend un délégué.`,
  newEmergency: (name: string) => `Danger signalé : ${name}.`,
  newOffer: (name: string) => `Un collègue vous propose la conversation de ${name}.`,
} as const;

const NBSP = '\u00a0';

/** « 12 s », « 3 min », « 1 h 05 », « 2 jours ». */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds}${NBSP}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${NBSP}min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}${NBSP}h${NBSP}${String(minutes % 60).padStart(2, '0')}`;
  const days = Math.floor(hours / 24);
  return days === 1 ? `1${NBSP}jour` : `${days}${NBSP}jours`;
}
