export type { OpenFault } from './open-key.js';
export { UnlockReports } from './unlock-reports.js';
export { type OwnKey, type ReportKeyControl, useReportKey } from './use-report-key.js';
