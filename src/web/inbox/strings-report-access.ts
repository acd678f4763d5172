/** Words of opening the reports with the password, once a page has been loaded again. */
export const UNLOCK = {
  title: 'Ouvrir les signalements',
  why: 'Les signalements sont chiffrés. Votre mot de passe les ouvre sur cet appareil.',
  until: 'Ils se referment quand vous verrouillez la page, ou quand vous partez.',
  submit: 'Ouvrir les signalements',
  opened: 'Les signalements sont ouverts.',
  faults: {
    wrong: 'Ce mot de passe ne convient pas. Essayez de nouveau.',
    'too-many': 'Trop d’essais. Attendez quelques minutes, puis recommencez.',
    broken:
      'Le mot de passe est juste, mais votre clé privée ne s’ouvre pas. Essayez sur un autre appareil. Si rien ne change, prévenez un coordinateur.',
    'old-browser':
      'Ce navigateur ne sait pas ouvrir les signalements. Mettez-le à jour, ou essayez avec Firefox, Chrome ou Safari.',
    offline: 'La connexion est coupée : le mot de passe n’a pas pu être vérifié. Essayez de nouveau.',
    failed: 'Une erreur est survenue. Essayez de nouveau dans un instant.',
  },
} as const;

/** Words of « Accès aux signalements ». */
export const ACCESS = {
  intro: 'Un signalement envoyé ne s’ouvre que sur les appareils des délégués de cette liste.',
  who: 'Qui peut lire',
  you: 'vous',
  readsAll: 'Lit tout',
  lacksSome: (count: number) => `Il en manque ${count}`,
  none: 'Il n’y a pas encore de signalement.',
  canRead: (count: number, of: number) =>
    count === 0 ? 'Ne peut encore rien lire.' : `Peut lire ${reports(count)} sur ${of}.`,
  fingerprintOf: (name: string) => `Empreinte de la clé de ${name}`,
  ownFingerprint: 'Empreinte de votre clé',
  give: 'Donner l’accès',
  giveTo: (name: string) => `Donner l’accès à ${name}`,
  ownLacksTitle: (count: number) => `Vous ne pouvez pas encore lire ${reports(count)}`,
  ownLacks:
    'Vos collègues doivent vous donner l’accès aux signalements d’avant. Appelez l’un d’eux, et lisez-lui votre empreinte.',
  alone: 'Vous êtes seul à pouvoir lire',
  aloneText:
    'Sans votre mot de passe ni votre clé de secours, les signalements seraient perdus. Gardez bien la feuille de votre clé de secours.',
  lostTitle: (count: number) => `Plus personne ne peut ouvrir ${reports(count)}`,
  lost: 'Aucun délégué actif n’en a la clé, et le serveur ne l’a pas. Si un compte est suspendu, le rétablir peut les rouvrir. Sinon, ils sont perdus.',
  how: 'Comment ça marche',
  rules: [
    'Un nouveau signalement s’ouvre pour tous les délégués qui ont un compte à ce moment-là.',
    'Un délégué qui arrive ne lit pas les signalements d’avant. Un collègue lui en donne l’accès sur cette page.',
    'Quand un compte est suspendu, ses clés sont retirées. Ce qui a été lu ne peut pas être oublié.',
    'Mot de passe oublié : avec la clé de secours, on relit tout. Sans elle, un collègue redonne l’accès.',
  ],
} as const;

/** Words of the steps that give a colleague access. */
export const GRANT = {
  title: (name: string) => `Donner l’accès à ${name}`,
  step: (step: number, of: number) => `Étape ${step} sur ${of}`,
  compare: 'Comparez l’empreinte',
  how: (name: string) => [
    `Appelez ${name}, ou asseyez-vous côte à côte.`,
    `${name} ouvre « Mon compte » : son empreinte est en bas de la page.`,
    'Écoutez les six groupes, un par un. Cochez ici ceux qui sont pareils.',
  ],
  whyTitle: 'Pourquoi comparer ?',
  why: 'Avec une fausse clé, un intrus lirait tout. Reconnaissez la voix ou le visage : un message écrit ne suffit pas.',
  groupsOf: (name: string) => `Empreinte de ${name}`,
  group: (group: number, digits: string) => `Groupe ${group} : ${digits}`,
  missing: 'Cochez d’abord les six groupes.',
  give: 'Donner l’accès',
  different: 'Un groupe est différent',
  differentTitle: 'Ne donnez pas l’accès',
  differentText: (name: string) =>
    `La clé affichée ici n’est peut-être pas celle de ${name}. Vérifiez que vous regardez bien tous les deux la bonne page. Si la différence reste, prévenez un coordinateur et la personne qui s’occupe du serveur.`,
  again: 'Comparer de nouveau',
  changed: (name: string) => `La clé de ${name} a changé entre-temps. Comparez de nouveau.`,
  giving: 'Donnez l’accès',
  progressLabel: 'Avancement',
  givingText: 'Gardez cette page ouverte. Si elle se ferme, ce qui est déjà donné reste donné.',
  locked: (name: string) => `Il faut d’abord ouvrir vos signalements, pour en donner l’accès à ${name}.`,
  progress: (done: number, of: number) => `${done} sur ${reports(of)}`,
  stop: 'Arrêter',
  stoppedTitle: 'L’accès n’est pas donné en entier',
  stopped: (done: number) => `Vous avez arrêté. ${doneWords(done)}`,
  failed: (done: number) => `${doneWords(done)} Vous pouvez continuer.`,
  resume: 'Continuer',
  result: 'C’est fait',
  nowReads: (name: string, count: number, of: number) => `${name} peut maintenant lire ${reports(count)} sur ${of}.`,
  stillLacks: (count: number) =>
    count === 1
      ? '1 signalement reste fermé : vous ne pouvez pas l’ouvrir en entier vous-même. Un autre collègue doit en donner l’accès.'
      : `${count} signalements restent fermés : vous ne pouvez pas les ouvrir en entier vous-même. Un autre collègue doit en donner l’accès.`,
  unreadable: (count: number) =>
    count === 1
      ? '1 clé enregistrée ne s’ouvre pas : elle est abîmée. Prévenez la personne qui s’occupe du serveur.'
      : `${count} clés enregistrées ne s’ouvrent pas : elles sont abîmées. Prévenez la personne qui s’occupe du serveur.`,
  nothing: (name: string) => `Il n’y a rien à donner : ${name} lit déjà tout ce que vous pouvez lire.`,
  noSuch: 'Ce collègue n’a plus de compte actif.',
  back: 'Revenir à la liste',
} as const;

/** Above the list of the reports. */
export const PROMPT = {
  lacks: (name: string, count: number) => `${name} ne peut pas encore lire ${reports(count)}.`,
  give: 'Lui donner l’accès',
  ownLacks: (count: number) => `Vous ne pouvez pas encore lire ${reports(count)}.`,
  ownWhy: 'Vos collègues doivent vous donner l’accès aux signalements d’avant.',
  ownHow: 'Comment faire',
} as const;

function reports(count: number): string {
  return count < 2 ? `${count} signalement` : `${count} signalements`;
}

function doneWords(count: number): string {
  if (count === 0) return 'Rien n’est encore donné.';
  return count === 1 ? '1 signalement est déjà donné.' : `${count} signalements sont déjà donnés.`;
}
