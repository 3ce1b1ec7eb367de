/** The browsers of a contact, and a member's word for whose they are. */
import type Router from '@koa/router';
import type { Visitor as VisitorView } from '#contract/api.ts';
import type { Platform } from '../platform.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { noteAccess } from '../workspaces/access-log.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { missing, requireMember } from '../workspaces/require-member.ts';
import { confirmVisitor, unbindVisitor } from './change-binding.ts';
import { findContact } from './routes.ts';
import { Visitor, type VisitorDocument } from './visitor.ts';

const mostShown = 100;

export function addVisitorRoutes(router: Router, platform: Platform): void {
  router.get('/v1/contacts/:id/visitors', async (ctx) => {
    const { workspaceId, _id: contactId } = await findContact(await requireMember(platform, ctx, 'contacts.read'), ctx.params.id);
    // Where no person was seen yet, it is nobody's browser.
    const visitors = await Visitor.find({ workspaceId, contactId, standing: { $ne: 'open' } })
      .sort({ boundAt: -1, _id: 1 })
      .limit(mostShown)
      .lean();
    ctx.body = { items: await Promise.all(visitors.map(presentVisitor)), next: null };
  });

  router.post('/v1/visitors/:id/confirm', async (ctx) => {
    const member = await requireMember(platform, ctx, 'links.write');
    const visitor = await findVisitor(member, ctx.params.id);
    const confirmed = await confirmVisitor(platform, visitor);
    await noteAccess(platform, member, { action: 'visitor.confirmed', subject: visitor._id });
    ctx.body = await presentVisitor(confirmed);
  });

  router.post('/v1/visitors/:id/unbind', async (ctx) => {
    const member = await requireMember(platform, ctx, 'links.write');
    const visitor = await findVisitor(member, ctx.params.id, { orUnbound: true });
    await unbindVisitor(platform, visitor);
    await noteAccess(platform, member, { action: 'visitor.unbound', subject: visitor._id });
    ctx.status = 204;
  });
}

/** Only one that is bound, or was until a member said otherwise: of another there is nothing to say. */
async function findVisitor(
  { workspaceId }: MemberDocument,
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
    sessions: await Session.countDocuments(ofContact),
  };
}
