import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Router } from 'express';

/** A way to reach the assistant. It turns what arrives into turns, and what was stored into what its clients read. */
export interface Channel {
  readonly name: string;
  /** What to mount, and where. Each router answers every request below its path, unknown ones included. */
  readonly mounts: readonly { readonly path: string; readonly router: Router }[];
  /** True when the upgrade is this channel's: it then answers it, whatever the answer. */
  handleUpgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends what the channel keeps open, so that clients come back to another process. Turns under way go on. */
  close(): Promise<void>;
}

/** The part of a pino logger that channels use. Nothing that a resident wrote is ever among the fields. */
export interface ChannelLog {
  warn(fields: Readonly<Record<string, string | number>>, message: string): void;
  error(fields: Readonly<Record<string, string | number>>, message: string): void;
}
