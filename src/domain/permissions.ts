import type { Role } from './account.js';

/** Everything that an account may be allowed to do. One table says which role may. */
export type Permission =
  | 'conversations'
  | 'search'
  | 'export-transcript'
  | 'alarm'
  | 'reports'
  | 'accounts'
  | 'opening-hours'
  | 'facts'
  | 'statistics'
  | 'audit';

const DELEGATE: readonly Permission[] = ['conversations', 'search', 'export-transcript', 'alarm', 'reports'];

export const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  delegate: DELEGATE,
  coordinator: [...DELEGATE, 'accounts', 'opening-hours', 'facts', 'statistics', 'audit'],
};

export function can(role: Role, permission: Permission): boolean {
  return PERMISSIONS[role].includes(permission);
}
