import { access, constants, stat, statfs } from 'node:fs/promises';
import type { Config } from '../config.js';
import { findDataKey } from '../storage/data-key.js';
import { advice, type Check, type Finding, fault, well } from './finding.js';

const MEBIBYTE = 2 ** 20;
/** A backup and some weeks of conversations fit into it. */
const COMFORTABLE = 1024 * MEBIBYTE;
const LEAST = 200 * MEBIBYTE;

/**
 * The data folder, its key and the room on its disk.
 * @param isMade whether there is something in the database already; it may reject when that cannot be told.
 */
export function checkData(config: Config, isMade: () => Promise<boolean>): Check {
  return {
    title: 'Dossier de données et clé',
    async run() {
      const findings = await checkKey(config, isMade);
      return config.mongodbUri === undefined ? [...findings, ...(await checkFolder(config.dataDir))] : findings;
    },
  };
}

async function checkKey(config: Config, isMade: () => Promise<boolean>): Promise<readonly Finding[]> {
  const key = await findDataKey(config);
  if (config.dataKey !== undefined) return [well('la clé vient de DATA_KEY')];
  if (key) return [well('la clé est dans data.key, fermée aux autres utilisateurs : gardez-en une copie ailleurs')];
  if (await isMade().catch(() => false)) {
    return [
      fault(
        'la clé manque, et la base a été créée avec elle',
        'Remettez-la : DATA_KEY, ou data.key du dossier de données.',
      ),
    ];
  }
  return [advice('pas encore de clé', 'Le premier démarrage en crée une : gardez-en une copie ailleurs.')];
}

async function checkFolder(dataDir: string): Promise<readonly Finding[]> {
  const isThere = await stat(dataDir).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isThere) return [advice('le dossier n’existe pas encore', 'Le premier démarrage le crée.')];
  const isWritable = await access(dataDir, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable)
    return [fault('ce compte ne peut pas y écrire', 'Rendez-le à ce compte, ou choisissez un autre DATA_DIR.')];
  const { bavail, bsize } = await statfs(dataDir);
  return [checkRoom(bavail * bsize)];
}

function checkRoom(free: number): Finding {
  const room = `${Math.floor(free / MEBIBYTE).toLocaleString('fr-FR')} Mio libres sur le disque`;
  if (free < LEAST) return fault(room, 'Libérez de la place maintenant : disque plein, plus aucun message n’est pris.');
  if (free < COMFORTABLE) return advice(room, 'Libérez de la place : une sauvegarde pourrait ne plus y tenir.');
  return well(room);
}
