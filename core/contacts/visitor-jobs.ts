/** What may be asked for about a visitor, and about a contact whose visitors changed. */
import { z } from 'zod';
import type { JobKind } from '../jobs/define-job.ts';

const aboutVisitor = z.object({ visitorId: z.string() });
const aboutContact = z.object({ contactId: z.string() });
const forgetting = aboutVisitor.extend({ until: z.coerce.date() });

/** Bring the visitor's sessions in line with its binding. Key: the visitor. */
export const settleVisitor: JobKind<z.infer<typeof aboutVisitor>> = { kind: 'visitor.settle', payload: aboutVisitor };

/** Erase what was kept of a visitor who turned out to be one of the site's own people. Key: the visitor. */
export const forgetVisitor: JobKind<z.infer<typeof forgetting>> = { kind: 'visitor.forget', payload: forgetting };

/** Make the contact's score and insight anew, because visits left it. Key: the contact. */
export const refreshContact: JobKind<z.infer<typeof aboutContact>> = { kind: 'contact.refresh', payload: aboutContact };
