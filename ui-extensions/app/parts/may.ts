import { type Permission, permissions, type Role } from '#contract/roles.ts';

/** Whether the contract's permission table lets this role do it. The API decides; this only hides what it would refuse. */
export function may(role: Role, permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission];
  return allowed.includes(role);
}
