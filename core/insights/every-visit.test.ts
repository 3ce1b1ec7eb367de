import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EventType } from '#contract/events.ts';
import { insight as insightShape } from '#contract/snapshot.ts';
import type { ExamplePage } from '#core/sessions/summarise-example.ts';
import { type Goal, type GoalKind, goalKinds } from '#core/sessions/summarise-shapes.ts';
import { buildTimeline, dayMs, type SummarisedSession } from './build-timeline.ts';
import { detectSignals, type SignalInput } from './detect-signals.ts';
import { type ExampleSession, exampleNow, exampleSessions, exampleTimeline } from './example-timeline.ts';
import { defaultWeights } from './intent-weights.ts';
import { bandOf, scoreIntent } from './score-intent.ts';
import { writeInsight } from './write-insight.ts';

const paths = [
  '/',
  '/pricing',
  '/product',
  '/features/sso',
  '/demo',
  '/contact',
  '/blog/tips',
  '/careers',
  '/help/sso',
  '/compare/x',
  '/checkout',
  '/p/7',
];

type Deed = readonly [EventType, Readonly<Record<string, unknown>>];

const deeds: readonly Deed[] = [
  ['form_submit', { formId: 'demo-form' }],
  ['form_submit', { formId: 'contact-sales' }],
  ['form_submit', { formId: 'newsletter' }],
  ['form_start', { formId: 'trial' }],
  ['demo_request', {}],
  ['trial_signup', { plan: 'Pro' }],
  ['add_to_cart', { productName: 'Shoes' }],
  ['begin_checkout', {}],
  ['purchase', { orderId: 'a', valueMinor: 100, currency: 'EUR' }],
  ['search_query', { query: 'single sign on' }],
  ['pricing_engage', { plans: { Pro: 20_000, Team: 5000 } }],
  ['cancel_intent', {}],
  ['product_compare', {}],
  ['custom', { name: 'watched a film' }],
];

const arbitraryPage: fc.Arbitrary<ExamplePage> = fc.record({
  path: fc.constantFrom(...paths),
  seconds: fc.integer({ min: 0, max: 300 }),
  scroll: fc.integer({ min: 0, max: 100 }),
  deeds: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...deeds), { maxLength: 3 }) },
  ),
  engaged: fc.boolean(),
});

const arbitraryVisits: fc.Arbitrary<ExampleSession[]> = fc.array(
  fc.record({ daysAgo: fc.double({ min: 0, max: 60, noNaN: true }), pages: fc.array(arbitraryPage, { minLength: 1, maxLength: 6 }) }),
  { maxLength: 8 },
);

const scoreOf = (sessions: readonly SummarisedSession[], now = exampleNow) =>
  scoreIntent(buildTimeline(sessions, now), defaultWeights, now);
const sumOf = (points: readonly { points: number }[]) => points.reduce((sum, reason) => sum + reason.points, 0);
const raising = goalKinds.filter((kind) => kind === 'pricing' || defaultWeights.goals[kind] > 0);

function withGoal(session: SummarisedSession, kind: GoalKind, dwellMs: number): SummarisedSession {
  const goal: Goal = { kind, at: session.startedAt, offsetMs: 0, text: 'Did something more', dwellMs };
  return { ...session, summary: { ...session.summary, goals: [...session.summary.goals, goal] } };
}

