import { RECOVERY_KEY_SHAPE } from './crypto/recovery-key.js';

/** Words of signing in, locking, links and recovery. */
export const FIELDS = {
  login: 'Identifiant',
  loginHint: 'Sans espace : des lettres, des chiffres, des points. Exemple : jean.martin',
  loginInvalid: 'Au moins 3 caractères, sans espace : des lettres, des chiffres, des points.',
  name: 'Nom affiché',
  nameHint: 'Les résidents et vos collègues verront ce nom.',
  nameMissing: 'Écrivez votre nom.',
  password: 'Mot de passe',
  passwordMissing: 'Écrivez votre mot de passe.',
  newPassword: 'Nouveau mot de passe',
  newPasswordHint: 'Au moins 12 caractères. Quatre ou cinq mots à la suite conviennent très bien.',
  show: 'Afficher',
  hide: 'Masquer',
  showPassword: 'Afficher le mot de passe',
  hidePassword: 'Masquer le mot de passe',
  capsLock: 'Les majuscules sont verrouillées.',
  code: 'Code à six chiffres',
  codeHint: 'Il est dans votre application d’authentification, et change toutes les 30 secondes.',
  codeMissing: 'Écrivez les six chiffres.',
  recoveryKey: 'Clé de secours',
  recoveryKeyHint: `Les ${RECOVERY_KEY_SHAPE.groups} groupes de votre feuille. Les espaces ne comptent pas.`,
} as const;

export const STRENGTHS = {
  short: 'Encore trop court',
  weak: 'Trop facile à deviner : ajoutez un mot',
  fair: 'Bon mot de passe',
  strong: 'Très bon mot de passe',
} as const;

/** Said when it is sent all the same. */
export const PASSWORD_REFUSED = {
  short: 'Ce mot de passe est trop court : il faut au moins 12 caractères.',
  weak: 'Ce mot de passe est trop facile à deviner. Ajoutez un ou deux mots.',
  long: 'Ce mot de passe est trop long : 256 caractères au plus.',
} as const;

export const STAGES = {
  signing: 'Vérification du mot de passe… Cela prend quelques secondes.',
  deriving: 'Votre appareil prépare votre clé (1 sur 2)… Cela prend quelques secondes.',
  checking: 'Votre appareil vérifie votre clé (2 sur 2)…',
} as const;

export const SIGN_IN = {
  title: 'Connexion',
  ended: 'Votre session est terminée. Connectez-vous de nouveau.',
  submit: 'Se connecter',
  forgotten: 'Mot de passe oublié',
  codeTitle: 'Votre code',
  codeSubmit: 'Continuer',
  startAgain: 'Revenir à la connexion',
  keyBroken:
    'Vous êtes connecté, mais votre clé privée ne s’ouvre pas : vous ne pouvez pas lire les signalements. Prévenez un coordinateur.',
} as const;

export const LOCK = {
  title: 'Session verrouillée',
  who: (name: string) => `Session de ${name}`,
  submit: 'Déverrouiller',
  notMe: 'Ce n’est pas moi',
} as const;

export const RECOVER = {
  title: 'Mot de passe oublié',
  intro: 'Votre clé de secours vous permet de choisir un nouveau mot de passe. Les signalements restent lisibles.',
  lost: 'Vous n’avez plus cette clé ? Un coordinateur peut vous envoyer un nouveau lien. Un collègue devra ensuite vous redonner l’accès aux signalements.',
  submit: 'Continuer',
  passwordTitle: 'Choisissez un nouveau mot de passe',
  passwordIntro: 'Votre clé de secours est juste. Elle ne servira plus : vous en recevrez une nouvelle.',
  passwordSubmit: 'Continuer',
  wrongGroup: (group: number) => `Le groupe ${group} contient une erreur. Comparez-le avec votre feuille.`,
  incomplete: (symbols: number) => {
    const all = RECOVERY_KEY_SHAPE.groups * RECOVERY_KEY_SHAPE.length;
    return symbols < all
      ? `Il manque ${all - symbols} ${all - symbols === 1 ? 'caractère' : 'caractères'} sur ${all}.`
      : `Il y a ${symbols - all} ${symbols - all === 1 ? 'caractère' : 'caractères'} de trop.`;
  },
} as const;

