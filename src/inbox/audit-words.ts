import type { AuditAction, AuditEntry } from '../domain/audit.js';

/** How ids are named in sentences. */
export interface AuditNames {
  /** « Jean Martin » */
  person(id: string): string;
  /** « B7K2 » */
  conversation(id: string): string;
  /** « B7K2 » as well. */
  report(id: string): string;
}

interface Words {
  /** Who did it: « Jean Martin », or the operator. */
  readonly who: string;
  /** Whose account it was done to: « son compte », « le compte de Jean Martin ». */
  readonly account: string;
  /** « la conversation B7K2 » */
  readonly conversation: string;
  /** « le signalement B7K2 » */
  readonly report: string;
  /** The person whom a detail names by their id, or an empty text. */
  readonly named: (detail: string) => string;
  /** What the entry says besides, or an empty text. */
  readonly detail: (name: string) => string;
}

/** Turn the direction of what follows them (Unicode Bidirectional Algorithm, 2): one in a name would turn the line. */
const DIRECTION = /[\u202A-\u202E\u2066-\u2069]/gu;
const OPERATOR = 'L’opérateur du serveur';
const ROLES: Readonly<Record<string, string>> = { coordinator: 'coordinateur', delegate: 'délégué' };
const REFUSED_BY: Readonly<Record<string, string>> = {
  password: 'mot de passe refusé',
  recovery: 'clé de secours refusée',
  code: 'code du second facteur refusé',
};

const REPORT_STATUSES: Readonly<Record<string, string>> = {
  received: 'reçu',
  'in-progress': 'en cours',
  forwarded: 'transmis',
  closed: 'clos',
};

