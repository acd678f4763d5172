import type { Message } from '../../src/web/inbox/live/wire.js';
import { JEAN, ME } from './inbox-queue-builders.js';
import type { FakeInbox } from './inbox-queue-fake.js';

/** What a resident and the assistant said before somebody asked for a person. Fictitious. */
export const TALK: readonly Partial<Message>[] = [
  { author: 'resident', text: 'bonjour c ouvert demain ?' },
  {
    author: 'bot',
    text: 'Oui. Demain, mardi 24 novembre, il y a une permanence de 14 h à 17 h, place Cassin.',
    card: {
      title: 'Permanence de Planoise',
      text: 'Place Cassin, 25000 Besançon',
      links: [{ title: 'Voir sur la carte', url: 'https://www.openstreetmap.org/#map=18/47.22/5.97' }],
    },
    actions: ['Voir l’adresse', 'Parler à un délégué'],
  },
  { author: 'resident', text: 'Parler à un délégué' },
  { author: 'system', event: 'handoff.initiate' },
  { author: 'bot', text: 'D’accord. Je préviens les délégués. En cas de danger, appelez le 17 ou le 112.' },
  { author: 'resident', text: 'Mon voisin fait du bruit toutes les nuits, on peut m’appeler au 06 12 34 56 78' },
];

const MINUTE = 60_000;

/** A lively day: a danger, two who wait, a call-back, one of Marie's, one of Jean's, one put aside. */
export function fillDesk({ world }: FakeInbox): void {
  const now = Date.now();
  world.add(
    {
      id: 'danger',
      pseudonym: 'Résident K3M8',
      emergencyAt: now - 4 * MINUTE,
      waitingSince: now - 2 * MINUTE,
      last: { author: 'resident', excerpt: 'il y a une bagarre en bas de chez moi' },
    },
    [
      { text: 'il y a une bagarre en bas de chez moi' },
      { author: 'bot', text: 'En cas de danger, appelez le 17 ou le 112.' },
    ],
  );
  world.add(
    {
      id: 'c1',
      last: {
        author: 'resident',
        excerpt: 'Mon voisin fait du bruit toutes les nuits, on peut m’appeler au 06 12 34 56 78',
      },
    },
    TALK,
  );
  world.add(
    {
      id: 'offered',
      pseudonym: 'Résident T4H2',
      waitingSince: now - MINUTE,
      offeredTo: ME,
      labels: ['Circulation'],
      last: { author: 'delegate', excerpt: 'Ma collègue Marie va vous répondre.' },
    },
    TALK,
  );
  world.add(
    {
      id: 'callback',
      pseudonym: 'Résident R9D5',
      status: 'bot',
      waitingSince: undefined as never,
      missedAt: now - 90 * MINUTE,
      openCallbacks: 1,
      last: { author: 'resident', excerpt: 'Rappelez-moi s’il vous plaît' },
    },
    TALK,
    {
      callbacks: [
        {
          id: 'cb1',
          firstName: 'Amina',
          phone: '+33612345678',
          email: 'amina@exemple.fr',
          moment: 'mercredi 25 novembre, le matin',
          requestedAt: now - 80 * MINUTE,
        },
      ],
    },
  );
  world.add(
    {
      id: 'mine',
      pseudonym: 'Résident W6C1',
      status: 'assigned',
      waitingSince: undefined as never,
      holder: ME,
      heldSince: now - 9 * MINUTE,
      priority: 'high',
      labels: ['Bruit', 'Voisinage'],
      last: { author: 'resident', excerpt: 'Merci, et pour le parking ?' },
    },
    [
      ...TALK,
      { author: 'system', event: 'handoff.accepted', by: ME },
      {
        author: 'delegate',
        by: ME,
        text: 'Bonjour, je suis Marie, déléguée à Planoise. À quelle heure est le bruit ?',
      },
      { author: 'resident', text: 'Vers 2 h du matin' },
      { author: 'delegate', by: JEAN, text: 'Le règlement est là : https://www.besancon.fr/bruit' },
      { author: 'delegate', by: ME, text: 'Je note. Je vois cela avec le bailleur.' },
    ],
  );
  world.add(
    {
      id: 'jean',
      pseudonym: 'Résident Z2F7',
      status: 'assigned',
      waitingSince: undefined as never,
      holder: JEAN,
      heldSince: now - 5 * MINUTE,
      last: { author: 'delegate', excerpt: 'Je regarde et je vous réponds.' },
    },
    [
      ...TALK,
      { author: 'system', event: 'handoff.accepted', by: JEAN },
      { author: 'delegate', by: JEAN, text: 'Je regarde et je vous réponds.' },
    ],
    { viewers: [JEAN] },
  );
  world.add(
    {
      id: 'later',
      pseudonym: 'Résident P8N4',
      snoozedUntil: now + 3 * 60 * MINUTE,
      last: { author: 'resident', excerpt: 'Je serai là ce soir' },
    },
    TALK,
  );
}
