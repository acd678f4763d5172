/** Every refusal that the server's HTTP interfaces know: its status, and what to do about it, in French. */
export const REFUSALS = {
  MissingToken: {
    status: 401,
    detail: 'Il manque le jeton d’accès. Demandez-en un, puis envoyez-le dans l’en-tête Authorization: Bearer.',
  },
  InvalidToken: { status: 403, detail: 'Ce jeton d’accès n’est pas reconnu. Demandez-en un nouveau.' },
  TokenExpired: { status: 403, detail: 'Ce jeton d’accès a expiré. Demandez-en un nouveau.' },
  WrongConversation: { status: 403, detail: 'Ce jeton d’accès ne donne pas droit à cette conversation.' },
  SecretRequired: {
    status: 403,
    detail: 'Cet appel demande le secret du canal (DIRECTLINE_SECRET), connu du serveur du site seulement.',
  },
  TokenRequired: { status: 403, detail: 'Cet appel demande le jeton d’une conversation, et non le secret du canal.' },
  ConversationNotFound: {
    status: 404,
    detail: 'Cette conversation n’existe pas ou a été effacée. Ouvrez-en une nouvelle.',
  },
  NotFound: { status: 404, detail: 'Il n’y a rien à cette adresse.' },
  MethodNotAllowed: { status: 405, detail: 'Cette adresse ne répond pas à cette méthode HTTP.' },
  OriginNotAllowed: {
    status: 403,
    detail: 'Ce site n’est pas autorisé à afficher l’assistant. Ajoutez son origine à WIDGET_ORIGINS.',
  },
  InvalidJson: { status: 400, detail: 'Le corps de la requête n’est pas du JSON valide.' },
  InvalidBody: { status: 400, detail: 'Le corps de la requête n’a pas la forme attendue.' },
  InvalidRequest: { status: 400, detail: 'La requête est mal formée.' },
  InvalidWatermark: {
    status: 400,
    detail: 'Le repère de lecture (watermark) doit être celui d’une réponse précédente, ou absent.',
  },
  InvalidText: { status: 400, detail: 'Le message contient un caractère interdit (caractère nul).' },
  EmptyMessage: { status: 400, detail: 'Le message est vide. Écrivez quelques mots, puis envoyez-le de nouveau.' },
  MessageTooLong: {
    status: 400,
    detail: 'Le message dépasse 4 000 caractères. Raccourcissez-le ou envoyez-le en plusieurs fois.',
  },
  BodyTooLarge: { status: 413, detail: 'La requête est trop volumineuse : 64 Ko au plus.' },
  UnsupportedMediaType: {
    status: 415,
    detail: 'Le corps de la requête doit être du JSON en UTF-8, sans compression (Content-Type: application/json).',
  },
  UploadsNotAccepted: {
    status: 415,
    detail: 'L’envoi de fichiers n’est pas accepté ici. Décrivez les faits par écrit, sans pièce jointe.',
  },
  UpgradeRequired: { status: 426, detail: 'Cette adresse s’ouvre par WebSocket.' },
  HeadersTooLarge: { status: 431, detail: 'Les en-têtes de la requête sont trop volumineux.' },
  RequestTimeout: { status: 408, detail: 'La requête a mis trop de temps à arriver. Envoyez-la de nouveau.' },
  TooManySessions: {
    status: 429,
    detail: 'Trop de conversations ont été ouvertes depuis cette connexion. Réessayez dans quelques minutes.',
  },
  ServiceUrlNotAllowed: {
    status: 403,
    detail: 'Sans authentification, serviceUrl doit désigner cet ordinateur (localhost).',
  },
  Unauthenticated: { status: 401, detail: 'Bot Framework n’a pas authentifié cet appel.' },
  NotLoggedIn: { status: 401, detail: 'Vous n’êtes pas connecté. Connectez-vous, puis recommencez.' },
  SessionLocked: { status: 401, detail: 'La session est verrouillée. Entrez votre mot de passe pour continuer.' },
  WrongCredentials: { status: 401, detail: 'L’identifiant, le mot de passe ou la clé de secours ne convient pas.' },
  SecondFactorNeeded: { status: 401, detail: 'Entrez le code à six chiffres de votre application d’authentification.' },
  WrongCode: {
    status: 401,
    detail: 'Ce code à six chiffres ne convient pas. Attendez le suivant, puis essayez de nouveau.',
  },
  SecondFactorRequired: { status: 403, detail: 'Activez d’abord le second facteur : il est obligatoire ici.' },
  TooManyAttempts: { status: 429, detail: 'Trop d’essais. Attendez quelques minutes, puis recommencez.' },
  NotAllowed: { status: 403, detail: 'Votre rôle ne permet pas cette action.' },
  CrossSiteRequest: { status: 403, detail: 'Cet appel ne vient pas de la page des délégués.' },
  InvalidLink: { status: 404, detail: 'Ce lien n’est plus valable. Demandez-en un nouveau.' },
  LoginTaken: { status: 409, detail: 'Cet identifiant est déjà pris. Choisissez-en un autre.' },
  LastCoordinator: { status: 409, detail: 'Il faut garder au moins un coordinateur actif.' },
  AccountNotFound: { status: 404, detail: 'Ce compte n’existe pas.' },
  AttachmentNotFound: { status: 404, detail: 'Ce fichier n’est plus là : il a été effacé.' },
  HeldByColleague: { status: 409, detail: 'Un collègue tient cette conversation.' },
  ColleagueWrote: { status: 409, detail: 'Un collègue a répondu. Relisez avant d’envoyer.' },
  ReportNotFound: { status: 404, detail: 'Ce signalement n’existe pas ou a été effacé.' },
  ReportChanged: {
    status: 409,
    detail: 'Ce signalement, ou l’équipe qui le lit, a changé entre-temps. Relisez, puis recommencez.',
  },
  NoReader: { status: 409, detail: 'Aucun délégué ne peut lire de signalement pour l’instant.' },
  KeyMissing: {
    status: 409,
    detail: 'Vous n’avez pas la clé de ce signalement. Demandez à un collègue de vous donner l’accès.',
  },
  KeysChanged: {
    status: 409,
    detail: 'Les clés de ce collègue ont changé. Comparez de nouveau son empreinte avec lui.',
  },
  NotInThisState: { status: 409, detail: 'La conversation a changé : cette action n’est plus possible.' },
  ChangedMeanwhile: { status: 409, detail: 'Quelqu’un a changé cela entre-temps. Relisez, puis recommencez.' },
  InvalidOpeningHours: { status: 400, detail: 'Ces horaires se chevauchent, ou finissent avant de commencer.' },
  InvalidFacts: { status: 400, detail: 'Ces informations ne sont pas complètes ou se contredisent.' },
  TooManyStreams: { status: 503, detail: 'Trop de pages sont ouvertes à la fois. Fermez-en une.' },
  TooBusy: { status: 503, detail: 'Trop de messages arrivent à la fois. Réessayez dans quelques secondes.' },
  Unavailable: {
    status: 503,
    detail: 'Le service est indisponible pour un instant. Réessayez dans quelques secondes.',
  },
  DeliveryFailed: {
    status: 502,
    detail: 'Le message est enregistré, mais le canal n’a pas pris la réponse.',
  },
  InternalError: { status: 500, detail: 'Une erreur est survenue de notre côté. Réessayez dans un instant.' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly detail: string }>>;

export type RefusalCode = keyof typeof REFUSALS;
