import type { z } from 'zod';
import type { Permission } from '../domain/permissions.js';
import * as common from './schemas/common.js';
import * as conversations from './schemas/conversations.js';
import * as events from './schemas/events.js';
import * as sessions from './schemas/session.js';
import * as settings from './schemas/settings.js';
import * as team from './schemas/team.js';

/**
 * Who may call. `anyone`: no session. `locked`: a session, even one that is locked or lacks its second factor.
 * `session`: any usable session. Otherwise the permission that the session's role must have.
 */
export type Access = 'anyone' | 'locked' | 'session' | Permission;

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/inbox`, in the notation of OpenAPI. */
  readonly path: string;
  readonly access: Access;
  /** One French line for the API's description. */
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  /** What is answered with 200: JSON of this schema, or text of this media type. */
  readonly response: z.ZodType | 'text/plain' | 'text/csv' | 'text/event-stream';
}

/** Every call of the delegates' API: the router, its description and the page's client are all made from this table. */
export const OPERATIONS = {
  // Sessions and keys
  readParameters: {
    method: 'POST',
    path: '/session/parameters',
    access: 'anyone',
    summary: 'Lire le sel et les paramètres de dérivation d’un identifiant, connu ou non.',
    body: sessions.parametersRequest,
    response: sessions.parameters,
  },
  logIn: {
    method: 'POST',
    path: '/session',
    access: 'anyone',
    summary: 'Ouvrir une session.',
    body: sessions.loginRequest,
    response: sessions.session,
  },
  readSession: {
    method: 'GET',
    path: '/session',
    access: 'locked',
    summary: 'Lire la session en cours.',
    response: sessions.session,
  },
  logOut: {
    method: 'DELETE',
    path: '/session',
    access: 'locked',
    summary: 'Fermer la session.',
    response: common.done,
  },
  lockSession: {
    method: 'POST',
    path: '/session/lock',
    access: 'locked',
    summary: 'Verrouiller la session.',
    response: common.done,
  },
  unlockSession: {
    method: 'POST',
    path: '/session/unlock',
    access: 'locked',
    summary: 'Déverrouiller la session par le mot de passe.',
    body: sessions.unlockRequest,
    response: sessions.session,
  },
  listSessions: {
    method: 'GET',
    path: '/sessions',
    access: 'session',
    summary: 'Lister ses propres sessions.',
    response: sessions.ownSessions,
  },
  revokeSession: {
    method: 'DELETE',
    path: '/sessions/{id}',
    access: 'session',
    summary: 'Fermer une de ses sessions.',
    response: common.done,
  },
  revokeOtherSessions: {
    method: 'DELETE',
    path: '/sessions',
    access: 'session',
    summary: 'Fermer toutes ses autres sessions.',
    response: common.done,
  },
  readInvitation: {
    method: 'POST',
    path: '/invitations/read',
    access: 'anyone',
    summary: 'Lire à quoi donne droit un lien.',
    body: sessions.invitationRequest,
    response: sessions.invitationView,
  },
  acceptInvitation: {
    method: 'POST',
    path: '/invitations/accept',
    access: 'anyone',
    summary: 'Utiliser un lien : créer le compte, ou lui donner de nouvelles clés. Ouvre une session.',
    body: sessions.acceptRequest,
    response: sessions.session,
  },
  startRecovery: {
    method: 'POST',
    path: '/recovery/start',
    access: 'anyone',
    summary: 'Prouver la clé de secours et recevoir la clé privée qu’elle protège.',
    body: sessions.recoveryRequest,
    response: sessions.recoveryView,
  },
  finishRecovery: {
    method: 'POST',
    path: '/recovery/finish',
    access: 'anyone',
    summary: 'Donner un nouveau mot de passe grâce à la clé de secours. Ouvre une session et ferme les autres.',
    body: sessions.recoveryFinish,
    response: sessions.session,
  },
  changePassword: {
    method: 'POST',
    path: '/password',
    access: 'session',
    summary: 'Changer son mot de passe. Ferme les autres sessions.',
    body: sessions.passwordRequest,
    response: sessions.session,
  },
  changeProfile: {
    method: 'PATCH',
    path: '/profile',
    access: 'session',
    summary: 'Changer son nom affiché, son adresse d’alarme ou sa disponibilité.',
    body: sessions.profileRequest,
    response: sessions.session,
  },
  startSecondFactor: {
    method: 'POST',
    path: '/second-factor/start',
    access: 'locked',
    summary: 'Recevoir le secret d’un second facteur (TOTP).',
    response: sessions.secondFactorStart,
  },
  confirmSecondFactor: {
    method: 'POST',
    path: '/second-factor/confirm',
    access: 'locked',
    summary: 'Activer le second facteur par un premier code.',
    body: sessions.secondFactorConfirm,
    response: sessions.session,
  },
  removeSecondFactor: {
    method: 'POST',
    path: '/second-factor/remove',
    access: 'session',
    summary: 'Retirer le second facteur, sauf s’il est obligatoire.',
    body: sessions.secondFactorOff,
    response: sessions.session,
  },

  // Accounts
  readTeam: {
    method: 'GET',
    path: '/accounts',
    access: 'accounts',
    summary: 'Lister les comptes et les invitations.',
    response: team.team,
  },
  invite: {
    method: 'POST',
    path: '/invitations',
    access: 'accounts',
    summary: 'Créer un lien d’invitation.',
    body: team.newInvitation,
    response: team.invitationLink,
  },
  withdrawInvitation: {
    method: 'DELETE',
    path: '/invitations/{id}',
    access: 'accounts',
    summary: 'Annuler une invitation.',
    response: common.done,
  },
  changeAccount: {
    method: 'PATCH',
    path: '/accounts/{id}',
    access: 'accounts',
    summary: 'Changer, suspendre ou rétablir un compte.',
    body: team.accountChange,
    response: team.team,
  },
  resetAccount: {
    method: 'POST',
    path: '/accounts/{id}/reset',
    access: 'accounts',
    summary: 'Créer un lien pour un nouveau mot de passe et de nouvelles clés. Ferme les sessions du compte.',
    response: team.invitationLink,
  },

  // Conversations
  readEvents: {
    method: 'GET',
    path: '/events',
    access: 'locked',
    summary: 'Suivre la file et une conversation en direct.',
    query: events.streamQuery,
    response: 'text/event-stream',
  },
  listPast: {
    method: 'GET',
    path: '/conversations/past',
    access: 'conversations',
    summary: 'Lister les conversations passées.',
    query: conversations.pastQuery,
    response: conversations.cardPage,
  },
  openConversation: {
    method: 'GET',
    path: '/conversations/{id}',
    access: 'conversations',
    summary: 'Ouvrir une conversation ; l’accès est noté au journal.',
    response: conversations.opened,
  },
  readEarlier: {
    method: 'GET',
    path: '/conversations/{id}/messages',
    access: 'conversations',
    summary: 'Lire les messages d’avant.',
    query: conversations.messagesQuery,
    response: conversations.messagePage,
  },
  take: {
    method: 'POST',
    path: '/conversations/{id}/take',
    access: 'conversations',
    summary: 'Prendre la conversation.',
    response: conversations.detail,
  },
  reply: {
    method: 'POST',
    path: '/conversations/{id}/reply',
    access: 'conversations',
    summary: 'Répondre au résident, sauf si un collègue a écrit entre-temps.',
    body: conversations.replyRequest,
    response: conversations.replyResult,
  },
  giveBack: {
    method: 'POST',
    path: '/conversations/{id}/give-back',
    access: 'conversations',
    summary: 'Rendre la conversation au robot.',
    response: conversations.detail,
  },
  transfer: {
    method: 'POST',
    path: '/conversations/{id}/transfer',
    access: 'conversations',
    summary: 'Proposer la conversation à un collègue, ou à tous.',
    body: conversations.transferRequest,
    response: conversations.detail,
  },
  close: {
    method: 'POST',
    path: '/conversations/{id}/close',
    access: 'conversations',
    summary: 'Terminer la conversation.',
    response: conversations.detail,
  },
  reopen: {
    method: 'POST',
    path: '/conversations/{id}/reopen',
    access: 'conversations',
    summary: 'Rouvrir une conversation et la prendre.',
    response: conversations.detail,
  },
  snooze: {
    method: 'POST',
    path: '/conversations/{id}/snooze',
    access: 'conversations',
    summary: 'Mettre de côté jusqu’à une heure choisie.',
    body: conversations.snoozeRequest,
    response: conversations.detail,
  },
  unsnooze: {
    method: 'POST',
    path: '/conversations/{id}/unsnooze',
    access: 'conversations',
    summary: 'Remettre dans la file tout de suite.',
    response: conversations.detail,
  },
  acknowledge: {
    method: 'POST',
    path: '/conversations/{id}/acknowledge',
    access: 'conversations',
    summary: 'Marquer comme vue une urgence ou une demande manquée.',
    response: conversations.detail,
  },
  block: {
    method: 'POST',
    path: '/conversations/{id}/block',
    access: 'conversations',
    summary: 'Ne plus prendre cette conversation, avec un motif.',
    body: conversations.blockRequest,
    response: conversations.detail,
  },
  unblock: {
    method: 'POST',
    path: '/conversations/{id}/unblock',
    access: 'conversations',
    summary: 'Lever le blocage.',
    response: conversations.detail,
  },
  label: {
    method: 'PUT',
    path: '/conversations/{id}/labels',
    access: 'conversations',
    summary: 'Changer les étiquettes ou la priorité.',
    body: conversations.labelRequest,
    response: conversations.detail,
  },
  addNote: {
    method: 'POST',
    path: '/conversations/{id}/notes',
    access: 'conversations',
    summary: 'Ajouter une note privée.',
    body: conversations.noteRequest,
    response: conversations.detail,
  },
  settleCallback: {
    method: 'PUT',
    path: '/conversations/{id}/callbacks/{callbackId}',
    access: 'conversations',
    summary: 'Marquer un rappel comme fait, ou à refaire.',
    body: conversations.callbackRequest,
    response: conversations.detail,
  },
  saveDraft: {
    method: 'PUT',
    path: '/conversations/{id}/draft',
    access: 'conversations',
    summary: 'Garder le brouillon de sa réponse.',
    body: conversations.draftRequest,
    response: common.done,
  },
  markRead: {
    method: 'PUT',
    path: '/conversations/{id}/read',
    access: 'conversations',
    summary: 'Noter jusqu’où la conversation a été lue.',
    body: conversations.readRequest,
    response: common.done,
  },
  showTyping: {
    method: 'POST',
    path: '/conversations/{id}/typing',
    access: 'conversations',
    summary: 'Montrer au résident et aux collègues que l’on écrit.',
    response: common.done,
  },
  readTranscript: {
    method: 'GET',
    path: '/conversations/{id}/transcript',
    access: 'export-transcript',
    summary: 'Télécharger la conversation en texte ; l’accès est noté au journal.',
    response: 'text/plain',
  },
  search: {
    method: 'POST',
    path: '/search',
    access: 'search',
    summary: 'Chercher un mot dans les conversations passées par les délégués.',
    body: conversations.searchRequest,
    response: conversations.searchResult,
  },
  readCannedReplies: {
    method: 'GET',
    path: '/canned-replies',
    access: 'conversations',
    summary: 'Lire les réponses prêtes et les étiquettes proposées.',
    response: conversations.cannedReplies,
  },

  // Alarm
  readAlarm: {
    method: 'GET',
    path: '/alarm',
    access: 'alarm',
    summary: 'Lire par quels moyens on est prévenu.',
    response: settings.alarmView,
  },
  subscribePush: {
    method: 'POST',
    path: '/alarm/subscriptions',
    access: 'alarm',
    summary: 'Être prévenu sur cet appareil.',
    body: settings.pushSubscription,
    response: settings.alarmView,
  },
  unsubscribePush: {
    method: 'DELETE',
    path: '/alarm/subscriptions/{id}',
    access: 'alarm',
    summary: 'Ne plus être prévenu sur un appareil.',
    response: settings.alarmView,
  },
  testAlarm: {
    method: 'POST',
    path: '/alarm/test',
    access: 'alarm',
    summary: 'Essayer l’alarme par notification et par e-mail.',
    response: settings.alarmTest,
  },

  // Settings
  readOpeningHours: {
    method: 'GET',
    path: '/opening-hours',
    access: 'session',
    summary: 'Lire les horaires d’accueil.',
    response: settings.openingHoursView,
  },
  changeOpeningHours: {
    method: 'PUT',
    path: '/opening-hours',
    access: 'opening-hours',
    summary: 'Changer les horaires d’accueil.',
    body: settings.openingHoursChange,
    response: settings.openingHoursView,
  },
  readFacts: {
    method: 'GET',
    path: '/facts',
    access: 'facts',
    summary: 'Lire les informations données par l’assistant.',
    response: settings.factsView,
  },
  changeFacts: {
    method: 'PUT',
    path: '/facts',
    access: 'facts',
    summary: 'Changer les informations ; l’assistant les donne aussitôt.',
    body: settings.factsChange,
    response: settings.factsView,
  },
  previewFacts: {
    method: 'POST',
    path: '/facts/preview',
    access: 'facts',
    summary: 'Voir ce que l’assistant répondrait.',
    body: settings.factsPreviewRequest,
    response: settings.factsPreview,
  },
  readFactsHistory: {
    method: 'GET',
    path: '/facts/history',
    access: 'facts',
    summary: 'Lire l’historique des informations.',
    response: settings.factsHistory,
  },
  undoFacts: {
    method: 'POST',
    path: '/facts/undo',
    access: 'facts',
    summary: 'Revenir à une version précédente.',
    body: settings.factsUndo,
    response: settings.factsView,
  },
  readWeekly: {
    method: 'GET',
    path: '/weekly',
    access: 'statistics',
    summary: 'Lire les chiffres d’une semaine.',
    query: settings.weeklyQuery,
    response: settings.weekly,
  },
  exportWeekly: {
    method: 'GET',
    path: '/weekly.csv',
    access: 'statistics',
    summary: 'Télécharger les chiffres d’une semaine (CSV).',
    query: settings.weeklyQuery,
    response: 'text/csv',
  },
  readAudit: {
    method: 'GET',
    path: '/audit',
    access: 'audit',
    summary: 'Lire le journal des accès.',
    query: settings.auditQuery,
    response: settings.auditPage,
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type Operations = typeof OPERATIONS;
export type OperationName = keyof Operations;
