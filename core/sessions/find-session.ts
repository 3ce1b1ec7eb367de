/** A session of the caller's own workspace. */
import { missing } from '../workspaces/require-member.ts';
import { Session, type SessionDocument } from './session.ts';

/** Throws `missing`. */
export async function findSession({ workspaceId }: { readonly workspaceId: string }, id: string | undefined): Promise<SessionDocument> {
  const session = await Session.findOne({ workspaceId, _id: id ?? '' }).lean();
  if (session === null) throw missing('session');
  return session;
}
