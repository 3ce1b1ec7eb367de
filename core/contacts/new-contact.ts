/** A contact as it is before anything is known of its visits. */
import type { Platform } from '../platform.ts';
import { newId, newSecret } from '../store/new-id.ts';
import type { ContactDocument } from './contact.ts';

export interface ContactRequest {
  readonly workspaceId: string;
  readonly name?: string;
  readonly email?: string | null;
  readonly externalId?: string | null;
  readonly company?: string;
  readonly crm?: ContactDocument['crm'];
  /** A token that is in use already, for example on the CRM's record. */
  readonly linkToken?: string | null;
}

export function newContact(platform: Platform, request: ContactRequest): ContactDocument {
  return {
    _id: newId('con'),
    workspaceId: request.workspaceId,
    name: request.name ?? '',
    email: request.email?.toLowerCase() ?? null,
    externalId: request.externalId ?? null,
    company: request.company ?? '',
    crm: request.crm ?? [],
    linkToken: request.linkToken ?? newSecret(),
    linkVisitorId: null,
    linkVisitorToken: null,
    intent: { value: 0, band: 'low', reasons: [] },
    trend: 'steady',
    scoreHistory: [],
    insight: null,
    lastSeenAt: null,
    lastSessionId: null,
    sessions30d: 0,
    createdAt: platform.clock.now(),
  };
}

/** How a contact is called where there may be no name. */
export function contactName(contact: Pick<ContactDocument, 'name' | 'email' | 'externalId'>): string {
  return contact.name || contact.email || contact.externalId || 'Unnamed contact';
}
