/** A packed recording for the player: first what is where, with the frame it begins at, then the frames that it asks for. */
import { Failure } from '#contract/failure.ts';
import { enqueue } from '../jobs/enqueue.ts';
import type { Platform } from '../platform.ts';
import { openSheets } from './put-back-sheets.ts';
import { headOf, isPacked, recordingParts, startOf } from './read-recording.ts';
import { cleanerVersion, Recording, type RecordingDocument } from './recording.ts';
import { compactRecording } from './recording-jobs.ts';
import { frameText, type RecordingParts } from './recording-pieces.ts';
import type { SessionDocument } from './session.ts';

export interface Opening {
  /** For the frames that are asked for later. */
  readonly token: string;
  /** Where the viewer begins, in milliseconds from the first recorded event. */
  readonly atMs: number;
}

/** JSON of `playerIndex` in the contract. `tabs` is null where the recording is to be read whole. */
export async function readIndex(platform: Platform, session: SessionDocument, { token, atMs }: Opening): Promise<string> {
  const parts = await recordingParts(session);
  if (parts.packed !== null && parts.packed.cleaner < cleanerVersion) await askForPacking(platform, session);
  const tabs = isPacked(parts) ? tabsOf(session, parts) : null;
  const number = tabs === null ? null : frameFor(tabs, atMs);
  const frame = parts.packed === null || number === null ? null : await frameJson(platform, parts.packed, number);
  const first = frame === null ? 'null' : `{"number":${number},${frame}}`;
  return `{${headOf(platform, session, parts)},"token":${JSON.stringify(token)},"tabs":${JSON.stringify(tabs)},"first":${first}}`;
}

type IndexedTabs = ReturnType<typeof tabsOf>;

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

/** As the player chooses: of the tabs that were open at this moment the one that was opened last, else the next one, else the last. */
function frameFor(tabs: IndexedTabs, atMs: number): number | null {
  const begin = ({ frames }: IndexedTabs[number]) => frames[0]?.firstMs ?? 0;
  const played = tabs.filter(({ frames }) => frames.length > 0).toSorted((one, other) => begin(one) - begin(other));
  const open = played.findLast((tab) => begin(tab) <= atMs && atMs <= (tab.frames.at(-1)?.lastMs ?? 0));
  const { frames = [] } = open ?? played.find((tab) => begin(tab) > atMs) ?? played.at(-1) ?? {};
  return (frames.findLast(({ firstMs }) => firstMs <= atMs) ?? frames[0])?.number ?? null;
}

async function askForPacking(platform: Platform, { workspaceId, _id: key }: SessionDocument): Promise<void> {
  await platform.store.inTransaction((session) =>
    enqueue(platform, compactRecording, { workspaceId, key, payload: { sessionId: key }, session }),
  );
}

/** JSON of `playerFrame` in the contract. Throws `missing` for a number that is none, and for a recording that changed. */
export async function readFrameFor(platform: Platform, { workspaceId, _id }: SessionDocument, number: number): Promise<string> {
  const packed: RecordingDocument | null = await Recording.findOne({ workspaceId, _id }).lean();
  const frame = packed !== null && packed.cleaner >= cleanerVersion ? await frameJson(platform, packed, number) : null;
  if (frame === null) throw new Failure('missing', 'Open the replay again.', { code: 'recording-frame-missing' });
  return `{${frame}}`;
}

/** Without the braces. */
async function frameJson(platform: Platform, packed: RecordingDocument, number: number): Promise<string | null> {
  const frame = packed.frames[number];
  if (frame === undefined) return null;
  return `"lead":${frame.lead},"events":${await openSheets(packed).putBack(await frameText(platform, packed, frame))}`;
}
