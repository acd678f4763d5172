import type { Inspection } from '../storage/inspection.js';
import { advice, type Check, type Finding, fault, well } from './finding.js';

/** Slower than this for one question, a turn takes seconds. */
const SLOW_MS = 100;

/** @param inspect undefined result: there is no database yet. */
export function checkDatabase(inspect: () => Promise<Inspection | undefined>): Check {
  return {
    title: 'Base de données',
    async run() {
      const found = await inspect();
      if (!found) return [advice('pas encore de base', 'Le premier démarrage la crée.')];
      return [well(found.engine), ...checkContent(found), ...checkSpeed(found)];
    },
  };
}

function checkContent(found: Inspection): readonly Finding[] {
  const { version, knownVersion, keyFits, damage, missingIndexes } = found;
  return [
    ...(damage === undefined
      ? []
      : [fault('la base est abîmée', 'Arrêtez le serveur et restaurez une sauvegarde (npm run restore).')]),
    ...(keyFits === false
      ? [
          fault(
            'la base a été créée avec une autre clé',
            'Redonnez la clé d’origine : DATA_KEY, ou data.key du dossier de données.',
          ),
        ]
      : []),
    ...checkVersion(version, knownVersion),
    ...(missingIndexes.length === 0 || version === undefined
      ? []
      : [
          fault(
            `index manquants : ${missingIndexes.join(', ')}`,
            'Lancez « npm run migrate » : sans eux, tout ralentit avec le temps.',
          ),
        ]),
  ];
}

function checkVersion(version: number | undefined, known: number): readonly Finding[] {
  if (version === undefined)
    return [advice('la base est vide', 'Le premier démarrage, ou « npm run migrate », la prépare.')];
  if (version === known) return [well('au format de cette version')];
  if (version > known) {
    return [
      fault(
        'la base vient d’une version plus récente',
        'Installez cette version, ou restaurez une sauvegarde plus ancienne.',
      ),
    ];
  }
  return [
    advice(
      'la base est au format d’une version plus ancienne',
      'Lancez « npm run migrate », ou redémarrez le serveur.',
    ),
  ];
}

function checkSpeed({ roundTripMs, isShared }: Inspection): readonly Finding[] {
  if (!isShared) return [];
  const words = `répond en ${Math.max(1, Math.round(roundTripMs))} ms`;
  return [
    roundTripMs < SLOW_MS
      ? well(words)
      : advice(words, 'Rapprochez la base du serveur : chaque message en demande plusieurs allers-retours.'),
  ];
}
