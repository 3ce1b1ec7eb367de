/** The browsers of a contact, and a member's word for whose they are. */
import type Router from '@koa/router';
import { type Visitor as VisitorView, visitorList, visitor as visitorView } from '#contract/api.ts';
import type { Platform } from '../platform.ts';
import { openApi } from '../rest/api.ts';
import { noQuery, nothing } from '../rest/declaration.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { noteAccess } from '../workspaces/access-log.ts';
import { missing } from '../workspaces/require-member.ts';
import { confirmVisitor, unbindVisitor } from './change-binding.ts';
import { findContact } from './find-contact.ts';
import { Visitor, type VisitorDocument } from './visitor.ts';

const mostShown = 100;
/** Nobody reads on from here, and counting costs. */
const mostCounted = 1000;

export function addVisitorRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const list = { method: 'get', path: '/v1/contacts/:id/visitors', name: 'listVisitors', summary: "List a contact's browsers" } as const;
  const read = { tag: 'contacts', needs: { scope: 'contacts:read' }, query: noQuery, body: nothing, answer: visitorList } as const;
  api.route({ ...list, ...read }, async ({ caller, params }) => {
    const { workspaceId, _id: contactId } = await findContact(caller, params.id);
    // Where no person was seen yet, it is nobody's browser.
    const visitors = await Visitor.find({ workspaceId, contactId, standing: { $ne: 'open' } })
      .sort({ boundAt: -1, _id: 1 })
      .limit(mostShown)
      .lean();
    return { items: await Promise.all(visitors.map(presentVisitor)), next: null };
  });

  const write = { method: 'post', tag: 'contacts', needs: { scope: 'contacts:write' }, query: noQuery, body: nothing } as const;
  const confirm = { path: '/v1/visitors/:id/confirm', name: 'confirmVisitor', summary: "Say that the browser is the contact's" } as const;
  api.route({ ...write, ...confirm, answer: visitorView }, async ({ caller, params }) => {
    const visitor = await findVisitor(caller, params.id);
    const confirmed = await confirmVisitor(platform, visitor);
    await noteAccess(platform, caller, { action: 'visitor.confirmed', subject: visitor._id });
    return presentVisitor(confirmed);
  });

  const unbind = { path: '/v1/visitors/:id/unbind', name: 'unbindVisitor', summary: "Say that the browser is somebody else's" } as const;
  const about = 'Its sessions leave the contact.';
  api.route({ ...write, ...unbind, about, answer: nothing }, async ({ caller, params }) => {
    const visitor = await findVisitor(caller, params.id, { orUnbound: true });
    await unbindVisitor(platform, visitor);
    await noteAccess(platform, caller, { action: 'visitor.unbound', subject: visitor._id });
    return undefined;
  });
}

/** Only one that is bound, or was until a member said otherwise: of another there is nothing to say. */
async function findVisitor(
  { workspaceId }: { readonly workspaceId: string },
  id: string | undefined,
  { orUnbound } = { orUnbound: false },
): Promise<VisitorDocument> {
  const visitor = await Visitor.findOne({ workspaceId, _id: id ?? '' }).lean();
  const isMeant = visitor !== null && (visitor.contactId !== null || (orUnbound && visitor.unboundFrom.length > 0));
  if (!isMeant) throw missing('visitor');
  return visitor;
}

async function presentVisitor({ workspaceId, _id, contactId, boundBy, boundAt, standing }: VisitorDocument): Promise<VisitorView> {
  const ofContact = { workspaceId, visitorId: _id, contactId };
  const newest: SessionDocument | null = await Session.findOne(ofContact).sort({ startedAt: -1 }).lean();
  return {
    id: _id,
    boundBy: boundBy ?? 'link',
    boundAt: (boundAt ?? new Date(0)).toISOString(),
    possiblyForwarded: standing === 'forwarded',
    device: newest?.device ?? 'unknown',
    browser: newest?.browser ?? 'unknown',
    os: newest?.os ?? 'unknown',
    lastSeenAt: newest?.lastSeenAt.toISOString() ?? null,
    sessions: await Session.countDocuments(ofContact, { limit: mostCounted }),
  };
}
