/** From what a browser sent to what is written: cleaned, its moments on our clock, and everything with an id that a retry gives again. */
import type { IngestEnvelope } from '#contract/events.ts';
import type { Identification } from '../contacts/identify.ts';
import { sessionIdOf } from '../contacts/visitor.ts';
import type { SessionMode } from '../sessions/session.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import type { Batch } from './batch.ts';
import { clockOffsetMs, correctMoment } from './correct-clock.ts';
import { channelOf, deviceOf, isAutomated } from './enrich.ts';
import { readFaults } from './fault.ts';
import { leaksIn, leaksInEvents, pathOf } from './find-leaks.ts';
import { readChunks } from './read-chunks.ts';
import { readEvents } from './read-events.ts';
import { scrubContext } from './scrub-context.ts';
import { readSheets } from './stylesheet.ts';

export interface Arrival {
  readonly site: SiteDocument;
  readonly userAgent: string;
  readonly envelope: IngestEnvelope;
}

/** Whose visit it is, and as what it may be kept. */
export interface Visit extends Identification {
  readonly contactId: string | null;
  readonly mode: SessionMode;
}

export function buildBatch(arrival: Arrival, visit: Visit, receivedAt: Date): Batch {
  const { site, userAgent, envelope } = arrival;
  const { workspaceId, _id: siteId } = site;
  const { before, visitor, link, contactId, mode } = visit;
  const sessionId = sessionIdOf(site, envelope.sid, { ...visitor, contactId });
  const { context, ...records } = readRecords(arrival, { sessionId, mode, receivedAt });
  const device = deviceOf(userAgent);
  return {
    workspaceId,
    siteId,
    sessionId,
    visitorId: visitor._id,
    visitor,
    versionRead: before?.version ?? null,
    race: { lost: false },
    contactId,
    mode,
    linkId: link?.linkId ?? null,
    cameBy: link?.kind ?? null,
    siteIsNew: site.firstVisitAt === null,
    receivedAt,
    span: spanOf(records, receivedAt),
    evidence: envelope.evidence ?? null,
    automated: isAutomated(userAgent, context),
    session: { context, ...device, channel: channelOf(context) },
    ...records,
    faults: readFaults(envelope.faults ?? [], { workspaceId, siteId, browser: device.browser, lastAt: receivedAt }),
    left: records.events.some((event) => event.type === 'session_end'),
  };
}

type Records = Pick<Batch, 'events' | 'chunks' | 'sheets' | 'leaks' | 'bad'>;

function readRecords({ site, envelope }: Arrival, { sessionId, mode, receivedAt }: Pick<Batch, 'sessionId' | 'mode' | 'receivedAt'>) {
  const { workspaceId, _id: siteId } = site;
  const { queryKeys } = site.config;
  const offsetMs = clockOffsetMs(envelope.sentAt, receivedAt);
  const read = readEvents(envelope.events, queryKeys);
  const owner = { workspaceId, sessionId, receivedAt };
  const events = read.good.map(({ at, ...event }) => ({
    ...event,
    ...owner,
    _id: `${sessionId}:${event.eid}`,
    at: correctMoment(at, offsetMs, receivedAt),
  }));
  const path = pathOf(events[0]?.url ?? '');
  // Of a visit of everybody's only events are kept.
  const recorded: Pick<IngestEnvelope, 'chunks' | 'sheets'> = mode === 'analytics' ? {} : envelope;
  const recording = readChunks(recorded.chunks ?? [], { owner: { ...owner, tab: envelope.tab }, offsetMs, queryKeys, path });
  const styles = readSheets(recorded.sheets ?? [], { workspaceId, siteId, receivedAt, path });
  const surroundings = scrubContext(envelope.context ?? {});
  // What has no id of its own is counted with the first record that has one.
  const recordId = events[0]?._id ?? recording.chunks[0]?._id ?? '';
  return {
    context: surroundings.context,
    events,
    chunks: recording.chunks,
    sheets: styles.sheets,
    leaks: [
      ...leaksInEvents(events, read.caught),
      ...leaksIn(surroundings.caught, { recordId, path, where: 'event' }),
      ...recording.leaks,
      ...styles.leaks,
    ],
    bad: [...read.bad, ...styles.bad],
  };
}

function spanOf({ events, chunks }: Pick<Records, 'events' | 'chunks'>, receivedAt: Date): Batch['span'] {
  const moments = events.map((event) => event.at.getTime());
  const lastMoments = [...moments, ...chunks.map((chunk) => chunk.lastAt.getTime())];
  return {
    first: new Date(Math.min(receivedAt.getTime(), ...moments)),
    last: lastMoments.length > 0 ? new Date(Math.max(...lastMoments)) : receivedAt,
  };
}
