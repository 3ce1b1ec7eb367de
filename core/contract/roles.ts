/** Who may do what in a workspace: the one permission table, enforced at the border and shown in the docs. */
import { z } from 'zod';

export const roles = ['owner', 'admin', 'marketer', 'rep', 'viewer'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** Permission → the roles that have it. */
export const permissions = {
  'contacts.read': ['owner', 'admin', 'marketer', 'rep', 'viewer'],
  'contacts.write': ['owner', 'admin', 'marketer', 'rep'],
  'replay.watch': ['owner', 'admin', 'marketer', 'rep'],
  'links.write': ['owner', 'admin', 'marketer', 'rep'],
  'sites.write': ['owner', 'admin', 'marketer'],
  'connections.read': ['owner', 'admin', 'marketer'],
  'connections.write': ['owner', 'admin'],
  'members.read': ['owner', 'admin', 'marketer', 'rep', 'viewer'],
  'workspace.write': ['owner', 'admin'],
  'recordings.delete': ['owner', 'admin'],
  'dead-letters.write': ['owner', 'admin', 'marketer'],
  'exports.read': ['owner', 'admin', 'marketer'],
  'keys.write': ['owner', 'admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;
