/** What a fold counts and notes beside the sessions: leaks, faults, dead letters, clicks of links, and a site's first visit. */
import type { ClientSession } from 'mongoose';
import { TrackedLink, type TrackedLinkDocument } from '../contacts/tracked-link.ts';
import { native } from '../store/native.ts';
import { Site } from '../workspaces/site.ts';
import type { Arrival } from './arrival.ts';
import { DeadLetter, type DeadLetterDocument, deadLetterId } from './dead-letter.ts';
import { writeFaults } from './fault.ts';
import { type LeakSource, writeLeaks } from './leak.ts';

/** Record (event, chunk, stylesheet) → the arrival that brought it first. What came again must not be counted again. */
export type BroughtBy = ReadonlyMap<string, string>;

export async function writeFindings(arrivals: readonly Arrival[], brought: BroughtBy, session: ClientSession): Promise<void> {
  await writeLetters(arrivals, session);
  await writeClicks(arrivals, session);
  await noteFirstVisits(arrivals, session);
  const leaks = arrivals.flatMap((arrival) => leaksOf(arrival, brought));
  if (leaks.length > 0) await writeLeaks(leaks, session);
  const faulty = arrivals.filter((arrival) => arrival.body.faults.length > 0 && isNew(arrival, brought));
  if (faulty.length > 0) await writeFaults(faulty.map(faultsOf), session);
}

function leaksOf({ _id, workspaceId, siteId, receivedAt, body }: Arrival, brought: BroughtBy): LeakSource[] {
  const leaks = body.leaks.filter(({ recordId }) => brought.get(recordId) === _id);
  return leaks.length === 0 ? [] : [{ workspaceId, siteId, receivedAt, leaks }];
}

/** A batch without a record has no key to be known again by. */
function isNew({ _id, sessionId, body }: Arrival, brought: BroughtBy): boolean {
  const ids = [...body.events.map(([eid]) => `${sessionId}:${eid}`), ...body.chunkIds];
  return ids.length === 0 || ids.some((id) => brought.get(id) === _id);
}

function faultsOf({ workspaceId, siteId, receivedAt, body }: Arrival) {
  const faults = body.faults.map((fault) => ({ ...fault, workspaceId, siteId, count: 1, lastAt: receivedAt }));
  return { workspaceId, siteId, receivedAt, faults };
}

async function writeLetters(arrivals: readonly Arrival[], session: ClientSession): Promise<void> {
  const letters = arrivals.flatMap(lettersOf);
  if (letters.length === 0) return;
  await DeadLetter.bulkWrite(
    letters.map(({ _id, workspaceId, ...fields }) => ({
      updateOne: { filter: { _id, workspaceId }, update: { $setOnInsert: fields }, upsert: true },
    })),
    { session, ordered: false },
  );
}

function lettersOf({ workspaceId, siteId, sessionId, receivedAt, body }: Arrival): DeadLetterDocument[] {
  return body.bad.map(({ eid = null, reason, content = null }) => ({
    _id: deadLetterId([sessionId, eid ?? '', reason]),
    workspaceId,
    siteId,
    sessionId,
    eid,
    reason,
    content,
    receivedAt,
    replayedAt: null,
  }));
}

/** One write for each link, however many came by it. */
async function writeClicks(arrivals: readonly Arrival[], session: ClientSession): Promise<void> {
  const byLink = Map.groupBy(
    arrivals.filter(({ body }) => body.linkId !== null),
    ({ body }) => body.linkId ?? '',
  );
  if (byLink.size === 0) return;
  await native<TrackedLinkDocument>(TrackedLink).bulkWrite(
    [...byLink].map(([linkId, clicks]) => ({
      updateOne: {
        filter: { workspaceId: clicks[0]?.workspaceId ?? '', _id: linkId },
        update: {
          $max: { lastClickedAt: new Date(Math.max(...clicks.map(({ receivedAt }) => receivedAt.getTime()))) },
          $addToSet: { sessionIds: { $each: [...new Set(clicks.map(({ sessionId }) => sessionId))] } },
        },
      },
    })),
    { session, ordered: false },
  );
}

async function noteFirstVisits(arrivals: readonly Arrival[], session: ClientSession): Promise<void> {
  const firstVisits = new Map(
    arrivals.filter(({ body, contactId }) => body.siteIsNew && contactId !== null).map((arrival) => [arrival.siteId, arrival]),
  );
  for (const { workspaceId, siteId, receivedAt } of firstVisits.values()) {
    await Site.updateOne({ workspaceId, _id: siteId, firstVisitAt: null }, { $set: { firstVisitAt: receivedAt } }, { session });
  }
}