export const LINK = {
  invalidTitle: 'Lien non valable',
  noToken: 'Ce lien n’est pas complet. Ouvrez de nouveau le lien que vous avez reçu, en entier.',
  toSignIn: 'Aller à la connexion',
  step: (step: number, of: number) => `Étape ${step} sur ${of}`,
  titles: {
    setup: 'Bienvenue',
    invitation: 'Bienvenue',
    reset: 'Nouveau mot de passe',
  },
  intros: {
    setup: 'Créez le premier compte de coordinateur. Vous inviterez ensuite vos collègues.',
    invitation: 'Créez votre compte de délégué. Cela prend trois minutes.',
    invitationCoordinator: 'Créez votre compte de coordinateur. Cela prend trois minutes.',
    reset: 'Choisissez un nouveau mot de passe. Vous recevrez aussi une nouvelle clé de secours.',
  },
  reports:
    'Vous pourrez lire les nouveaux signalements. Vos collègues doivent vous donner l’accès aux signalements d’avant.',
  resetTitle: 'Les signalements d’avant vont se fermer',
  resetLoss: [
    'Ce lien vous donne une nouvelle clé. L’ancienne ne servira plus.',
    'Un collègue devra vous redonner l’accès aux signalements d’avant.',
    'Ceux que vous êtes seul à pouvoir lire seront perdus pour toujours.',
  ],
  resetKeeps: 'Vous avez votre feuille de clé de secours ? Utilisez-la plutôt : vous gardez tout.',
  resetRecover: 'J’ai ma clé de secours',
  submit: 'Continuer',
  loginTitle: 'Choisissez un autre identifiant',
  loginSubmit: 'Créer le compte',
  creating: 'Création du compte…',
  done: 'Votre compte est prêt.',
  lacks: (count: number) =>
    count === 1
      ? 'Vous ne pouvez pas encore lire 1 signalement d’avant. Vos collègues doivent vous en donner l’accès.'
      : `Vous ne pouvez pas encore lire ${count} signalements d’avant. Vos collègues doivent vous donner l’accès.`,
} as const;

/** After a new password whose answer was lost. */
export const PASSWORD_KEPT = {
  title: 'Nouveau mot de passe',
  text: 'Votre nouveau mot de passe est enregistré : connectez-vous.',
} as const;

export const RECOVERY_KEY = {
  title: 'Votre clé de secours',
  why: 'Si vous oubliez votre mot de passe, cette clé est le seul moyen de rentrer sans aide, et de garder les signalements lisibles.',
  once: 'Elle ne sera plus jamais affichée. Imprimez-la, ou recopiez-la sur une feuille que vous gardez chez vous.',
  group: (group: number) => `Groupe ${group}`,
  print: 'Imprimer',
  copy: 'Copier',
  copyHint: 'Attention : ce qui est copié reste dans la mémoire de l’ordinateur.',
  copied: 'Clé copiée. Collez-la dans un endroit sûr.',
  noted: 'J’ai noté ma clé',
  checkTitle: 'Une vérification',
  checkIntro: (group: number) => `Recopiez le groupe ${group} de votre clé, depuis votre feuille.`,
  checkWrong: 'Ce n’est pas ce groupe. Regardez de nouveau votre feuille.',
  checkSubmit: 'Vérifier',
  again: 'Revoir la clé',
  printHeading: 'Permanence : clé de secours',
  printFor: (login: string) => `Identifiant : ${login}`,
  printDate: (date: string) => `Imprimée le ${date}`,
  printUse: (address: string) =>
    `Pour l’utiliser : ouvrez ${address}, puis « Mot de passe oublié ». Gardez cette feuille chez vous, à l’abri.`,
} as const;

export const FACTOR = {
  title: 'Un code en plus du mot de passe',
  why: 'Avec ce code, un mot de passe volé ne suffit pas pour entrer.',
  required: 'Ici, ce code est obligatoire.',
  begin: 'Activer le code',
  stepApp:
    'Sur votre téléphone, ouvrez une application d’authentification : Aegis, FreeOTP, Google Authenticator ou une autre.',
  stepScan: 'Photographiez ce carré avec elle.',
  stepType: 'Ou écrivez-y cette clé :',
  openApp: 'Ouvrir mon application sur ce téléphone',
  stepCode: 'Écrivez ici le code qu’elle affiche.',
  qrLabel: 'Carré à photographier (code QR)',
  submit: 'Activer',
  later: 'Plus tard',
  on: 'Le code est activé. Il sera demandé à la prochaine connexion.',
} as const;
