/** Everything that an alarm says. It tells that somebody waits, and nothing of who or why. */

export interface Notice {
  readonly title: string;
  readonly body: string;
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

export function mailText({ body }: Notice, inboxUrl: string): string {
  return [
    'Bonjour,',
    '',
    body,
    '',
    `Pour répondre : ${inboxUrl}`,
    '',
    'Ce message est envoyé par Permanence. Pour ne plus le recevoir, retirez votre adresse de la page « Mon compte ».',
    '',
  ].join('\n');
}

export function testMailBody(): string {
  return 'C’est un essai de l’alarme : les e-mails arrivent bien à cette adresse.';
}

function minutesInWords(minutes: number): string {
  if (minutes < 1) return 'moins d’une minute';
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
