import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SessionCount } from '../sessions/session-counts.ts';
import { noTotals, type SiteTotals, shortened, sumTotals, withSession } from './site-totals.ts';
import { type DayOfSession, visitorChanges } from './visitors-of-days.ts';

const name = fc.constantFrom('a', 'b', 'c.d', '$e', 'other');
const paths = Array.from({ length: 400 }, (_, nth) => `/${nth}`);
const count: fc.Arbitrary<SessionCount> = fc
  .record({
    channel: name,
    device: name,
    browser: name,
    activeMs: fc.nat(1000),
    bounced: fc.boolean(),
    events: fc.dictionary(fc.constantFrom('page_view', 'purchase'), fc.integer({ min: 1, max: 5 })),
    pages: fc.uniqueArray(fc.record({ path: fc.constantFrom(...paths), views: fc.integer({ min: 1, max: 9 }), activeMs: fc.nat(99) }), {
      maxLength: 50,
      selector: ({ path }) => path,
    }),
  })
  .map((parts) => ({
    ...parts,
    day: '2026-05-20',
    contactId: null,
    country: '',
    entry: parts.pages[0]?.path ?? '',
    orders: [],
    revenue: { EUR: parts.activeMs },
  }));

const add = (totals: SiteTotals, one: SessionCount) => withSession(totals, one, 1);

describe("a site's totals", () => {
  it('are as before when a session is taken out again, also where lists were full', () => {
    fc.assert(
      fc.property(fc.array(count, { maxLength: 20 }), fc.array(count, { maxLength: 20 }), (stay, go) => {
        const all = [...stay, ...go].reduce(add, noTotals);
        const left = go.reduce((totals, one) => withSession(totals, one, -1), all);
        const { pages, ...figures } = shortened(left, 1000);
        const { pages: expected, ...others } = shortened(stay.reduce(add, noTotals), 1000);
        assert.deepEqual(figures, others);
        // Where no room was lost to those who left, page by page; in any case in sum.
        const sum = (list: SiteTotals['pages']) => list.reduce((views, page) => views + page.views, 0);
        assert.equal(sum(pages), sum(expected));
        assert.ok(left.pages.length <= 301);
        assert.ok(left.pages.every(({ views, entries, activeMs }) => views >= 0 && entries >= 0 && activeMs >= 0));
      }),
      { numRuns: 40 },
    );
  });

  it('add up, and name the largest with the rest in one line', () => {
    const one = (path: string, views: number) => add(noTotals, { ...example, pages: [{ path, views, activeMs: 10 }], entry: path });
    const { pages, channels, sessions } = shortened(sumTotals([one('/a', 1), one('/b', 5), one('/a', 3), one('/c', 2)]), 2);
    assert.deepEqual(pages, [
      { path: '/b', views: 5, entries: 1, activeMs: 10 },
      { path: '/a', views: 4, entries: 2, activeMs: 20 },
      { path: '', views: 2, entries: 1, activeMs: 10 },
    ]);
    assert.deepEqual([channels, sessions], [[{ name: 'email', count: 4 }], 4]);
  });

  it('count a visitor once a day and once a month, whatever order visits come and go in', () => {
    const day = fc.constantFrom('2026-05-01', '2026-05-02', '2026-06-01', null);
    const step = fc.record({ sessionId: fc.constantFrom('s1', 's2', 's3', 's4'), day });
    const visitorOf = (sessionId: string) => (sessionId < 's3' ? 'v1' : 'v2');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const state = new Map<string, DayOfSession>();
        const visitors = new Map<string, number>();
        const months = new Map<string, number>();
        for (const { sessionId, day: next } of steps) {
          const after = { sessionId, visitorId: visitorOf(sessionId), day: next };
          for (const change of visitorChanges([...state.values()], [after])) {
            visitors.set(change.day, (visitors.get(change.day) ?? 0) + change.visitors);
            const month = change.day.slice(0, 7);
            months.set(month, (months.get(month) ?? 0) + change.monthVisitors);
          }
          state.set(sessionId, after);
        }
        const truth = (place: (day: string) => string, at: string) =>
          new Set([...state.values()].filter((one) => one.day !== null && place(one.day) === at).map(({ visitorId }) => visitorId)).size;
        for (const [at, figure] of visitors)
          assert.equal(
            figure,
            truth((one) => one, at),
          );
        for (const [at, figure] of months)
          assert.equal(
            figure,
            truth((one) => one.slice(0, 7), at),
          );
      }),
    );
  });
});

const example: SessionCount = {
  day: '2026-05-20',
  contactId: null,
  activeMs: 10,
  bounced: false,
  channel: 'email',
  device: 'desktop',
  browser: 'Firefox',
  country: '',
  entry: '/',
  pages: [],
  events: {},
  orders: [],
  revenue: {},
};
