import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SessionDocument } from '../sessions/session.ts';
import { noon } from '../testing/frozen-clock.ts';
import { applyArrival } from './apply-arrival.ts';
import type { Arrival } from './arrival.ts';

const never = { withdrawnVersion: 0, withdrawnAt: null };
const whose = { workspaceId: 'ws_1', siteId: 'site_1', sessionId: 'ses_1', visitorId: 'vis_1' };
const device = { device: 'desktop', browser: 'Firefox', os: 'Linux' };
const standings = ['open', 'forwarded', 'bound'] as const;

/** One of a session's batches: what a version of the visitor says is the same in all of them, and one context is told. */
const arrival = fc
  .record({
    nth: fc.nat(),
    version: fc.integer({ min: 1, max: 3 }),
    isKnown: fc.boolean(),
    first: fc.integer({ min: 0, max: 100_000 }),
    length: fc.integer({ min: 0, max: 100_000 }),
    tellsContext: fc.boolean(),
    cameBy: fc.constantFrom(null, 'mergeTag' as const, 'tracked' as const),
    evidence: fc.constantFrom(null, 'dwell', 'pointer', 'scroll'),
    automated: fc.boolean(),
    hasChunk: fc.boolean(),
  })
  .map(({ nth, version, isKnown, first, length, tellsContext, hasChunk, ...told }): Arrival => {
    const contactId = isKnown ? `con_${version}` : null;
    const firstMs = noon.getTime() + first;
    const context = tellsContext ? { referrerHost: 'www.google.com' } : {};
    return {
      ...{ _id: `a${nth}`, ...whose, contactId, mode: contactId === null ? 'anonymous' : 'contact' },
      receivedAt: new Date(firstMs + length),
      body: {
        ...told,
        ...{ visitorVersion: version, standing: standings[version - 1] ?? 'open', linkId: null, siteIsNew: false },
        ...{ firstMs, lastMs: firstMs + length },
        session: { context, ...device, channel: tellsContext ? 'organic' : 'direct' },
        ...{ events: [], chunkIds: hasChunk ? ['c'] : [], newRecordIds: [], leaks: [], faults: [], bad: [], left: false },
      },
    };
  });

describe('what batches tell of their session', () => {
  it('is the same in any order, and any number of times', () => {
    const orders = fc
      .array(arrival, { minLength: 1, maxLength: 6 })
      .chain((sent) =>
        fc.tuple(fc.constant(sent), fc.shuffledSubarray([...sent, ...sent], { minLength: 2 * sent.length, maxLength: 2 * sent.length })),
      );
    const all = (arrivals: readonly Arrival[]) =>
      arrivals.reduce<SessionDocument | null>((before, one) => applyArrival(before, one, never), null);
    fc.assert(fc.property(orders, ([sent, again]) => assert.deepEqual(all(again), all(sent))));
  });
});
