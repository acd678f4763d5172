import type { Author } from '../domain/message.js';
import type { events } from './present-message.js';

/** The words that delegates read in cards and transcripts and that are not a resident's, a colleague's or the assistant's. */
export const INBOX_WORDS = {
  /** Before the pseudonym: « Résident B7K2 ». */
  resident: 'Résident',
  authors: {
    resident: 'Résident',
    bot: 'Assistant (robot)',
    delegate: 'Délégué',
    system: 'Message automatique',
  } satisfies Record<Author, string>,
  events: {
    erased: 'Le résident a effacé ses messages.',
    'handoff.initiate': 'Le résident demande un délégué.',
    'handoff.accepted': 'Un délégué prend la conversation.',
    'handoff.completed': 'L’assistant reprend la conversation.',
    'handoff.failed': 'Aucun délégué n’a pu répondre.',
  } satisfies Record<(typeof events)[number], string>,
  transcript: {
    title: 'Conversation avec {resident}',
    channel: 'Reçue par : {channel}',
    copied: 'Copie faite le {day} à {time} par {name}',
    note: 'Heures de Paris. Les notes privées des délégués n’y sont pas.',
    empty: 'Aucun message.',
    day: '--- {day} ---',
    turn: '{time}  {author}',
    delegate: 'Délégué {name}',
    at: 'à {time}',
    corrects: '(Corrige le message écrit {moment}. Nouveau texte :)',
    correctsEarlier: '(Corrige un message qui a été effacé. Nouveau texte :)',
    modified: '(Modifié {moment}. Le nouveau texte est plus bas.)',
    link: '{title} : {url}',
    choices: 'Choix proposés : {titles}',
    /** Files are not in the transcript: delegates open them on the page. */
    attachment: { image: 'Image jointe, non copiée ici ({size})', pdf: 'Document PDF joint, non copié ici ({size})' },
  },
} as const;
