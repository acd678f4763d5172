import { ConfigError } from '../config.js';

/** What an operator has to mend before a database can be opened, as the one error that start-up shows. */
export const setupFaults = {
  malformedKey: (): ConfigError =>
    new ConfigError([
      'DATA_KEY doit contenir 32 octets en base64 ou en hexadécimal : créez-la par « openssl rand -base64 32 »',
    ]),
  malformedKeyFile: (file: string): ConfigError =>
    new ConfigError([
      `${file} ne contient pas une clé de 32 octets en base64 : remettez la copie que vous avez gardée. ` +
        `Si aucune donnée n'est à conserver, supprimez le dossier de données.`,
    ]),
  exposedKeyFile: (file: string): ConfigError =>
    new ConfigError([`${file} peut être lu par d'autres utilisateurs : lancez « chmod 600 ${file} ».`]),
  lostKeyFile: (file: string): ConfigError => new ConfigError([`${file} a disparu pendant le démarrage : relancez.`]),
  notADirectory: (directory: string): ConfigError =>
    new ConfigError([
      `DATA_DIR : ${directory} ne peut pas être un dossier, un fichier porte ce nom. Choisissez-en un autre.`,
    ]),
  otherKey: (): ConfigError =>
    new ConfigError([
      "La base de données a été créée avec une autre clé. Redonnez la clé d'origine : DATA_KEY, ou le fichier data.key " +
        'du dossier de données (DATA_DIR). Plusieurs serveurs sur une même base ont tous la même DATA_KEY.',
    ]),
  newerDatabase: (found: number, known: number): ConfigError =>
    new ConfigError([
      `La base de données vient d'une version plus récente de Permanence (format ${found}, connu ici : ${known}). ` +
        'Installez cette version, ou restaurez une sauvegarde plus ancienne.',
    ]),
  notADatabase: (file: string): ConfigError =>
    new ConfigError([
      `${file} n'est pas une base de données lisible : restaurez une sauvegarde, ou déplacez ce fichier.`,
    ]),
  cannotWrite: (file: string): ConfigError =>
    new ConfigError([`Impossible d'ouvrir ${file} : vérifiez que DATA_DIR existe et que ce compte peut y écrire.`]),
  unfinishedTransfer: (): ConfigError =>
    new ConfigError([
      "Une restauration ou un déplacement vers cette base MongoDB n'est pas allé au bout : relancez la même commande " +
        '(« npm run restore -- FICHIER » ou « npm run move »), puis démarrez.',
    ]),
  movedDatabase: (): ConfigError =>
    new ConfigError([
      'Les données de DATA_DIR ont été déplacées vers MongoDB : donnez MONGODB_URI. Pour revenir à ce qui est resté ici, ' +
        'et perdre ce qui a été écrit depuis dans MongoDB : « npm run move -- --undo ».',
    ]),
  unfinishedMove: (): ConfigError =>
    new ConfigError([
      "Un déplacement vers MongoDB a commencé et n'est pas allé au bout : relancez « npm run move », ou abandonnez-le " +
        'par « npm run move -- --undo ».',
    ]),
  heldDatabase: (file: string): ConfigError =>
    new ConfigError([
      `${file} est pris par une autre commande (move, restore) : attendez qu'elle finisse, puis relancez.`,
    ]),
  badMongodbUri: (): ConfigError =>
    new ConfigError(["MONGODB_URI n'a pas une forme lisible, comme mongodb://hote:27017/permanence : corrigez-la."]),
  /** @param found what the server says of itself, when it was understood. */
  oldMongodb: (found?: string): ConfigError =>
    new ConfigError([
      `MONGODB_URI mène à un serveur trop ancien${found === undefined ? '' : ` (${found})`} : ` +
        'Permanence demande MongoDB 6 ou plus récent, ou Amazon DocumentDB 5 ou plus récent.',
    ]),
  mongodbRefuses: (): ConfigError =>
    new ConfigError(['MongoDB refuse ces identifiants ou ces droits : corrigez le compte donné dans MONGODB_URI.']),
} as const;
