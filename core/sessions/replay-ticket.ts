/** The right to play one recording for a short time: a signed token for one member, one session and nothing else. */
import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { SignIn } from '../http/sign-in-session.ts';
import type { Platform } from '../platform.ts';
import { Member, type MemberDocument } from '../workspaces/member.ts';
import { may } from '../workspaces/require-member.ts';
import { isLive, Session, type SessionDocument } from './session.ts';

const purpose = 'replay';
const lifeSeconds = 120;
const claims = z.object({ sub: z.string(), wid: z.string(), rid: z.string() });

export interface Ticket {
  readonly playerUrl: string;
  readonly expiresAt: Date;
}

/** The token travels in the fragment: no server log and no referrer ever holds it. */
export async function issueTicket(platform: Platform, member: MemberDocument, session: SessionDocument): Promise<Ticket> {
  const now = platform.clock.now();
  const token = await renewTicket(platform, { sub: member._id, wid: member.workspaceId, rid: session._id });
  const place = isLive(session, now) ? '/player?live=1' : '/player';
  return { playerUrl: `${platform.config.replayUrl}${place}#token=${token}`, expiresAt: new Date(now.getTime() + lifeSeconds * 1000) };
}

/** The session that the token opens. Looked up each time: a ticket dies with its member's right to be here. */
export async function redeemTicket(platform: Platform, token: string): Promise<SessionDocument> {
  return watchedSession(platform, await readTicket(platform, token));
}

/** For one member, one session. */
export type ReplayRights = z.infer<typeof claims>;

export async function readTicket(platform: Platform, token: string): Promise<ReplayRights> {
  const verified = claims.safeParse(await platform.cipher.verify(purpose, token, platform.clock.now()));
  if (!verified.success) throw spent();
  return verified.data;
}

/** The session, as long as the member may watch it. */
export async function watchedSession(platform: Platform, { sub, wid: workspaceId, rid }: ReplayRights): Promise<SessionDocument> {
  const member = await Member.findOne({ workspaceId, _id: sub }).lean();
  const signedIn = await SignIn.exists({ workspaceId, memberId: sub, expiresAt: { $gt: platform.clock.now() } });
  const session = await Session.findOne({ workspaceId, _id: rid }).lean();
  if (member === null || !may(member, 'replay.watch') || signedIn === null || session === null) throw spent();
  return session;
}

/** A new token of the same rights, for whoever watches longer than one lives. */
export function renewTicket(platform: Platform, { sub, wid, rid }: ReplayRights): Promise<string> {
  return platform.cipher.sign(purpose, { sub, wid, rid }, { now: platform.clock.now(), seconds: lifeSeconds });
}

function spent(): Failure {
  return new Failure('unauthenticated', 'This replay link has expired. Go back to Leadlight and open the replay again.', {
    code: 'replay-link-expired',
  });
}
