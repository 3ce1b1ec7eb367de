import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { SentEvent } from '#contract/events.ts';
import { newVisitor, Visitor, type VisitorDocument } from '../contacts/visitor.ts';
import { EventBucket, type EventBucketDocument, readSessionEvents, rowsIn } from '../sessions/event-bucket.ts';
import { Session } from '../sessions/session.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { pageView, sentBatch } from '../testing/sent-batch.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import { ArrivalRow } from './arrival.ts';
import type { Batch } from './batch.ts';
import { buildBatch } from './build-batch.ts';
import { createFold } from './fold.ts';
import { writePlain } from './write-batches.ts';

const cases = 1000;
const tabs = [randomUUID(), randomUUID()];

/** A visit: the events by number, in batches as they are sent for the first time. */
const visit = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }).map((sizes) =>
  sizes.map((size, nth) =>
    range(
      size,
      sizes.slice(0, nth).reduce((sum, one) => sum + one, 0),
    ),
  ),
);

/** The same visit on a bad line: each batch once to five times, some grouped anew, in any order, out of both tabs. */
const badLine = visit.chain((batches) => {
  const again = fc.array(fc.oneof(fc.constantFrom(...batches), fc.shuffledSubarray(batches.flat(), { minLength: 1 })), {
    maxLength: 4 * batches.length,
  });
  return again.chain((more) =>
    fc.record({ batches: fc.constant(batches), sent: fc.shuffledSubarray([...batches, ...more], whole(batches, more)) }),
  );
});

function whole(one: readonly unknown[], other: readonly unknown[]) {
  return { minLength: one.length + other.length };
}

function range(size: number, from: number): number[] {
  return Array.from({ length: size }, (_, nth) => from + nth);
}

describe('batches that are sent again, grouped anew, out of order and from two tabs', () => {
  let platform: TestPlatform;
  let site: SiteDocument;
  let contactId: string;

  before(async () => {
    platform = await testPlatform();
    const { workspaceId } = await makeOwner(platform);
    site = await findSite(workspaceId);
    ({ _id: contactId } = await makeContact(platform, { workspaceId }));
  });

  const known = (): VisitorDocument => ({ ...newVisitor(site, randomUUID()), contactId, version: 1, boundBy: 'link', standing: 'bound' });

  function batchesOf(visitor: VisitorDocument, events: readonly SentEvent[], groups: readonly (readonly number[])[]): Batch[] {
    const sid = randomUUID();
    return groups.map((group, nth) => {
      const told = group.includes(0)
        ? { evidence: 'scroll' as const, context: { referrerHost: 'www.google.com' } }
        : { evidence: undefined };
      const browser = { vid: visitor.vid ?? '', sid, tab: tabs[nth % tabs.length] ?? '' };
      const envelope = sentBatch(platform, browser, { ...told, events: group.flatMap((number) => events[number] ?? []) });
      return buildBatch(
        { site, userAgent: '', envelope },
        { before: visitor, visitor, link: null, contactId, mode: 'contact' },
        platform.clock.now(),
      );
    });
  }

  /** By session: everything but the ids in which the two visits must differ. */
  async function states() {
    const { workspaceId } = site;
    const rows = new Map(
      (await EventBucket.find({ workspaceId }).lean<EventBucketDocument[]>()).map((row) => [row.sessionId, rowsIn(row)]),
    );
    const sessions = await Session.find({ workspaceId }).lean();
    return new Map(
      sessions.map(({ _id, visitorId: _visitor, ...session }) => [
        _id,
        { session, events: rows.get(_id)?.toSorted((one, other) => one[2] - other[2]) },
      ]),
    );
  }

  it(`leave what the clean visit leaves, in ${cases} generated cases`, async function () {
    // A second or two on a machine that does nothing else.
    this.timeout(60_000);
    const { workspaceId } = site;
    const pairs = fc.sample(badLine, cases).map(({ batches, sent }) => {
      const now = platform.clock.now().getTime();
      const events = batches.flat().map((number) => pageView(platform, { at: now - 60_000 + number * 1000 }));
      const [once, often] = [known(), known()];
      return { visitors: [once, often], clean: batchesOf(once, events, batches), resent: batchesOf(often, events, sent) };
    });
    await Visitor.insertMany(pairs.flatMap(({ visitors }) => visitors));
    for (const which of ['clean', 'resent'] as const) await writePlain(pairs.flatMap((pair) => pair[which]));
    platform.clock.advance(10_000);
    await createFold(platform).sweep();
    assert.equal(await ArrivalRow.countDocuments({ workspaceId }), 0);
    assert.equal(await EventBucket.countDocuments({ workspaceId }), 2 * cases);
    const state = await states();
    for (const { clean, resent } of pairs) {
      const left = state.get(clean[0]?.arrival.sessionId ?? '');
      assert.ok(left?.events);
      assert.deepEqual(state.get(resent[0]?.arrival.sessionId ?? ''), left);
    }
  });

  it('are folded by another replica when the one that acknowledged them ended, once it is sure', async () => {
    const { workspaceId } = site;
    const visitor = known();
    await Visitor.create([visitor]);
    const batches = batchesOf(visitor, [pageView(platform), pageView(platform)], [[0], [1]]);
    await writePlain(batches);
    const [one, other] = [createFold(platform), createFold(platform)];
    assert.equal(await one.sweep(), 0);
    platform.clock.advance(10_000);
    // Both look at once: each batch is folded by one of them.
    await Promise.all([one.sweep(), other.sweep()]);
    assert.equal(await ArrivalRow.countDocuments({ workspaceId }), 0);
    const sessionId = batches[0]?.arrival.sessionId ?? '';
    assert.equal((await readSessionEvents({ workspaceId, sessionId })).length, 2);
  });
});
