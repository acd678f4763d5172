import type { ReactNode } from 'react';
import type { ReportAnswer } from '../../../domain/report-answers.js';
import { LinkedText, SafeLink } from '../conversation/linked-text.js';
import { ANSWERS, STEPS } from '../strings-reports.js';
import { mapUrl, positionOf, wordsOfAnswer } from './answer-words.js';
import { ItemFault } from './item-fault.js';
import { answersOf, type WholeReport } from './whole-report.js';

/** The answers that stand, each under its question. */
export function Answers({ whole }: { readonly whole: WholeReport }): ReactNode {
  return (
    <dl className="answers">
      {answersOf(whole).map(({ item, step, answer }) => (
        <div key={item.event.seq}>
          <dt>{STEPS[step]}</dt>
          <dd>
            <ItemFault item={item} />
            {answer &&
              wordsOfAnswer(answer).map((line) => (
                <p key={line} className="report-text">
                  <LinkedText text={line} />
                </p>
              ))}
            {answer && <MapLink answer={answer} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Not on paper, and not in what is shared: an address would say where it is a second time, past any mask. */
function MapLink({ answer }: { readonly answer: ReportAnswer }): ReactNode {
  const position = positionOf(answer);
  if (!position) return null;
  return (
    <p className="report-text">
      <SafeLink url={mapUrl(position)}>{ANSWERS.map}</SafeLink>
    </p>
  );
}
