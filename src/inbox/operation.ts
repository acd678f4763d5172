import type { z } from 'zod';
import type { Permission } from '../domain/permissions.js';

/**
 * Who may call. `anyone`: no session. `locked`: a session, even one that is locked or lacks its second factor.
 * `session`: any usable session. Otherwise the permission that the session's role must have.
 */
export type Access = 'anyone' | 'locked' | 'session' | Permission;

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/inbox`, in the notation of OpenAPI. */
  readonly path: string;
  readonly access: Access;
  /** One French line for the API's description. */
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  /** What is answered with 200: JSON of this schema, text of this media type, or a file of one of these. */
  readonly response: z.ZodType | 'text/plain' | 'text/csv' | 'text/event-stream' | readonly FileType[];
}

export type FileType = 'image/jpeg' | 'application/pdf';
