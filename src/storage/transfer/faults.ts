import { ConfigError } from '../../config.js';

/** Whether `restore` found the file as it was written, and what else stops a backup, a restoration or a move. */
export const transferFaults = {
  noDatabase: (file: string): ConfigError =>
    new ConfigError([`Il n'y a pas de base de données ${file} : vérifiez DATA_DIR (ou MONGODB_URI).`]),
  olderDatabase: (): ConfigError =>
    new ConfigError([
      "La base de données est d'une version plus ancienne de Permanence : démarrez d'abord le serveur de cette version, " +
        'ou faites la sauvegarde avec la version qui a servi.',
    ]),
  serverRuns: (file: string): ConfigError =>
    new ConfigError([`Un serveur ou une autre commande se sert de ${file} : arrêtez-le, puis relancez.`]),
  notEmpty: (where: string): ConfigError =>
    new ConfigError([
      `${where} contient déjà des données, et rien n'y a été changé. Restaurez ou déplacez vers une base vide : un autre ` +
        'DATA_DIR, ou un autre nom de base dans MONGODB_URI.',
    ]),
  anotherTransfer: (): ConfigError =>
    new ConfigError([
      'Une autre restauration, ou un autre déplacement, écrit en ce moment dans cette base : attendez sa fin.',
    ]),
  overtaken: (): ConfigError =>
    new ConfigError(['Une autre commande a pris la suite de celle-ci dans cette base : celle-ci s’arrête.']),
  contradictoryRows: (): ConfigError =>
    new ConfigError(['Deux lignes se contredisent : la base ne peut pas être refaite à partir de ce fichier.']),
  differs: (kinds: readonly string[]): ConfigError =>
    new ConfigError([
      `La base relue n'est pas égale à ce qui devait y être (${kinds.join(', ')}) : rien n'est mis en service. ` +
        "Vérifiez qu'aucun serveur n'y écrit, puis relancez.",
    ]),

  fileExists: (file: string): ConfigError =>
    new ConfigError([`${file} existe déjà, et n'a pas été changé : donnez un autre nom, ou déplacez-le.`]),
  noFile: (file: string): ConfigError => new ConfigError([`${file} n'existe pas, ou n'est pas un fichier lisible.`]),
  noFolder: (file: string): ConfigError =>
    new ConfigError([`Impossible d'écrire ${file} : vérifiez que son dossier existe et que ce compte peut y écrire.`]),
  diskFull: (file: string): ConfigError =>
    new ConfigError([
      `Il n'y a plus de place pour ${file}, ou le disque refuse l'écriture : libérez-en, ou choisissez un autre disque, ` +
        'puis relancez.',
    ]),
  foreignFile: (file: string): ConfigError =>
    new ConfigError([`${file} n'est pas une sauvegarde de Permanence : vérifiez son nom.`]),
  newerFile: (file: string, found: number, known: number): ConfigError =>
    new ConfigError([
      `${file} vient d'une version plus récente de Permanence (format ${found}, connu ici : ${known}). Installez cette ` +
        'version, puis relancez.',
    ]),
  truncatedFile: (file: string): ConfigError =>
    new ConfigError([`${file} est incomplet : la fin manque. Copiez-le de nouveau, ou prenez une autre sauvegarde.`]),
  alteredFile: (file: string): ConfigError =>
    new ConfigError([
      `${file} est abîmé ou a été changé depuis qu'il a été écrit : copiez-le de nouveau, ou prenez une autre sauvegarde.`,
    ]),
  keyNeeded: (): ConfigError =>
    new ConfigError([
      "La clé du serveur manque : donnez celle d'origine, par DATA_KEY ou par le fichier data.key dans DATA_DIR. Elle " +
        "n'est pas dans la sauvegarde.",
    ]),
  otherKeyThanFile: (file: string): ConfigError =>
    new ConfigError([
      `${file} a été fait sous une autre clé que celle donnée ici : donnez la clé d'origine, par DATA_KEY ou par le ` +
        'fichier data.key dans DATA_DIR.',
    ]),

  noMongodbUri: (): ConfigError =>
    new ConfigError(['MONGODB_URI est nécessaire : l’adresse de la base MongoDB vers laquelle déplacer les données.']),
  notMovedHere: (): ConfigError =>
    new ConfigError([
      "Les données ont été déplacées, mais pas vers cette base MongoDB : corrigez MONGODB_URI, ou annulez d'abord le " +
        'déplacement par « npm run move -- --undo ».',
    ]),
} as const;
