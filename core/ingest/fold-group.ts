/**
 * Takes a group of arrivals in: sessions, events, findings, counts and jobs, in one transaction that deletes them from the log. So each is
 * folded exactly once, by whichever replica comes first.
 */
import type { ClientSession, mongo } from 'mongoose';
import { Visitor, type VisitorDocument } from '../contacts/visitor.ts';
import type { Platform } from '../platform.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { native } from '../store/native.ts';
import { countFolded } from '../summaries/count-folded.ts';
import { applyArrival, type Withdrawn } from './apply-arrival.ts';
import { type Arrival, type ArrivalDocument, ArrivalRow, among } from './arrival.ts';
import { type AddedEvents, addEvents } from './fold-events.ts';
import { type BroughtBy, writeFindings } from './fold-findings.ts';
import { writeJobs } from './fold-jobs.ts';

/** Some of them were folded by another replica meanwhile. */
export class TakenByOthersError extends Error {
  override readonly name = 'TakenByOthersError';
}

export interface FoldedVisit {
  readonly before: SessionDocument | null;
  readonly after: SessionDocument;
  readonly arrivals: readonly Arrival[];
}

/** @param keptMs workspace → how long it keeps raw events. Throws `TakenByOthersError`. */
export async function foldGroup(
  platform: Platform,
  { arrivals, keptMs }: { readonly arrivals: readonly Arrival[]; readonly keptMs: ReadonlyMap<string, number> },
  session: ClientSession,
): Promise<void> {
  // First of all: who loses the race for one of them has done nothing yet.
  await take(arrivals, session);
  const visitors = await visitorsOf(arrivals, session);
  const mine = arrivals.filter(({ visitorId }) => visitors.has(visitorId));
  if (mine.length < arrivals.length)
    await forget(
      arrivals.filter(({ visitorId }) => !visitors.has(visitorId)),
      session,
    );
  if (mine.length === 0) return;
  const bySession = [...Map.groupBy(mine, ({ sessionId }) => sessionId)];
  const before = await sessionsOf(mine, session);
  const added = await addEvents(
    bySession.map(([sessionId, ofSession]) => comingEvents(ofSession, before.get(sessionId) ?? null, keptMs)),
    session,
  );
  const visits = bySession.map(([sessionId, ofSession], nth) => {
    const row = before.get(sessionId) ?? null;
    return { before: row, after: applyAll(row, ofSession, { visitors, added: added[nth] }), arrivals: ofSession };
  });
  // Before the rest: workers write to these rows all the time, and what they wrote since this transaction began would undo it.
  await writeJobs(platform, visits, session);
  const changes = visits.flatMap(writeSession);
  if (changes.length > 0) await native<SessionDocument>(Session).bulkWrite(changes, { session, ordered: false });
  await countFolded(
    visits.map((visit, nth) => toldTo(visit, added[nth])),
    session,
  );
  await writeFindings(mine, broughtBy(mine, added), session);
}

async function take(arrivals: readonly Arrival[], session: ClientSession): Promise<void> {
  const deletions = [...Map.groupBy(arrivals, ({ workspaceId }) => workspaceId)].map(([workspaceId, rows]) => ({
    deleteMany: { filter: { workspaceId, _id: among(rows.map(({ _id }) => _id)) } },
  }));
  const { deletedCount } = await native<ArrivalDocument>(ArrivalRow).bulkWrite(deletions, { session });
  if (deletedCount !== arrivals.length) throw new TakenByOthersError(`${arrivals.length - deletedCount} arrivals were folded already`);
}

interface Named {
  readonly workspaceId: string;
}

function workspacesOf(rows: readonly Named[]): string[] {
  return [...new Set(rows.map(({ workspaceId }) => workspaceId))];
}

async function visitorsOf(arrivals: readonly Arrival[], session: ClientSession): Promise<Map<string, Withdrawn>> {
  const ids = [...new Set(arrivals.map(({ visitorId }) => visitorId))];
  const projection = { withdrawnVersion: 1, withdrawnAt: 1 };
  const filter = { workspaceId: { $in: workspacesOf(arrivals) }, _id: { $in: ids } };
  const rows = await native<VisitorDocument>(Visitor).find(filter, { projection, session }).toArray();
  return new Map(rows.map((row) => [row._id, row]));
}

