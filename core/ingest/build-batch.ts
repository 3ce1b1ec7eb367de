/** From what a browser sent to what is written: cleaned, its moments on our clock, and everything with an id that a retry gives again. */
import type { IngestEnvelope, SessionContext } from '#contract/events.ts';
import type { Identification } from '../contacts/identify.ts';
import { sessionIdOf } from '../contacts/visitor.ts';
import type { ClientHints } from '../enrich/client-hints.ts';
import { placeKept } from '../enrich/place.ts';
import type { EventRow } from '../sessions/pack-events.ts';
import type { RecordingChunkDocument } from '../sessions/recording-chunk.ts';
import type { SessionDocument, SessionMode } from '../sessions/session.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import { type ArrivalBody, newArrivalId } from './arrival.ts';
import type { Batch } from './batch.ts';
import { clockOffsetMs, correctMoment } from './correct-clock.ts';
import { channelOf, deviceOf, isAutomated } from './enrich.ts';
import { readFaults } from './fault.ts';
import { leaksIn, leaksInEvents, pathOf } from './find-leaks.ts';
import type { FoundLeak } from './leak.ts';
import { readChunks } from './read-chunks.ts';
import { type BadEvent, readEvents } from './read-events.ts';
import { scrubContext } from './scrub-context.ts';
import { readSheets, type StylesheetDocument } from './stylesheet.ts';

export interface SentBatch {
  readonly site: SiteDocument;
  readonly userAgent: string;
  readonly hints?: ClientHints;
  /** Where the caller is, if the site keeps it. */
  readonly place?: SessionDocument['place'] | null;
  readonly envelope: IngestEnvelope;
}

/** Whose visit it is, and as what it may be kept. */
export interface Visit extends Identification {
  readonly contactId: string | null;
  readonly mode: SessionMode;
}

export function buildBatch(sent: SentBatch, visit: Visit, receivedAt: Date): Batch {
  const { workspaceId, _id: siteId } = sent.site;
  const { before, visitor, contactId, mode } = visit;
  const sessionId = sessionIdOf(sent.site, sent.envelope.sid, { ...visitor, contactId });
  const { chunks, sheets, recordLeaks, ...records } = readRecords(sent, { sessionId, mode, receivedAt });
  const row = { workspaceId, siteId, sessionId, visitorId: visitor._id, contactId, mode, receivedAt };
  return {
    arrival: { _id: newArrivalId(receivedAt), ...row, body: bodyOf(sent, visit, { ...records, chunks, receivedAt }) },
    visitor,
    versionRead: before?.version ?? null,
    chunks,
    sheets,
    recordLeaks,
    outcome: { raceLost: false, clashes: [] },
  };
}

type Told = Omit<Records, 'sheets' | 'recordLeaks'> & { readonly receivedAt: Date };

function bodyOf({ site, userAgent, hints, place, envelope }: SentBatch, { visitor, link, mode }: Visit, told: Told): ArrivalBody {
  const { context, events, chunks, leaks, bad, receivedAt } = told;
  const device = deviceOf(userAgent, hints, context.screen);
  return {
    visitorVersion: visitor.version,
    standing: visitor.standing,
    linkId: link?.linkId ?? null,
    cameBy: link?.kind ?? null,
    siteIsNew: site.firstVisitAt === null,
    ...spanOf(told, receivedAt.getTime()),
    evidence: envelope.evidence ?? null,
    automated: isAutomated(userAgent, context, hints),
    session: { context, ...device, channel: channelOf(context, site.origins), ...placeKept(site, mode, place) },
    events,
    chunkIds: chunks.map(({ _id }) => _id),
    newRecordIds: [],
    leaks,
    faults: readFaults(envelope.faults ?? [], { siteId: site._id, browser: device.browser }),
    bad,
    left: events.some(([, type]) => type === 'session_end'),
  };
}

interface Records {
  readonly context: SessionContext;
  readonly events: readonly EventRow[];
  readonly chunks: readonly RecordingChunkDocument[];
  readonly sheets: readonly StylesheetDocument[];
  /** In events and context. */
  readonly leaks: readonly FoundLeak[];
  /** In chunks and sheets. */
  readonly recordLeaks: readonly FoundLeak[];
  readonly bad: readonly BadEvent[];
}

interface Whither {
  readonly sessionId: string;
  readonly mode: SessionMode;
  readonly receivedAt: Date;
}

function readRecords({ site, envelope }: SentBatch, { sessionId, mode, receivedAt }: Whither): Records {
  const { workspaceId, _id: siteId } = site;
  const { queryKeys } = site.config;
  const offsetMs = clockOffsetMs(envelope.sentAt, receivedAt);
  const read = readEvents(envelope.events, queryKeys);
  const receivedMs = receivedAt.getTime();
  const events = read.good.map(({ eid, type, at, pageId, url, props }): EventRow => {
    return [eid, type, correctMoment(at, offsetMs, receivedAt).getTime(), pageId, url, props, receivedMs];
  });
  const path = pathOf(events[0]?.[4] ?? '');
  // Of a visit of everybody's only events are kept.
  const recorded: Pick<IngestEnvelope, 'chunks' | 'sheets'> = mode === 'analytics' ? {} : envelope;
  const owner = { workspaceId, sessionId, receivedAt, tab: envelope.tab };
  const recording = readChunks(recorded.chunks ?? [], { owner, offsetMs, queryKeys, path });
  const styles = readSheets(recorded.sheets ?? [], { workspaceId, siteId, receivedAt, path });
  const surroundings = scrubContext(envelope.context ?? {});
  const [firstEid] = events[0] ?? [];
  const firstId = firstEid === undefined ? recording.chunks[0]?._id : `${sessionId}:${firstEid}`;
  return {
    context: surroundings.context,
    events,
    chunks: recording.chunks,
    sheets: styles.sheets,
    leaks: [
      ...leaksInEvents(events, { sessionId, caught: read.caught }),
      // What has no id of its own is counted with the first record that has one.
      ...leaksIn(surroundings.caught, { recordId: firstId ?? '', path, where: 'event' }),
    ],
    recordLeaks: [...recording.leaks, ...styles.leaks],
    bad: [...read.bad, ...styles.bad],
  };
}

function spanOf({ events, chunks }: Pick<Records, 'events' | 'chunks'>, receivedMs: number): Pick<ArrivalBody, 'firstMs' | 'lastMs'> {
  const moments = events.map(([, , at]) => at);
  const lastMoments = [...moments, ...chunks.map((chunk) => chunk.lastAt.getTime())];
  return {
    firstMs: Math.min(receivedMs, ...moments),
    lastMs: lastMoments.length > 0 ? Math.max(...lastMoments) : receivedMs,
  };
}
