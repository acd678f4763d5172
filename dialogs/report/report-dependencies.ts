import type { ReportFlow } from '../../src/domain/report-flow.js';
import type { Listening } from './report-listening.js';
import type { ReportSays } from './report-says.js';

/** What every part of the walk is made of. */
export interface ReportWalkDependencies {
  readonly flow: ReportFlow;
  readonly listening: Listening;
  readonly says: ReportSays;
}