describe('Whatever the visits, an intent score', () => {
  it('is the exact sum of its reasons, whole and between 0 and 100', () => {
    fc.assert(
      fc.property(arbitraryVisits, (visits) => {
        const { value, reasons, band } = scoreOf(exampleSessions(visits));
        assert.equal(sumOf(reasons), value);
        assert.ok(Number.isInteger(value) && value >= 0 && value <= 100);
        assert.ok(reasons.every(({ points }) => Number.isInteger(points) && points !== 0));
        assert.equal(band, bandOf(value, defaultWeights.thresholds));
      }),
    );
  });

  it('is the same whatever the order in which sessions are read', () => {
    fc.assert(
      fc.property(arbitraryVisits, fc.infiniteStream(fc.nat(100)), (visits, ranks) => {
        const sessions = exampleSessions(visits);
        const shuffled = sessions.map((session) => ({ session, rank: ranks.next().value })).sort((one, other) => one.rank - other.rank);
        assert.deepEqual(scoreOf([...shuffled.map(({ session }) => session), ...sessions.slice(0, 1)]), scoreOf(sessions));
      }),
    );
  });

  it('never falls when a goal is reached in addition', () => {
    fc.assert(
      fc.property(arbitraryVisits, fc.nat(), fc.tuple(fc.constantFrom(...raising), fc.nat(120_000)), (visits, place, [kind, dwellMs]) => {
        const sessions = exampleSessions(visits);
        const changed = sessions.map((session, nth) => (nth === place % sessions.length ? withGoal(session, kind, dwellMs) : session));
        assert.ok(scoreOf(changed).value >= scoreOf(sessions).value);
      }),
    );
  });

  it('never rises by the mere passing of time, and is gone in half a year', () => {
    fc.assert(
      fc.property(arbitraryVisits, fc.double({ min: 0, max: 90, noNaN: true }), (visits, days) => {
        const sessions = exampleSessions(visits);
        assert.ok(scoreOf(sessions, new Date(exampleNow.getTime() + days * dayMs)).value <= scoreOf(sessions).value);
        assert.equal(scoreOf(sessions, new Date(exampleNow.getTime() + 180 * dayMs)).value, 0);
      }),
    );
  });

  it('never rises by a visit that only looked at jobs or for help', () => {
    fc.assert(
      fc.property(arbitraryVisits, fc.constantFrom('/careers', '/help/sso'), fc.integer({ min: 10, max: 300 }), (visits, path, seconds) => {
        const added = { daysAgo: 0, pages: [{ path, seconds, scroll: 0 }] };
        const before = scoreOf(exampleSessions(visits)).value;
        assert.ok(scoreOf(exampleSessions([...visits, added])).value <= before);
      }),
    );
  });

  it('stays below high for one visit that only looks', () => {
    const looking = fc.array(
      arbitraryPage.map((page) => ({ ...page, deeds: [], seconds: page.seconds * 4 })).filter(({ path }) => path !== '/checkout'),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(fc.property(looking, (pages) => scoreOf(exampleSessions([{ daysAgo: 0, pages }])).band !== 'high'));
  });
});

describe('Whatever the visits, signals', () => {
  it('are told once a session each, and always include the visit itself', () => {
    fc.assert(
      fc.property(arbitraryVisits, (visits) => {
        fc.pre(visits.length > 0);
        const timeline = exampleTimeline(visits);
        const session = timeline.sessions.at(-1);
        assert.ok(session);
        const input: SignalInput = { timeline, session, score: scoreOf(timeline.sessions), previousScore: null, sentBefore: [] };
        const signals = detectSignals(input);
        assert.ok(signals.some(({ kind }) => kind === 'returned'));
        assert.ok(signals.every(({ strength }, place) => strength <= (signals[place - 1]?.strength ?? 100)));
        const sentBefore = signals.map(({ kind }) => kind);
        assert.equal(new Set(sentBefore).size, sentBefore.length);
        assert.deepEqual(detectSignals({ ...input, sentBefore }), []);
      }),
    );
  });
});

describe('Whatever the visits, an insight written by rules', () => {
  it('has the shape of the contract, at most 60 words, and claims nothing that did not happen', () => {
    fc.assert(
      fc.property(arbitraryVisits, fc.constantFrom('visit' as const, 'contact' as const), (visits, of) => {
        const timeline = exampleTimeline(visits);
        const insight = insightShape.parse(
          writeInsight(timeline, of === 'visit' ? (timeline.sessions.at(-1) ?? null) : null, scoreOf(timeline.sessions)),
        );
        assert.ok(insight.summary.split(/\s+/u).length <= 60, insight.summary);
        const told = `${insight.summary} ${insight.moments.map(({ text }) => text).join(' ')}`;
        const happened = JSON.stringify(visits);
        for (const [claim, ground] of grounds) assert.ok(!claim.test(told) || ground.test(happened), told);
        const lengths = new Map(timeline.sessions.map(({ sessionId, startedAt, lastEventAt }) => [sessionId, +lastEventAt - +startedAt]));
        // The deeds of an example page come one a second, however short the page.
        for (const { sessionId, offsetMs } of insight.moments) assert.ok(offsetMs <= (lengths.get(sessionId) ?? -1) + 3000);
      }),
    );
  });
});

/** What may be claimed, and what must have happened for it. */
const grounds: readonly (readonly [RegExp, RegExp])[] = [
  [/pricing/iu, /"\/pricing"|pricing_engage/u],
  [/asked for a demo/iu, /demo_request|demo-form|"\/demo".*form_submit/u],
  [/placed an order/iu, /"purchase"/u],
  [/without ordering/iu, /begin_checkout|"\/checkout"/u],
  [/cancel/iu, /cancel_intent/u],
  [/searched/iu, /search_query/u],
  [/trial/iu, /trial/u],
  [/cart/iu, /add_to_cart/u],
  [/applied/iu, /"\/careers".*form_submit/u],
];
