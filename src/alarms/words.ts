/** Everything that an alarm says. It tells that somebody waits, and nothing of who or why. */

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** What a click on it shows; the queue without it. */
  readonly about?: 'reports';
}

export function waitingNotice(minutes: number): Notice {
  return { title: 'Une personne attend un délégué', body: `Elle attend depuis ${minutesInWords(minutes)}.` };
}

export function emergencyNotice(): Notice {
  return {
    title: 'Danger signalé dans une conversation',
    body: 'Les numéros d’urgence ont été affichés. Personne d’autre n’a été prévenu.',
  };
}

export function testNotice(): Notice {
  return { title: 'Essai de l’alarme', body: 'Les notifications arrivent sur cet appareil.' };
}

export function newReportNotice(): Notice {
  return { title: 'Signalement', body: 'Un nouveau signalement est arrivé.', about: 'reports' };
}

export function addedToReportNotice(): Notice {
  return { title: 'Signalement', body: 'Un signalement a été complété.', about: 'reports' };
}

/** @param days since the oldest came, by the calendar. */
export function unreadReportsNotice(count: number, days: number): Notice {
  const body =
    count === 1
      ? `Un signalement attend d’être lu depuis ${daysInWords(days)}.`
      : `${count} signalements attendent d’être lus, le plus ancien depuis ${daysInWords(days)}.`;
  return { title: 'Signalement non lu', body, about: 'reports' };
}

/** @param invitation what the address is for. */
export function mailText({ body }: Notice, inboxUrl: string, invitation = 'Pour répondre'): string {
  return [
    'Bonjour,',
    '',
    body,
    '',
    `${invitation} : ${inboxUrl}`,
    '',
    'Ce message est envoyé par Permanence. Pour ne plus le recevoir, retirez votre adresse de la page « Mon compte ».',
    '',
  ].join('\n');
}

export function testMailBody(): string {
  return 'C’est un essai de l’alarme : les e-mails arrivent bien à cette adresse.';
}

/** Of a mail about reports. */
export const TO_READ_REPORTS = 'Pour lire les signalements';

function daysInWords(days: number): string {
  if (days < 1) return 'aujourd’hui';
  return days === 1 ? 'hier' : `${days} jours`;
}

function minutesInWords(minutes: number): string {
  if (minutes < 1) return 'moins d’une minute';
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
