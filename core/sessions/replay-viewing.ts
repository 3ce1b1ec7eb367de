/** The right to go on reading a recording that was opened with a ticket. Lives as long as somebody may watch, and dies as a ticket does. */
import { z } from 'zod';
import { Failure } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { readTicket, watchedSession } from './replay-ticket.ts';
import type { SessionDocument } from './session.ts';

const purpose = 'replay-frames';
const lifeSeconds = 4 * 3600;
const claims = z.object({ sub: z.string(), wid: z.string(), rid: z.string() });

export interface Viewing {
  readonly session: SessionDocument;
  /** For frames, and for nothing else. */
  readonly token: string;
}

/** Throws `unauthenticated` when the ticket is spent. */
export async function openViewing(platform: Platform, ticket: string): Promise<Viewing> {
  const { sub, wid, rid } = await readTicket(platform, ticket);
  const session = await watchedSession(platform, { sub, wid, rid });
  const token = await platform.cipher.sign(purpose, { sub, wid, rid }, { now: platform.clock.now(), seconds: lifeSeconds });
  return { session, token };
}

/** Looked up each time, as a ticket is. */
export async function continueViewing(platform: Platform, token: string): Promise<SessionDocument> {
  const verified = claims.safeParse(await platform.cipher.verify(purpose, token, platform.clock.now()));
  if (verified.success) return watchedSession(platform, verified.data);
  throw new Failure('unauthenticated', 'This replay was open for too long. Go back to Leadlight and open it again.', {
    code: 'replay-viewing-expired',
  });
}
