/** Streams a session's whole recording as one JSON document, piece by piece: a long one never stands in memory whole. */
import type { RecordedEvent } from '#contract/recording-events.ts';
import type { Platform } from '../platform.ts';
import { Site } from '../workspaces/site.ts';
import { openCleaner } from './clean-recording.ts';
import { openSheets } from './put-back-sheets.ts';
import { cleanerVersion, Recording } from './recording.ts';
import { looseChunks, piecesOfTab, type RecordingParts, tabsOf } from './recording-pieces.ts';
import { isLive, type SessionDocument } from './session.ts';

/** `{ sessionId, startedAt, live, tabs: [{ tab, events }], missingChunks, marks, pages }`; offsets count from the first recorded event. */
export async function* readRecording(platform: Platform, session: SessionDocument): AsyncGenerator<string> {
  const { workspaceId, _id: sessionId, siteId } = session;
  const owner = { workspaceId, sessionId };
  const parts = await recordingParts(session);
  const site = await Site.findOne({ workspaceId, _id: siteId }, { config: 1 }).lean();
  yield `{${headOf(platform, session, parts)},"tabs":[`;
  const sheets = openSheets({ workspaceId, siteId });
  let separator = '';
  for (const tab of tabsOf(parts)) {
    yield `${separator}{"tab":${JSON.stringify(tab)},"events":[`;
    const cleaner = openCleaner(site?.config.queryKeys);
    let between = '';
    for await (const { events } of piecesOfTab(platform, owner, { parts, tab })) {
      // Cleaned once more, in order: only now is it known which node of an earlier chunk a later one changes.
      const clean = cleaner.clean(events);
      if (clean.length === 0) continue;
      yield between + (await inJson(clean, sheets.putBack));
      between = ',';
    }
    yield ']}';
    separator = ',';
  }
  if (sheets.missing() > 0) platform.log.info({ sessionId, sheets: sheets.missing() }, 'a recording names stylesheets that never arrived');
  yield ']}';
}

/** Without the brackets. */
async function inJson(events: readonly RecordedEvent[], putBack: (json: string) => Promise<string>): Promise<string> {
  return (await putBack(JSON.stringify(events))).slice(1, -1);
}

export async function recordingParts({ workspaceId, _id: sessionId }: SessionDocument): Promise<RecordingParts> {
  // In this order: what is packed in between is then in neither, and not in both.
  const packed = await Recording.findOne({ workspaceId, _id: sessionId }).lean();
  return { packed, loose: await looseChunks({ workspaceId, sessionId }, packed) };
}

/** Nothing of it has to be cleaned before it is shown. */
export function isPacked({ packed, loose }: RecordingParts): boolean {
  return packed !== null && packed.cleaner >= cleanerVersion && loose.length === 0;
}

/** The fields that every answer about a recording begins with. */
export function headOf(platform: Platform, session: SessionDocument, parts: RecordingParts): string {
  const startedAt = startOf(session, parts);
  const head = {
    sessionId: session._id,
    startedAt,
    live: isLive(session, platform.clock.now()),
    missingChunks: countMissing(parts),
    ...momentsOf(session, startedAt),
  };
  return JSON.stringify(head).slice(1, -1);
}

export function startOf({ lastEventAt }: SessionDocument, { packed, loose }: RecordingParts): Date {
  const begun = [...(packed?.frames ?? []).map(({ firstAt }) => firstAt), ...loose.map(({ firstAt }) => firstAt.getTime())];
  return new Date(begun.reduce((first, at) => Math.min(first, at), lastEventAt.getTime()));
}

/** Numbers that are missing between the first and the last of each tab. */
function countMissing(parts: RecordingParts): number {
  const seqs = new Map(tabsOf(parts).map((tab) => [tab, new Set<number>()]));
  for (const { tab, seq } of parts.loose) seqs.get(tab)?.add(seq);
  for (const { tab, seqs: held } of parts.packed?.tabs ?? []) for (const seq of held) seqs.get(tab)?.add(seq);
  return [...seqs.values()].reduce((missing, of) => missing + [...of].reduce((last, seq) => Math.max(last, seq), -1) + 1 - of.size, 0);
}

function momentsOf({ summary }: SessionDocument, startedAt: Date) {
  const offsetMs = (at: Date) => Math.max(0, at.getTime() - startedAt.getTime());
  return {
    marks: (summary?.marks ?? []).map(({ at, type, text }) => ({ offsetMs: offsetMs(at), type, text })),
    pages: (summary?.pages ?? []).map(({ at, title, path }) => ({ offsetMs: offsetMs(at), title, path })),
  };
}