/** One French sentence for each thing that the log holds. */
const SENTENCES: Readonly<Record<AuditAction, (words: Words) => string>> = {
  'session.opened': ({ who, detail }) => `${who} a ouvert une session${within(' (', detail('device'), ')')}.`,
  'session.refused': ({ account, detail }) =>
    `Connexion refusée${within(' : ', REFUSED_BY[detail('by')])}, ${account}${within(' (', detail('device'), ')')}.`,
  'session.ended': ({ who, detail }) => `${who} a fermé sa session${within(' (', detail('device'), ')')}.`,
  'session.revoked': ({ who, detail }) =>
    detail('count') === ''
      ? `${who} a fermé à distance une de ses sessions.`
      : `${who} a fermé à distance ses autres sessions (${detail('count')}).`,
  'account.created': ({ account, detail }) => `Création : ${account}${within(', ', roleOf(detail))}.`,
  'account.changed': ({ who, account, detail }) => `${who} a modifié ${account}${within(' : rôle ', roleOf(detail))}.`,
  'account.disabled': ({ who, account }) => `${who} a suspendu ${account}.`,
  'account.enabled': ({ who, account }) => `${who} a rétabli ${account}.`,
  'account.reset': ({ who, account }) => `${who} a créé un lien pour donner de nouvelles clés, ${account}.`,
  'account.password-changed': ({ who, detail }) =>
    `${who} a changé son mot de passe${detail('by') === 'link' ? ' par un lien' : ''}.`,
  'account.recovered': ({ who }) => `${who} a changé son mot de passe par sa clé de secours.`,
  'account.second-factor-on': ({ who }) => `${who} a activé son second facteur.`,
  'account.second-factor-off': ({ who, account }) => `${who} a retiré le second facteur, ${account}.`,
  'invitation.created': ({ who, detail }) =>
    `${who} a créé une invitation${within(' pour ', detail('name'))}${within(' (', roleOf(detail), ')')}.`,
  'invitation.withdrawn': ({ who }) => `${who} a annulé un lien.`,
  'conversation.opened': ({ who, conversation }) => `${who} a lu ${conversation}.`,
  'conversation.file-opened': ({ who, conversation }) => `${who} a ouvert un fichier reçu dans ${conversation}.`,
  'conversation.searched': ({ who, detail }) =>
    `${who} a cherché un mot dans les conversations passées${within(' (', detail('searched'), ' lues)')}.`,
  'conversation.taken': ({ who, conversation }) => `${who} a pris ${conversation}.`,
  'conversation.replied': ({ who, conversation }) => `${who} a répondu dans ${conversation}.`,
  'conversation.given-back': ({ who, conversation }) => `${who} a rendu au robot ${conversation}.`,
  'conversation.lost': ({ who, conversation }) =>
    who === OPERATOR
      ? `Délégué absent : ${conversation} attend de nouveau.`
      : `${who} a été absent trop longtemps : ${conversation} attend de nouveau.`,
  'conversation.transferred': ({ who, conversation }) => `${who} a proposé à un collègue ${conversation}.`,
  'conversation.closed': ({ who, conversation }) => `${who} a terminé ${conversation}.`,
  'conversation.reopened': ({ who, conversation }) => `${who} a rouvert ${conversation}.`,
  'conversation.snoozed': ({ who, conversation, detail }) =>
    detail('isOver') === 'true'
      ? `${who} a remis ${conversation} dans la file.`
      : `${who} a mis de côté ${conversation}.`,
  'conversation.acknowledged': ({ who, conversation }) => `${who} a marqué comme vue ${conversation}.`,
  'conversation.blocked': ({ who, conversation }) => `${who} a bloqué ${conversation}.`,
  'conversation.unblocked': ({ who, conversation }) => `${who} a débloqué ${conversation}.`,
  'conversation.labelled': ({ who, conversation }) =>
    `${who} a changé les étiquettes ou la priorité de ${conversation}.`,
  'conversation.noted': ({ who, conversation }) => `${who} a ajouté une note, ${conversation}.`,
  'conversation.exported': ({ who, conversation }) => `${who} a téléchargé ${conversation}.`,
  'callback.done': ({ who, conversation }) => `${who} a noté le rappel comme fait, ${conversation}.`,
  'callback.reopened': ({ who, conversation }) => `${who} a noté le rappel comme à refaire, ${conversation}.`,
  'report.opened': ({ who, report }) => `${who} a ouvert ${report}.`,
  'report.answered': ({ who, report }) => `${who} a répondu dans ${report}.`,
  'report.noted': ({ who, report }) => `${who} a ajouté une note, ${report}.`,
  'report.status-changed': ({ who, report, detail }) =>
    `${who} a changé l’état, ${report}${within(' : ', REPORT_STATUSES[detail('status')])}.`,
  'report.assigned': ({ who, report, named }) =>
    named('to') === '' ? `${who} ne confie plus à personne ${report}.` : `${who} a confié à ${named('to')} ${report}.`,
  'report.exported': ({ who, report, detail }) =>
    `${who} a téléchargé ${report}${detail('as') === 'redacted' ? ' (passages masqués)' : ''}.`,
  'report.printed': ({ who, report }) => `${who} a imprimé ${report}.`,
  'report.granted': ({ who, account, detail }) =>
    `${who} a donné accès à des signalements${within(' (', detail('reports'), ')')}, ${account}.`,
  'report.revoked': ({ detail }) =>
    `L’accès aux signalements a été retiré aux clés qui ne servent plus${within(' (signalements : ', detail('reports'), ')')}.`,
  'report.erased': ({ who, report }) => `${who} a effacé ${report}.`,
  'report.figures-exported': ({ who, detail }) =>
    `${who} a téléchargé des chiffres sur les signalements${within(' (', detail('reports'), ')')}.`,
  'facts.changed': ({ who, detail }) =>
    `${who} a modifié les informations${within(' (version ', detail('version'), ')')}.`,
  'facts.undone': ({ who, detail }) =>
    `${who} est revenu à d’anciennes informations${within(' (version ', detail('version'), ')')}.`,
  'opening-hours.changed': ({ who }) => `${who} a modifié les horaires d’accueil.`,
  'statistics.exported': ({ who, detail }) =>
    `${who} a téléchargé les chiffres d’une semaine${within(' (', detail('week'), ')')}.`,
};

export function auditSentence({ action, actor, subject, details }: AuditEntry, names: AuditNames): string {
  const detail = (name: string): string => `${details?.[name] ?? ''}`;
  const sentence = SENTENCES[action]({
    who: actor === undefined ? OPERATOR : names.person(actor),
    account: accountOf(actor, subject, names),
    conversation: `la conversation ${subject === undefined ? '' : names.conversation(subject)}`.trim(),
    report: subject === undefined ? 'un signalement' : `le signalement ${names.report(subject)}`,
    named: (name) => (detail(name) === '' ? '' : names.person(detail(name))),
    detail,
  });
  return sentence.replace(DIRECTION, '');
}

function accountOf(actor: string | undefined, subject: string | undefined, names: AuditNames): string {
  if (subject === undefined) return 'identifiant inconnu';
  return subject === actor ? 'son compte' : `le compte de ${names.person(subject)}`;
}

function roleOf(detail: Words['detail']): string {
  return ROLES[detail('role')] ?? '';
}

/** The text between its marks; nothing at all when there is none. */
function within(before: string, text = '', after = ''): string {
  return text === '' ? '' : `${before}${text}${after}`;
}
