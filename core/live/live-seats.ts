/** How many may look at once, on this process. */
import { Failure } from '#contract/failure.ts';
import type { MemberDocument } from '../workspaces/member.ts';

export interface Seats {
  /** Throws `tooMany`. @returns how to give the seat back. */
  take(member: Pick<MemberDocument, '_id' | 'workspaceId'>): () => void;
}

/** A member has a few tabs and a few devices. */
const ofMember = 20;
const ofWorkspace = 300;

export function openSeats(): Seats {
  const taken = new Map<string, number>();
  const count = (key: string, by: number) => {
    const now = (taken.get(key) ?? 0) + by;
    if (now > 0) taken.set(key, now);
    else taken.delete(key);
  };
  return {
    take({ _id, workspaceId }) {
      if ((taken.get(_id) ?? 0) >= ofMember || (taken.get(workspaceId) ?? 0) >= ofWorkspace) {
        throw new Failure('tooMany', 'Too many live views are open. Close some, and try again.', {
          code: 'too-many-viewers',
          retryAfterMs: 10_000,
        });
      }
      count(_id, 1);
      count(workspaceId, 1);
      let given = false;
      return () => {
        if (given) return;
        given = true;
        count(_id, -1);
        count(workspaceId, -1);
      };
    },
  };
}
