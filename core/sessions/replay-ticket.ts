/** The right to play one recording for a short time: a signed token for one member, one session and nothing else. */
import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import { SignIn } from '../http/sign-in-session.ts';
import type { Platform } from '../platform.ts';
import { Member, type MemberDocument } from '../workspaces/member.ts';
import { may } from '../workspaces/require-member.ts';
import { Session, type SessionDocument } from './session.ts';

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
  const rights = { sub: member._id, wid: member.workspaceId, rid: session._id };
  const token = await platform.cipher.sign(purpose, rights, { now, seconds: lifeSeconds });
  return { playerUrl: `${platform.config.replayUrl}/player#token=${token}`, expiresAt: new Date(now.getTime() + lifeSeconds * 1000) };
}

/** The session that the token opens. Looked up each time: a ticket dies with its member's right to be here. */
export async function redeemTicket(platform: Platform, token: string): Promise<SessionDocument> {
  const verified = claims.safeParse(await platform.cipher.verify(purpose, token, platform.clock.now()));
  if (!verified.success) throw spent();
  const { sub, wid: workspaceId, rid } = verified.data;
  const member = await Member.findOne({ workspaceId, _id: sub }).lean();
  const signedIn = await SignIn.exists({ workspaceId, memberId: sub, expiresAt: { $gt: platform.clock.now() } });
  const session = await Session.findOne({ workspaceId, _id: rid }).lean();
  if (member === null || !may(member, 'replay.watch') || signedIn === null || session === null) throw spent();
  return session;
}

function spent(): Failure {
  return new Failure('unauthenticated', 'This replay link has expired. Go back to Leadlight and open the replay again.', {
    code: 'replay-link-expired',
  });
}
