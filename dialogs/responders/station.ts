import type { DateWords } from '../../src/domain/date-words.js';
import type { NewStation } from '../../src/domain/facts.js';
import type { Responder } from '../dialog-turn.js';
import type { InformationDependencies } from './information.js';

export interface StationDependencies extends InformationDependencies {
  readonly dates: DateWords;
}

/** The new station as far as it is known: announced or open, its officers, and what nobody has told yet. */
export function answerStation({ answers, dates, facts }: StationDependencies): Responder {
  const { station, town } = facts;
  const isOpen = station.status === 'open';

  function news(): string {
    if (isOpen) return answers.phrase('station.open', { district: town.district });
    const month = dates.month(station.openingMonth);
    const year = station.openingYear;
    if (year === undefined) return answers.phrase('station.announced', { district: town.district, month });
    return answers.phrase('station.announced.year', { district: town.district, month, year: String(year) });
  }

  function known({ address, hours }: NewStation): string {
    const where = address === undefined ? '' : answers.phrase('station.address', { address });
    const when = hours === undefined ? '' : answers.phrase('station.hours', { hours });
    return `${where} ${when}`;
  }

  function unknown({ address, hours, openingYear }: NewStation): string {
    const missing = [
      ...(isOpen || openingYear !== undefined ? [] : [answers.phrase('station.unknown.year')]),
      ...(address === undefined ? [answers.phrase('station.unknown.address')] : []),
      ...(hours === undefined ? [answers.phrase('station.unknown.hours')] : []),
    ];
    if (missing.length === 0) return '';
    return answers.phrase('station.unknown', {
      list: new Intl.ListFormat('fr', { type: 'disjunction' }).format(missing),
    });
  }

  return () => {
    const bounds = { min: String(station.officersMin), max: String(station.officersMax) };
    const officers = answers.phrase(isOpen ? 'station.officers.open' : 'station.officers', bounds);
    const checked = answers.phrase('doubt.checked', { checked: dates.fullDate(station.checkedOn) });
    const details = `${known(station)} ${unknown(station)} ${checked}`;
    return answers.render('station.new', { news: news(), officers, details });
  };
}
