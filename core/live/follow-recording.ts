/** The pieces of a recording in order, cleaned, as they come in: each tab's from the first on. */
import type { RecordedEvent } from '#contract/recording-events.ts';
import type { Platform } from '../platform.ts';
import { openCleaner, type RecordingCleaner } from '../sessions/clean-recording.ts';
import { openSheets } from '../sessions/put-back-sheets.ts';
import { recordingParts } from '../sessions/read-recording.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { type LooseChunk, piecesOfTab, type RecordingParts, tabsOf } from '../sessions/recording-pieces.ts';
import type { SessionDocument } from '../sessions/session.ts';
import { Site } from '../workspaces/site.ts';

export interface Piece {
  readonly tab: string;
  readonly seq: number;
  /** JSON of its events; null where cleaning left none. */
  readonly events: string | null;
  /** Moment of its first event. */
  readonly firstMs: number;
}

export interface Following {
  /** All there is. */
  first(): AsyncGenerator<Piece>;
  /** Those that came since. `true` passes over numbers that did not come. */
  next(passGaps: boolean): AsyncGenerator<Piece>;
  /** A number is missing before some that are there: it may still come. */
  hasGap(): boolean;
}

interface Tab {
  nextSeq: number;
  readonly cleaner: RecordingCleaner;
}

export async function followRecording(platform: Platform, session: SessionDocument): Promise<Following> {
  const { workspaceId, _id: sessionId, siteId } = session;
  const owner = { workspaceId, sessionId };
  const site = await Site.findOne({ workspaceId, _id: siteId }, { config: 1 }).lean();
  const sheets = openSheets({ workspaceId, siteId });
  const tabs = new Map<string, Tab>();
  let gap = false;

  /** A cleaner knows a tab's page from its earlier pieces: so each tab is read once, from its beginning. */
  function tabOf(name: string): Tab {
    const known = tabs.get(name);
    if (known !== undefined) return known;
    const fresh: Tab = { nextSeq: 0, cleaner: openCleaner(site?.config.queryKeys) };
    tabs.set(name, fresh);
    return fresh;
  }

  async function* read(parts: RecordingParts, name: string, passGaps: boolean): AsyncGenerator<Piece> {
    const tab = tabOf(name);
    for await (const { seq, events } of piecesOfTab(platform, owner, { parts, tab: name })) {
      if (seq < tab.nextSeq) continue;
      gap ||= seq > tab.nextSeq && !passGaps;
      if (seq > tab.nextSeq && !passGaps) return;
      tab.nextSeq = seq + 1;
      const clean: readonly RecordedEvent[] = tab.cleaner.clean(events);
      const json = clean.length === 0 ? null : await sheets.putBack(JSON.stringify(clean));
      yield { tab: name, seq, events: json, firstMs: clean[0]?.timestamp ?? Number.POSITIVE_INFINITY };
    }
  }

  /** Also of what is packed, where that is more than what was read. */
  async function unreadParts(): Promise<RecordingParts> {
    const { packed, loose } = await recordingParts(session);
    const isUnread = ({ tab, seq }: { readonly tab: string; readonly seq: number }) => seq >= (tabs.get(tab)?.nextSeq ?? 0);
    const isNews = packed?.tabs.some(({ tab, seqs }) => seqs.some((seq) => isUnread({ tab, seq }))) === true;
    return { packed: isNews ? packed : null, loose: loose.filter(isUnread) };
  }

  return {
    hasGap: () => gap,
    async *first() {
      const parts = await recordingParts(session);
      for (const name of tabsOf(parts)) yield* read(parts, name, true);
    },
    async *next(passGaps) {
      gap = false;
      const loose = await unreadChunks(owner, tabs);
      // What is missing may have been packed before it was read. Then it is in no chunk any more.
      const parts = passGaps || hasHole(loose, tabs) ? await unreadParts() : { packed: null, loose };
      for (const name of tabsOf(parts)) yield* read(parts, name, passGaps);
    },
  };
}

/** Numbers are missing before or between those of a tab. In order of tab and number. */
function hasHole(loose: readonly LooseChunk[], tabs: ReadonlyMap<string, Pick<Tab, 'nextSeq'>>): boolean {
  return loose.some(({ tab, seq }, place) => {
    const before = loose[place - 1];
    return seq !== (before?.tab === tab ? before.seq + 1 : (tabs.get(tab)?.nextSeq ?? 0));
  });
}

interface OfSession {
  readonly workspaceId: string;
  readonly sessionId: string;
}

function unreadChunks(owner: OfSession, tabs: ReadonlyMap<string, Tab>): Promise<LooseChunk[]> {
  const later = [...tabs].map(([tab, { nextSeq }]) => ({ tab, seq: { $gte: nextSeq } }));
  const wanted = { $or: [...later, { tab: { $nin: [...tabs.keys()] } }] };
  return RecordingChunk.find({ ...owner, ...wanted }, { tab: 1, seq: 1, firstAt: 1 })
    .sort({ tab: 1, seq: 1 })
    .lean();
}
