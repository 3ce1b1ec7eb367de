/** What an API key may be allowed, each with the permission that a member needs for the same: one table for keys and for people. */
import { z } from 'zod';
import type { Permission } from './roles.ts';

export const scopes = {
  'workspace:read': { permission: 'contacts.read', text: 'Read the workspace' },
  'workspace:write': { permission: 'workspace.write', text: 'Rename the workspace' },
  'members:read': { permission: 'members.read', text: 'Read who is a member, and in which role' },
  'sites:read': { permission: 'contacts.read', text: 'Read sites, leaks and faults' },
  'sites:write': { permission: 'sites.write', text: 'Add and change sites, renew their keys' },
  'contacts:read': { permission: 'contacts.read', text: 'Read contacts and their browsers' },
  'contacts:write': { permission: 'contacts.write', text: 'Make and change contacts, say whose a browser is' },
  'sessions:read': { permission: 'contacts.read', text: 'Read sessions' },
  'events:read': { permission: 'contacts.read', text: 'Read raw events' },
  'recordings:read': { permission: 'replay.watch', text: 'Download recordings' },
  'recordings:write': { permission: 'recordings.delete', text: 'Delete recordings' },
  'links:read': { permission: 'contacts.read', text: 'Read and check tracked links' },
  'links:write': { permission: 'links.write', text: 'Make and revoke tracked links' },
  'connections:read': { permission: 'connections.read', text: 'Read integrations and the sync log' },
  'connections:write': { permission: 'connections.write', text: 'Choose channels, disconnect' },
  'dead-letters:read': { permission: 'dead-letters.write', text: 'Read events that were set aside' },
  'dead-letters:write': { permission: 'dead-letters.write', text: 'Replay and delete events that were set aside' },
  'exports:read': { permission: 'exports.read', text: 'Export contacts, sessions and events as files' },
  'keys:read': { permission: 'keys.write', text: 'List API keys' },
  'keys:write': { permission: 'keys.write', text: 'Make and revoke API keys' },
} as const satisfies Record<string, { readonly permission: Permission; readonly text: string }>;

export type Scope = keyof typeof scopes;
export const scopeNames = Object.keys(scopes).filter((name): name is Scope => name in scopes);
export const scope = z.enum(scopeNames);
