import type { Response } from 'express';
import type { z } from 'zod';
import type { Account, Session } from '../domain/account.js';
import type { Actor } from '../domain/desk.js';
import type { FileType } from './operation.js';
import type { OperationName, Operations } from './operations.js';

/** Who calls: the account and its session, both as stored now. */
export interface Caller {
  readonly account: Account;
  readonly session: Session;
  readonly actor: Actor;
}

type Body<Name extends OperationName> = Operations[Name] extends { readonly body: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;
type Query<Name extends OperationName> = Operations[Name] extends { readonly query: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;

/** A file to download; the name is ASCII. */
export interface TextFile {
  readonly text: string;
  readonly fileName: string;
}

/** A file that is not text. Images are shown in their place, the others downloaded. */
export interface BinaryFile {
  readonly bytes: Uint8Array;
  readonly type: FileType;
  /** ASCII, and ours: nothing of it is the sender's. */
  readonly fileName: string;
}

/** What a handler gives back: the answer's JSON; a file; or nothing when it has taken the response over (a stream). */
export type Result<Name extends OperationName> = Operations[Name]['response'] extends infer Kind
  ? Kind extends z.ZodType
    ? z.input<Kind>
    : Kind extends 'text/event-stream'
      ? undefined
      : Kind extends readonly FileType[]
        ? BinaryFile
        : TextFile
  : never;

/** One call, after its session, role, origin, body and query have been checked. */
export interface Call<Name extends OperationName> {
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body<Name>;
  readonly query: Query<Name>;
  readonly caller: Operations[Name]['access'] extends 'anyone' ? Caller | undefined : Caller;
  /** Of the client, for limits only: it is neither stored nor logged. */
  readonly address: string;
  /** « Firefox sur Windows » */
  readonly device: string;
  /** Where this client reaches the server, without a trailing slash. */
  readonly baseUrl: string;
  readonly lastEventId?: string;
  /** For cookies and streams only; everything else is answered by the result. */
  readonly response: Response;
}

export type Handler<Name extends OperationName> = (call: Call<Name>) => Promise<Result<Name>>;

/** Each file of routes gives the handlers of its own operations; the router refuses to start unless all are there. */
export type Handlers<Names extends OperationName = OperationName> = { readonly [Name in Names]: Handler<Name> };
