import { type Check, type Finding, fault, well } from './finding.js';

/** A clock somewhere else. */
export interface OtherClock {
  /** In French: « la base de données ». */
  readonly name: string;
  /** By how much it is ahead of this machine's, in ms; undefined when it does not tell. */
  aheadMs(): Promise<number | undefined>;
}

/** The codes of the second factor count for 30 s. */
const MOST_MS = 15_000;

/** Compares this machine's clock with others; two that agree against it are right. */
export function checkClock(others: readonly OtherClock[]): Check {
  return {
    title: 'Horloge',
    async run() {
      const told = await Promise.all(others.map(compare));
      const known = told.flat();
      return known.length > 0 ? known : [well('aucune autre horloge à laquelle la comparer ici')];
    },
  };
}

async function compare({ name, aheadMs }: OtherClock): Promise<readonly Finding[]> {
  const ms = await aheadMs().catch(() => undefined);
  if (ms === undefined) return [];
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (Math.abs(ms) <= MOST_MS) return [well(`d’accord avec ${name}, à ${seconds} s près`)];
  const direction = ms > 0 ? 'en retard' : 'en avance';
  return [
    fault(
      `${direction} de ${seconds} s sur ${name}`,
      'Mettez l’horloge à l’heure (NTP) : les codes à six chiffres sont refusés, et les heures affichées sont fausses.',
    ),
  ];
}
