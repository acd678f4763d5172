import type { RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import type { Mailer } from './alarms/mailer.js';
import type { Pusher } from './alarms/pusher.js';
import type { TelegramChannel } from './channels/telegram/create-telegram-channel.js';
import { type Config, ConfigError } from './config.js';
import type { Clock } from './domain/clock.js';
import type { Leases } from './domain/leases.js';
import type { Peers } from './domain/peers.js';
import type { ReportDesk } from './domain/report-desk.js';
import { faultOf } from './http/error-handler.js';
import { createInstruments } from './metrics/instruments.js';
import { measureLeases, measureMailer, measurePusher, measureRequests, measureTurns } from './metrics/measured.js';
import { createMetricsRouter, type MetricsServer, openMetricsServer } from './metrics/metrics-routes.js';
import { addStateGauges } from './metrics/state-gauges.js';
import type { DrainableTurnHandler } from './pipeline/create-turn-handler.js';
import type { OpenedStorage } from './storage/create-storage.js';

/** Puts a meter on what it is given; the thing itself where no figures are asked for. */
export interface Meters {
  turns(turns: DrainableTurnHandler): DrainableTurnHandler;
  leases(leases: Leases): Leases;
  mailer(mailer: Mailer): Mailer;
  pusher(pusher: Pusher): Pusher;
  /** Of the web server. */
  readonly requests: readonly RequestHandler[];
  /** Gives the figures out, as the configuration says: on the server's own port … */
  router(sources: MetricsSources): readonly Router[];
  /** … or on another one. @throws the system's error when it cannot listen there. */
  listen(sources: MetricsSources): Promise<MetricsServer | undefined>;
}

export interface MetricsSources {
  readonly parts: { readonly clock: Clock; readonly log: Logger; readonly opened: OpenedStorage };
  readonly services: { readonly peers: Peers; readonly reports: { readonly desk: Pick<ReportDesk, 'listOverdue'> } };
  readonly telegram: Pick<TelegramChannel, 'state'> | undefined;
  readonly connections: () => Promise<number>;
}

const NOTHING: Meters = {
  turns: (turns) => turns,
  leases: (leases) => leases,
  mailer: (mailer) => mailer,
  pusher: (pusher) => pusher,
  requests: [],
  router: () => [],
  listen: async () => undefined,
};

const PORT_REFUSED =
  'METRICS_PORT : ce port est pris par un autre programme, ou refusé par le système. Choisissez-en un autre ; plusieurs processus sur une machine en ont chacun un.';

function isSystemError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}

export function createMeters({ metrics, host }: Pick<Config, 'metrics' | 'host'>): Meters {
  if (!metrics) return NOTHING;
  const { port, token } = metrics;
  const instruments = createInstruments();
  const { registry } = instruments;

  function sourceOf({ parts, services, telegram, connections }: MetricsSources) {
    const gauges = addStateGauges(registry, {
      storage: parts.opened.storage,
      listOverdueReports: () => services.reports.desk.listOverdue(),
      peers: services.peers,
      telegram: telegram?.state,
      connections,
      clock: parts.clock,
      onFailure: (error) => parts.log.warn(faultOf(error), 'Figures of the storage could not be read'),
    });
    const text = async (): Promise<string> => {
      await gauges.collect();
      return registry.metrics();
    };
    return { contentType: registry.contentType, text };
  }

  return {
    turns: (turns) => measureTurns(instruments, turns),
    leases: (leases) => measureLeases(instruments, leases),
    mailer: (mailer) => measureMailer(instruments, mailer),
    pusher: (pusher) => measurePusher(instruments, pusher),
    requests: [measureRequests(instruments)],
    router: (sources) => (port === undefined ? [createMetricsRouter(sourceOf(sources), token)] : []),
    listen: async (sources) =>
      port === undefined
        ? undefined
        : openMetricsServer(sourceOf(sources), { port, token, host, log: sources.parts.log }).catch((error) => {
            throw isSystemError(error) ? new ConfigError([PORT_REFUSED]) : error;
          }),
  };
}
