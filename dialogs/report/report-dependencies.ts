import type { ReadCorrection } from '../../src/domain/report-correction.js';
import type { ReportFlow } from '../../src/domain/report-flow.js';
import type { Listening } from './report-listening.js';
import type { ReportSays } from './report-says.js';

/** What every part of the walk is made of. */
export interface ReportWalkDependencies {
  readonly flow: ReportFlow;
  readonly readCorrection: ReadCorrection;
  readonly listening: Listening;
  readonly says: ReportSays;
}
