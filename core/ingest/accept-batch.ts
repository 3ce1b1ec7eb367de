/** Takes one batch from a browser: who is it, may we keep it, clean it, write it, and only then say so. */
import { zstdCompressSync } from 'node:zlib';
import type { IngestAnswer, IngestEnvelope, SentChunk } from '#contract/events.ts';
import { type Identification, identifyVisitor } from '../contacts/identify.ts';
import { sessionIdOf } from '../contacts/visitor.ts';
import type { Platform } from '../platform.ts';
import { cleanRecordingEvents } from '../sessions/clean-recording.ts';
import type { RecordingChunkDocument } from '../sessions/recording-chunk.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import type { Batch } from './batch.ts';
import { clockOffsetMs, correctMoment } from './correct-clock.ts';
import { channelOf, deviceOf } from './enrich.ts';
import type { GroupCommit } from './group-commit.ts';
import { readEvents } from './read-events.ts';
import { scrubText } from './scrub-text.ts';

export interface Arrival {
  readonly site: SiteDocument;
  readonly userAgent: string;
  readonly envelope: IngestEnvelope;
}

/** What is answered to a browser of which nothing is kept. */
export const unknownVisitor: IngestAnswer = { known: false, record: false, accepted: 0, refused: [] };

export async function acceptBatch(platform: Platform, commits: GroupCommit<Batch>, arrival: Arrival): Promise<IngestAnswer> {
  const { site, envelope } = arrival;
  const identified = site.config.modes.knownContacts ? await identifyVisitor(platform, site, envelope) : null;
  if (identified === null) return unknownVisitor;
  const batch = batchOf(arrival, identified, platform.clock.now());
  await commits.add(batch);
  return { known: true, record: true, accepted: batch.events.length, refused: [...batch.bad] };
}

function batchOf({ site, userAgent, envelope }: Arrival, identified: Identification, receivedAt: Date): Batch {
  const { workspaceId, _id: siteId } = site;
  const { contactId } = identified;
  const sessionId = sessionIdOf(site, envelope.sid, contactId);
  const offsetMs = clockOffsetMs(envelope.sentAt, receivedAt);
  const { good, bad } = readEvents(envelope.events, site.config.queryKeys);
  const events = good.map(({ at, ...event }) => ({
    ...event,
    _id: `${sessionId}:${event.eid}`,
    workspaceId,
    sessionId,
    at: correctMoment(at, offsetMs, receivedAt),
    receivedAt,
  }));
  const chunks = (envelope.chunks ?? []).map((chunk) =>
    chunkOf(chunk, { owner: { workspaceId, sessionId, tab: envelope.tab, receivedAt }, offsetMs, queryKeys: site.config.queryKeys }),
  );
  const moments = events.map((event) => event.at.getTime());
  const lastMoments = [...moments, ...chunks.map((chunk) => chunk.lastAt.getTime())];
  const context = scrubContext(envelope.context ?? {});
  return {
    workspaceId,
    siteId,
    sessionId,
    ...identified,
    vid: envelope.vid,
    siteIsNew: site.firstVisitAt === null,
    receivedAt,
    span: {
      first: new Date(Math.min(receivedAt.getTime(), ...moments)),
      last: lastMoments.length > 0 ? new Date(Math.max(...lastMoments)) : receivedAt,
    },
    evidence: envelope.evidence ?? null,
    session: { context, ...deviceOf(userAgent), channel: channelOf(context) },
    events,
    chunks,
    bad,
    left: events.some((event) => event.type === 'session_end'),
  };
}

interface ChunkPlace {
  readonly owner: Pick<RecordingChunkDocument, 'workspaceId' | 'sessionId' | 'tab' | 'receivedAt'>;
  readonly offsetMs: number;
  readonly queryKeys: readonly string[];
}

function chunkOf(chunk: SentChunk, { owner, offsetMs, queryKeys }: ChunkPlace): RecordingChunkDocument {
  const cleaned = cleanRecordingEvents(chunk.events, queryKeys).events.map((event) => ({
    ...event,
    timestamp: correctMoment(event.timestamp, offsetMs, owner.receivedAt).getTime(),
  }));
  const moments = cleaned.map((event) => event.timestamp);
  return {
    ...owner,
    _id: `${owner.sessionId}:${owner.tab}:${chunk.seq}`,
    seq: chunk.seq,
    firstAt: new Date(Math.min(owner.receivedAt.getTime(), ...moments)),
    lastAt: new Date(Math.max(...(moments.length > 0 ? moments : [owner.receivedAt.getTime()]))),
    body: zstdCompressSync(JSON.stringify(cleaned)),
  };
}

/** Every string of it again: the public site key lets anybody post. */
function scrubContext(context: NonNullable<IngestEnvelope['context']>): NonNullable<IngestEnvelope['context']> {
  const { utm, clickIds, ...rest } = context;
  return {
    ...scrubStrings(rest),
    ...(utm === undefined ? {} : { utm: scrubStrings(utm) }),
    ...(clickIds === undefined ? {} : { clickIds: clickIds.map((name) => scrubText(name).text) }),
  };
}

function scrubStrings<Fields extends object>(fields: Fields): Fields {
  const scrubbed = { ...fields };
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') Object.assign(scrubbed, { [name]: scrubText(value).text });
  }
  return scrubbed;
}
