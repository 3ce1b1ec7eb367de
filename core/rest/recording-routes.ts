/** Recordings: what there is, the masked events as a stream, and deletion. */
import { Readable } from 'node:stream';
import type Router from '@koa/router';
import { Failure } from '#contract/failure.ts';
import { recording as recordingView } from '#contract/rest.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { eraseRecording } from '../sessions/compact-recording.ts';
import { findSession } from '../sessions/find-session.ts';
import { readRecording } from '../sessions/read-recording.ts';
import { compactRecording } from '../sessions/recording-jobs.ts';
import { isLive, Session, type SessionDocument } from '../sessions/session.ts';
import { noteAccess } from '../workspaces/access-log.ts';
import { missing } from '../workspaces/require-member.ts';
import { openApi } from './api.ts';
import { noQuery, nothing } from './declaration.ts';

const path = '/v1/sessions/:id/recording';
const reads = { method: 'get', tag: 'recordings', needs: { scope: 'recordings:read' }, query: noQuery, body: nothing } as const;

export function addRecordingRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const read = { path, name: 'readRecording', summary: "Say whether a session's recording is there" } as const;
  api.route({ ...reads, ...read, answer: recordingView }, async ({ caller, params }) => {
    const session = await findRecorded(caller, params.id);
    return {
      sessionId: session._id,
      startedAt: session.startedAt.toISOString(),
      live: isLive(session, platform.clock.now()),
      contentUrl: `${platform.config.publicUrl}/v1/sessions/${session._id}/recording/content`,
    };
  });

  const content = { path: `${path}/content`, name: 'downloadRecording', summary: 'Download the masked rrweb events' } as const;
  const about = 'A stream of one JSON document: `{ sessionId, startedAt, tabs: [{ tab, events }], … }`. The access log names who read it.';
  api.route({ ...reads, ...content, about, answer: nothing, media: ['application/json'] }, async ({ ctx, caller, params }) => {
    const session = await findRecorded(caller, params.id);
    await noteAccess(platform, caller, { action: 'recording.downloaded', subject: session._id });
    ctx.type = 'application/json';
    ctx.body = Readable.from(readRecording(platform, session));
    return undefined;
  });

  const end = { method: 'delete', path, name: 'deleteRecording', summary: 'Delete a recording' } as const;
  const ended = { tag: 'recordings', needs: { scope: 'recordings:write' }, query: noQuery, body: nothing, answer: nothing } as const;
  const refusals = { 'session-live': [409, 'The visit goes on'] } as const;
  const forGood = 'For good. The session, its events and what was learned from them stay.';
  api.route({ ...end, ...ended, about: forGood, refusals }, async ({ caller, params }) => {
    await deleteRecording(platform, await findRecorded(caller, params.id));
    await noteAccess(platform, caller, { action: 'recording.deleted', subject: params.id ?? '' });
    return undefined;
  });
}

async function findRecorded(caller: { readonly workspaceId: string }, id: string | undefined): Promise<SessionDocument> {
  const session = await findSession(caller, id);
  if (!session.hasRecording) throw missing('recording');
  return session;
}

/** While the visit goes on, more of it would come and be kept. */
async function deleteRecording(platform: Platform, session: SessionDocument): Promise<void> {
  const { workspaceId, _id: sessionId } = session;
  if (isLive(session, platform.clock.now())) {
    throw new Failure('conflict', 'This visit goes on. Delete its recording once it is over.', { code: 'session-live' });
  }
  // First what is told, with one more run of the packing: it removes what one that is under way writes after this.
  await platform.store.inTransaction(async (transaction) => {
    await Session.updateOne({ workspaceId, _id: sessionId }, { $set: { hasRecording: false } }, { session: transaction });
    await enqueue(platform, compactRecording, { workspaceId, key: sessionId, payload: { sessionId }, session: transaction });
  });
  await eraseRecording(platform, { workspaceId, sessionId });
}
