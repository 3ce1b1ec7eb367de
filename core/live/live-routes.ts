/** The live view's routes: as a stream of server-sent events, or once as JSON. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { Failure } from '#contract/failure.ts';
import type { LiveState } from '#contract/live.ts';
import { findSignIn } from '../http/sign-in-session.ts';
import type { Platform } from '../platform.ts';
import { findSession } from '../sessions/find-session.ts';
import { presentSessions } from '../sessions/present-session.ts';
import { isLive, liveFrom, Session, type SessionDocument } from '../sessions/session.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { requireMember } from '../workspaces/require-member.ts';
import type { LiveHub } from './live-hub.ts';
import type { Seats } from './live-seats.ts';
import { answerLive, type ViewerWishes } from './live-viewer.ts';

/** More visitors than this are not followed by eye. */
const mostSessions = 200;

export interface Live {
  readonly hub: LiveHub;
  readonly seats: Seats;
}

export function addLiveRoutes(router: Router, platform: Platform, live: Live): void {
  router.get('/v1/live', async (ctx) => {
    const member = await requireMember(platform, ctx, 'contacts.read');
    const state = () => liveSessions(platform, member.workspaceId);
    if (!wantsStream(ctx)) ctx.body = await state();
    else await stream(platform, live, { ctx, member, state, wants: () => true });
  });

  router.get('/v1/sessions/:id/live', async (ctx) => {
    const member = await requireMember(platform, ctx, 'contacts.read');
    const { _id } = await findSession(member, ctx.params.id);
    const state = async () => stateOf(platform, member.workspaceId, [await findSession(member, _id)]);
    if (!wantsStream(ctx)) ctx.body = await state();
    else await stream(platform, live, { ctx, member, state, wants: ({ sessionId }) => sessionId === _id });
  });
}

interface Asked extends Pick<ViewerWishes, 'state' | 'wants'> {
  readonly ctx: Context;
  readonly member: MemberDocument;
}

async function stream(platform: Platform, { hub, seats }: Live, { ctx, member, state, wants }: Asked): Promise<void> {
  const signIn = await findSignIn(platform, ctx);
  const leave = seats.take(member);
  const rights = [member._id, ...(signIn === null ? [] : [signIn._id])];
  const { workspaceId } = member;
  answerLive(platform, hub, { ctx, wishes: { workspaceId, rights, mayLook: () => mayLook(platform, ctx), state, wants, onEnd: leave } });
}

/** The same question as when the stream began. */
async function mayLook(platform: Platform, ctx: Context): Promise<boolean> {
  try {
    await requireMember(platform, ctx, 'contacts.read');
    return true;
  } catch (error) {
    if (error instanceof Failure && (error.kind === 'unauthenticated' || error.kind === 'forbidden')) return false;
    throw error;
  }
}

function wantsStream(ctx: Context): boolean {
  return ctx.get('Accept').includes('text/event-stream');
}

async function liveSessions(platform: Platform, workspaceId: string): Promise<LiveState> {
  const now = platform.clock.now();
  const rows: SessionDocument[] = await Session.find({ workspaceId, endedAt: null, lastSeenAt: { $gt: liveFrom(now) } })
    .sort({ lastSeenAt: -1 })
    .limit(mostSessions)
    .lean();
  return stateOf(
    platform,
    workspaceId,
    rows.filter((row) => isLive(row, now)),
  );
}

async function stateOf(platform: Platform, workspaceId: string, rows: readonly SessionDocument[]): Promise<LiveState> {
  const present = await presentSessions(platform, workspaceId, rows);
  return { now: platform.clock.now().toISOString(), sessions: rows.map(present) };
}
