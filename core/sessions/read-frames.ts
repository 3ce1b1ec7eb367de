/** A packed recording for the player: first what is where, then the frames that it asks for. */
import { Failure } from '#contract/failure.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { openSheets } from './put-back-sheets.ts';
import { headOf, isPacked, recordingParts, startOf } from './read-recording.ts';
import { cleanerVersion, Recording, type RecordingDocument } from './recording.ts';
import { compactRecording } from './recording-jobs.ts';
import { type RecordingParts, readFrame } from './recording-pieces.ts';
import type { SessionDocument } from './session.ts';

/** JSON of `playerIndex` in the contract. `tabs` is null where the recording is to be read whole. */
export async function readIndex(platform: Platform, session: SessionDocument, token: string): Promise<string> {
  const parts = await recordingParts(session);
  if (parts.packed !== null && parts.packed.cleaner < cleanerVersion) await askForPacking(platform, session);
  const tabs = isPacked(parts) ? tabsOf(session, parts) : null;
  return `{${headOf(platform, session, parts)},"token":${JSON.stringify(token)},"tabs":${JSON.stringify(tabs)}}`;
}

function tabsOf(session: SessionDocument, parts: RecordingParts) {
  const start = startOf(session, parts).getTime();
  const frames = (parts.packed?.frames ?? []).map((frame, number) => ({ ...frame, number }));
  return (parts.packed?.tabs ?? []).map(({ tab, idle }, place) => ({
    tab,
    idle: idle.map(([from, to]) => [from - start, to - start]),
    frames: frames
      .filter((frame) => frame.tab === place && frame.page)
      .map(({ number, firstAt, lastAt }) => ({ number, firstMs: firstAt - start, lastMs: lastAt - start })),
  }));
}

async function askForPacking(platform: Platform, { workspaceId, _id: key }: SessionDocument): Promise<void> {
  await platform.store.inTransaction((session) =>
    enqueue(platform, compactRecording, { workspaceId, key, payload: { sessionId: key }, session }),
  );
}

/** `{ lead, events }`: see `playerFrame` in the contract. Throws `missing` for a number that is none, and for a recording that changed. */
export async function readFrameFor(platform: Platform, session: SessionDocument, number: number): Promise<string> {
  const { workspaceId, _id, siteId } = session;
  const packed: RecordingDocument | null = await Recording.findOne({ workspaceId, _id }).lean();
  const frame = packed !== null && packed.cleaner >= cleanerVersion ? packed.frames[number] : undefined;
  if (packed === null || frame === undefined) throw new Failure('missing', 'Open the replay again.', { code: 'recording-frame-missing' });
  const events = JSON.stringify(await readFrame(platform, packed, frame));
  return `{"lead":${frame.lead},"events":${await openSheets({ workspaceId, siteId }).putBack(events)}}`;
}
