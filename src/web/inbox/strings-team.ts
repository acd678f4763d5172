/** Words of « Équipe », for coordinators. */
export const TEAM = {
  intro: 'Les personnes qui répondent aux résidents.',
  invite: 'Inviter un collègue',
  inviteTitle: 'Inviter un collègue',
  inviteName: 'Son nom',
  inviteNameHint: 'Il pourra le changer. Les résidents verront ce nom.',
  inviteNameMissing: 'Écrivez son nom.',
  role: 'Son rôle',
  roles: { coordinator: 'Coordinateur', delegate: 'Délégué' },
  roleHints: {
    delegate: 'Répond aux résidents et lit les signalements.',
    coordinator:
      'Répond aussi aux résidents. Lit les signalements. Gère les comptes, les horaires et les informations.',
  },
  makeLink: 'Créer le lien',
  linkTitle: 'Le lien est prêt',
  linkFor: (name: string) => `Envoyez ce lien à ${name}, et à personne d’autre. Il ne sera plus affiché.`,
  linkUntil: (date: string) => `Il marche une seule fois, jusqu’au ${date}.`,
  link: 'Lien',
  copyLink: 'Copier le lien',
  linkCopied: 'Lien copié.',
  done: 'Terminé',

  accounts: 'Comptes',
  reportAccess: 'Voir qui peut lire les signalements',
  connected: 'Connecté',
  notConnected: 'Non connecté',
  disabled: 'Suspendu',
  you: 'vous',
  login: 'Identifiant',
  email: 'E-mail d’alarme',
  factor: 'Code à six chiffres',
  factorOn: 'Activé',
  factorOff: 'Non activé',
  lastSeen: 'Dernière connexion',
  never: 'Jamais',
  created: 'Compte créé',
  fingerprint: 'Empreinte de la clé',
  fingerprintHint:
    'Pour être sûr que la clé d’un collègue est la sienne, lisez ces chiffres ensemble, de vive voix ou au téléphone.',

  actions: 'Actions',
  actionsFor: (name: string) => `Actions pour ${name}`,
  makeCoordinator: 'Nommer coordinateur',
  makeDelegate: 'Repasser délégué',
  disable: 'Suspendre le compte',
  enable: 'Rétablir le compte',
  reset: 'Nouveau mot de passe',
  removeFactor: 'Retirer le code à six chiffres',
  roleChanged: (name: string, role: string) => `${name} : ${role}.`,
  nowDisabled: (name: string) => `Le compte de ${name} est suspendu.`,
  nowEnabled: (name: string) => `Le compte de ${name} est rétabli. Pour les signalements, redonnez-lui l’accès.`,
  factorRemoved: (name: string) => `${name} n’a plus de code à six chiffres.`,

  resetTitle: (name: string) => `Nouveau mot de passe pour ${name} ?`,
  resetText:
    'Ses appareils seront déconnectés. Vous recevrez un lien à lui envoyer, pour choisir un mot de passe et une nouvelle clé.',
  resetKeepsTitle: 'Sa feuille de clé de secours ?',
  resetKeeps: (name: string) =>
    `Si ${name} l’a encore, ne créez pas de lien. Sur la page de connexion, « Mot de passe oublié » suffit, et les signalements restent lisibles.`,
  resetReports: (name: string) =>
    `Avec le lien, la clé change. Les signalements d’avant se ferment pour ${name}, jusqu’à ce qu’un collègue redonne l’accès après avoir comparé l’empreinte.`,
  resetConfirm: 'Créer le lien',
  disableTitle: (name: string) => `Suspendre le compte de ${name} ?`,
  disableText: (name: string) => `${name} ne pourra plus entrer. Ses appareils seront déconnectés.`,
  disableReports: [
    'Ses clés seront retirées des signalements : ils ne s’ouvriront plus avec ce compte.',
    'Ce qui a été lu ne peut pas être oublié.',
    'Les signalements en cours auront une nouvelle clé, dès le prochain message ou la prochaine note.',
    'Si vous rétablissez le compte, un collègue devra redonner l’accès.',
  ],
  disableConfirm: 'Suspendre le compte',
  closedTitle: (count: number, isExact: boolean) => {
    if (!isExact)
      return count === 1
        ? '1 signalement peut ne plus s’ouvrir pour personne'
        : `Jusqu’à ${count} signalements peuvent ne plus s’ouvrir pour personne`;
    return count === 1
      ? '1 signalement ne s’ouvrira plus pour personne'
      : `${count} signalements ne s’ouvriront plus pour personne`;
  },
  closed: (name: string) =>
    `Seule la clé de ${name} les ouvre. Demandez d’abord à ${name} de donner l’accès à un collègue. Sinon, ils restent fermés tant que le compte est suspendu.`,
  lossTitle: (count: number, isExact: boolean) => {
    if (!isExact)
      return count === 1 ? '1 signalement peut être perdu' : `Jusqu’à ${count} signalements peuvent être perdus`;
    return count === 1 ? '1 signalement sera perdu' : `${count} signalements seront perdus`;
  },
  loss: (name: string) =>
    `Seule la clé actuelle de ${name} les ouvre. Si c’est encore possible, ${name} doit d’abord donner l’accès à un collègue.`,
  lossChecking: 'Vérification des signalements…',
  lossUnknown: 'Les signalements que personne d’autre ne peut lire seraient perdus pour toujours.',
  closedUnknown: 'Les signalements que personne d’autre ne peut lire resteraient fermés.',

  removeFactorTitle: (name: string) => `Retirer le code de ${name} ?`,
  removeFactorText:
    'Faites-le seulement si son téléphone est perdu, et si vous êtes sûr que c’est bien votre collègue.',
  removeFactorConfirm: 'Retirer le code',

  invitations: 'Liens en attente',
  noInvitations: 'Aucun lien en attente.',
  kinds: { setup: 'Premier compte', invitation: 'Invitation', reset: 'Nouveau mot de passe' },
  until: (date: string) => `Jusqu’au ${date}`,
  withdraw: 'Annuler le lien',
  withdrawNamed: (name: string) => `Annuler le lien de ${name}`,
  withdrawTitle: 'Annuler ce lien ?',
  withdrawText: 'Il ne marchera plus. Vous pourrez en créer un autre.',
  withdrawn: 'Le lien est annulé.',
  keep: 'Garder',
} as const;
