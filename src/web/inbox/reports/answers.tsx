import type { ReactNode } from 'react';
import { LinkedText } from '../conversation/linked-text.js';
import { STEPS } from '../strings-reports.js';
import { wordsOfAnswer } from './answer-words.js';
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
          </dd>
        </div>
      ))}
    </dl>
  );
}
