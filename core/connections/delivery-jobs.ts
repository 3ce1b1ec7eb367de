/** What may be asked for of a connection. Every key starts with the connection, and the connection is the group. */
import { z } from 'zod';
import type { JobKind } from '../jobs/define-job.ts';
import type { JobRequest } from '../jobs/enqueue.ts';

const aboutConnection = z.object({ connectionId: z.string() });
const aboutContact = aboutConnection.extend({ contactId: z.string() });
const aboutSession = aboutConnection.extend({ sessionId: z.string() });

/** Make our fields at the CRM, import its contacts, write their link tokens. */
export const syncCrm: JobKind<z.infer<typeof aboutConnection>> = { kind: 'crm.sync', payload: aboutConnection };
/** Bring the newest state of a contact to its record. */
export const pushContact: JobKind<z.infer<typeof aboutContact>> = { kind: 'crm.pushContact', payload: aboutContact };
/** Make or finish the session's entry on the record's timeline. */
export const pushSession: JobKind<z.infer<typeof aboutSession>> = { kind: 'crm.pushSession', payload: aboutSession };
/** Post or update the alert about a session. */
export const deliverAlert: JobKind<z.infer<typeof aboutSession>> = { kind: 'alert.deliver', payload: aboutSession };

export function aboutRecord<About extends { readonly connectionId: string }>(
  workspaceId: string,
  payload: About,
  record: string,
): JobRequest<About> {
  return { workspaceId, key: `${payload.connectionId}:${record}`, group: payload.connectionId, payload };
}