async function sessionsOf(arrivals: readonly Arrival[], session: ClientSession): Promise<Map<string, SessionDocument>> {
  const ids = [...new Set(arrivals.map(({ sessionId }) => sessionId))];
  // What is large, and what a fold does not look at.
  const projection = { summary: 0, insight: 0, counted: 0, told: 0 };
  const filter = { workspaceId: { $in: workspacesOf(arrivals) }, _id: { $in: ids } };
  const rows = await native<SessionDocument>(Session).find(filter, { projection, session }).toArray();
  return new Map(rows.map((row) => [row._id, row]));
}

/** The visitor was erased after the batch was acknowledged: nothing of it comes back. */
async function forget(arrivals: readonly Arrival[], session: ClientSession): Promise<void> {
  for (const [workspaceId, rows] of Map.groupBy(arrivals, (arrival) => arrival.workspaceId)) {
    const ids = rows.flatMap(({ body }) => body.chunkIds);
    if (ids.length > 0) await RecordingChunk.deleteMany({ workspaceId, _id: { $in: ids } }, { session });
  }
}

function comingEvents(arrivals: readonly Arrival[], before: SessionDocument | null, keptMs: ReadonlyMap<string, number>) {
  const [{ workspaceId, sessionId } = { workspaceId: '', sessionId: '' }] = arrivals;
  const rows = new Map(arrivals.flatMap(({ body }) => body.events.map((row) => [row[0], row] as const)).toReversed());
  const stored = before?.stored ?? { buckets: 0, inLast: 0 };
  return { workspaceId, sessionId, stored, rows: [...rows.values()].toReversed(), keptMs: keptMs.get(workspaceId) ?? 0 };
}

interface Applied {
  readonly visitors: ReadonlyMap<string, Withdrawn>;
  readonly added: AddedEvents | undefined;
}

const never: Withdrawn = { withdrawnVersion: 0, withdrawnAt: null };

function applyAll(before: SessionDocument | null, arrivals: readonly Arrival[], { visitors, added }: Applied): SessionDocument {
  const [first, ...others] = arrivals;
  if (first === undefined) throw new Error('a visit without an arrival');
  const apply = (row: SessionDocument | null, arrival: Arrival) => applyArrival(row, arrival, visitors.get(arrival.visitorId) ?? never);
  const after = others.reduce(apply, apply(before, first));
  return { ...after, ...(added !== undefined && { stored: added.stored }) };
}

function writeSession({ before, after }: FoldedVisit): mongo.AnyBulkWriteOperation<SessionDocument>[] {
  if (before === null) return [{ insertOne: { document: after } }];
  const { _id, workspaceId } = before;
  const old = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(after).filter(([name, value]) => !isSame(old.get(name), value));
  return changed.length === 0 ? [] : [{ updateOne: { filter: { workspaceId, _id }, update: { $set: Object.fromEntries(changed) } } }];
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || (one instanceof Date && other instanceof Date && one.getTime() === other.getTime());
}

function toldTo({ before, after, arrivals }: FoldedVisit, added: AddedEvents | undefined) {
  const { workspaceId, siteId, _id: sessionId, visitorId, contactId, mode, device, browser, os, channel, startedAt } = after;
  const receivedAt = arrivals[0]?.receivedAt ?? startedAt;
  const newEvents = (added?.rows ?? []).map(([eid, type, , , , props]) => ({ eid, type, props }));
  const session = { workspaceId, siteId, sessionId, visitorId, contactId, mode, isNew: before === null };
  return { ...session, device, browser, os, channel, startedAt, receivedAt, newEvents };
}

function broughtBy(arrivals: readonly Arrival[], added: readonly AddedEvents[]): BroughtBy {
  const isNew = new Set(added.flatMap(({ sessionId, rows }) => rows.map(([eid]) => `${sessionId}:${eid}`)));
  const brought = new Map<string, string>();
  for (const { _id, sessionId, body } of arrivals) {
    const events = body.events.map(([eid]) => `${sessionId}:${eid}`).filter((id) => isNew.has(id));
    for (const id of [...events, ...body.newRecordIds]) if (!brought.has(id)) brought.set(id, _id);
  }
  return brought;
}
