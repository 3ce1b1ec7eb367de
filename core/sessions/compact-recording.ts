/**
 * Packs a session's recording into one blob of frames when the session is over. Chunks that come later are packed with it anew. Safe to
 * repeat and to be killed: the blob is written under a name of its own, a transaction switches the row to it, and only then what it
 * replaces goes.
 */
import { handleJob } from '../jobs/define-job.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { newSecret } from '../store/new-id.ts';
import { Site } from '../workspaces/site.ts';
import { type Packing, packRecording } from './pack-recording.ts';
import { blobsOf, cleanerVersion, Recording, type RecordingDocument } from './recording.ts';
import { RecordingChunk } from './recording-chunk.ts';
import { newestDictionary } from './recording-dictionary.ts';
import { compactRecording, trainDictionaryOf } from './recording-jobs.ts';
import { type LooseChunk, looseChunks, tabsOf } from './recording-pieces.ts';
import { Session, type SessionDocument } from './session.ts';

/** So many chunks are deleted at a time. */
const atOnce = 500;
const trainDelayMs = 60_000;

export const compactRecordingHandler = handleJob(
  compactRecording,
  async (platform, { workspaceId, payload: { sessionId }, assertMine }) => {
    const owner = { workspaceId, sessionId };
    const session = await Session.findOne({ workspaceId, _id: sessionId }).lean();
    // Erased, or its recording was: what a packing under way wrote after that goes too.
    if (session === null || !session.hasRecording) return eraseRecording(platform, owner);
    // It goes on: its end asks again.
    if (session.endedAt === null) return;
    const packed = await Recording.findOne({ workspaceId, _id: sessionId }).lean();
    const loose = await looseChunks(owner, packed);
    const isOld = packed !== null && packed.cleaner < cleanerVersion;
    if (loose.length > 0 || isOld) await compact(platform, session, { packed, loose, assertMine });
    await tidy(platform, owner);
  },
);

interface Compaction {
  readonly packed: RecordingDocument | null;
  readonly loose: readonly LooseChunk[];
  assertMine(): Promise<void>;
}

async function compact(platform: Platform, session: SessionDocument, { packed, loose, assertMine }: Compaction): Promise<void> {
  const { workspaceId, _id: sessionId, siteId } = session;
  const site = await Site.findOne({ workspaceId, _id: siteId }, { config: 1 }).lean();
  const dictionary = await newestDictionary({ workspaceId, siteId });
  const blobKey = `${blobsOf({ workspaceId, sessionId })}${newSecret()}`;
  const parts = { packed, loose };
  const packing = packRecording(
    platform,
    { workspaceId, sessionId },
    { parts, tabs: tabsOf(parts), dictionary, queryKeys: site?.config.queryKeys },
  );
  await platform.store.blobs.put(blobKey, packing.bytes);
  await assertMine();
  await switchTo(platform, session, { ...rowOf(packing), blobKey, dictionaryId: dictionary?.id ?? null });
}

type PackedFields = Pick<RecordingDocument, 'blobKey' | 'bytes' | 'dictionaryId' | 'tabs' | 'frames'>;

function rowOf({ packed }: Packing): Pick<RecordingDocument, 'bytes' | 'tabs' | 'frames'> {
  const { tabs, frames } = packed();
  return { tabs, frames, bytes: frames.reduce((sum, { length }) => sum + length, 0) };
}

/** Only if the session and its recording have not been erased meanwhile. Whoever erases asks for one more run, which finds what came after. */
async function switchTo(platform: Platform, { workspaceId, _id, siteId, visitorId }: SessionDocument, packed: PackedFields): Promise<void> {
  await platform.store.inTransaction(async (session) => {
    if ((await Session.exists({ workspaceId, _id, hasRecording: true }).session(session)) === null) return;
    const row = { ...packed, siteId, visitorId, cleaner: cleanerVersion, packedAt: platform.clock.now() };
    await Recording.updateOne({ workspaceId, _id }, { $set: row }, { session, upsert: true });
    const training = { workspaceId, key: siteId, payload: { siteId }, delayMs: trainDelayMs, session };
    await enqueue(platform, trainDictionaryOf, training);
  });
}

/** Removes what the row replaced: chunks that are packed, blobs that nothing points to, also those of runs that were killed. */
async function tidy(platform: Platform, owner: { workspaceId: string; sessionId: string }): Promise<void> {
  const { workspaceId, sessionId } = owner;
  const packed = await Recording.findOne({ workspaceId, _id: sessionId }).lean();
  for (const { tab, seqs } of packed?.tabs ?? []) {
    for (let from = 0; from < seqs.length; from += atOnce)
      await RecordingChunk.deleteMany({ workspaceId, sessionId, tab, seq: { $in: seqs.slice(from, from + atOnce) } });
  }
  const stale: string[] = [];
  for await (const { key } of platform.store.blobs.list(blobsOf(owner))) if (key !== packed?.blobKey) stale.push(key);
  for (const key of stale) await platform.store.blobs.delete(key);
}

/** All that is stored of a session's recording. */
export async function eraseRecording(platform: Platform, owner: { workspaceId: string; sessionId: string }): Promise<void> {
  const { workspaceId, sessionId } = owner;
  await RecordingChunk.deleteMany({ workspaceId, sessionId });
  await Recording.deleteOne({ workspaceId, _id: sessionId });
  await platform.store.blobs.deleteAll(blobsOf(owner));
}
