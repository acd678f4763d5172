import type { Operation } from './operation.js';
import * as common from './schemas/common.js';
import * as reports from './schemas/reports.js';

/** The calls about confidential reports. What they carry is sealed by residents' intake or by the delegate's browser. */
export const REPORT_OPERATIONS = {
  listReports: {
    method: 'GET',
    path: '/reports',
    access: 'reports',
    summary: 'Lister les signalements, scellés.',
    query: reports.reportQuery,
    response: reports.reportList,
  },
  openReport: {
    method: 'GET',
    path: '/reports/{id}',
    access: 'reports',
    summary: 'Ouvrir un signalement scellé ; l’accès est noté au journal.',
    response: reports.reportDetail,
  },
  markReportRead: {
    method: 'PUT',
    path: '/reports/{id}/read',
    access: 'reports',
    summary: 'Noter jusqu’où le signalement a été lu.',
    body: reports.reportReadRequest,
    response: common.done,
  },
  appendToReport: {
    method: 'POST',
    path: '/reports/{id}/events',
    access: 'reports',
    summary: 'Ajouter une réponse, une note ou un état, scellés.',
    body: reports.reportEventRequest,
    response: reports.reportDetail,
  },
  assignReport: {
    method: 'PUT',
    path: '/reports/{id}/assignee',
    access: 'reports',
    summary: 'Confier le signalement à un délégué, ou à personne.',
    body: reports.reportAssignRequest,
    response: reports.reportDetail,
  },
  noteReportExport: {
    method: 'POST',
    path: '/reports/{id}/export',
    access: 'reports',
    summary: 'Noter au journal une impression ou un export fait dans le navigateur.',
    body: reports.reportExportRequest,
    response: common.done,
  },
  noteFiguresExport: {
    method: 'POST',
    path: '/report-figures/export',
    access: 'reports',
    summary: 'Noter au journal un export de chiffres fait dans le navigateur.',
    body: reports.figuresExportRequest,
    response: common.done,
  },
  readReportAccess: {
    method: 'GET',
    path: '/report-access',
    access: 'reports',
    summary: 'Lire qui peut ouvrir les signalements.',
    response: reports.reportAccess,
  },
  readMissingKeys: {
    method: 'GET',
    path: '/report-access/{id}/missing',
    access: 'reports',
    summary: 'Lire les clés qui manquent à un collègue et que l’on peut ouvrir.',
    response: reports.missingKeys,
  },
  grantKeys: {
    method: 'POST',
    path: '/report-access/{id}/grants',
    access: 'reports',
    summary: 'Donner à un collègue l’accès à des signalements.',
    body: reports.grantRequest,
    response: reports.grantResult,
  },
} as const satisfies Readonly<Record<string, Operation>>;
