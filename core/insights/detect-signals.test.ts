import assert from 'node:assert/strict';
import type { ExamplePage } from '#core/sessions/summarise-example.ts';
import type { Timeline } from './build-timeline.ts';
import { detectSignals, type SignalInput } from './detect-signals.ts';
import { exampleNow, exampleTimeline } from './example-timeline.ts';
import { defaultWeights } from './intent-weights.ts';
import { scoreIntent } from './score-intent.ts';

const visit = (...pages: ExamplePage[]) => exampleTimeline([{ daysAgo: 0, pages }]);
const pricing: ExamplePage = { path: '/pricing', title: 'Pricing', seconds: 40 };
const checkout: ExamplePage = { path: '/checkout', title: 'Checkout', seconds: 20 };

function inputOf(timeline: Timeline, rest: Partial<SignalInput> = {}): SignalInput {
  const session = timeline.sessions.at(-1);
  assert.ok(session);
  return { timeline, session, score: scoreIntent(timeline, defaultWeights, exampleNow), previousScore: null, sentBefore: [], ...rest };
}
const textsOf = (timeline: Timeline, rest: Partial<SignalInput> = {}) => detectSignals(inputOf(timeline, rest)).map(({ text }) => text);

describe('Signals of a visit', () => {
  it('say that a contact is here for the first time', () => {
    assert.deepEqual(textsOf(visit({ path: '/', seconds: 20 })), ['visited the site for the first time']);
  });

  it('say after how long a contact came back', () => {
    const pages = [{ path: '/', seconds: 20 }];
    assert.deepEqual(textsOf(exampleTimeline([12, 0].map((daysAgo) => ({ daysAgo, pages })))), ['came back after 12 days']);
    assert.deepEqual(textsOf(exampleTimeline([0.125, 0].map((daysAgo) => ({ daysAgo, pages })))), ['came back after 3 hours']);
  });

  it('begin with the strongest', () => {
    const demo: ExamplePage = { path: '/demo', title: 'Demo', seconds: 40, deeds: [['form_submit', { formId: 'demo' }]] };
    assert.deepEqual(
      detectSignals(inputOf(visit(pricing, demo))).map(({ kind }) => kind),
      ['demoRequested', 'crossedIntoHigh', 'goalPage', 'returned'],
    );
    assert.deepEqual(textsOf(visit(pricing)), ['on pricing for 40 s', 'visited the site for the first time']);
  });

  it('do not take passing through pricing for interest', () => {
    assert.deepEqual(textsOf(visit({ ...pricing, seconds: 5 })), ['visited the site for the first time']);
  });

  it('cross into high only from below', () => {
    const timeline = visit({ path: '/demo', title: 'Demo', seconds: 40, deeds: [['demo_request', {}]] });
    const crossed = (previousScore: SignalInput['previousScore']) =>
      detectSignals(inputOf(timeline, { previousScore })).some(({ kind }) => kind === 'crossedIntoHigh');
    assert.equal(crossed({ value: 50, band: 'medium' }), true);
    assert.equal(crossed({ value: 72, band: 'high' }), false);
  });

  it('name the form that was sent', () => {
    const contact: ExamplePage = { path: '/contact', title: 'Contact', seconds: 30, deeds: [['form_submit', { formId: 'contact-sales' }]] };
    assert.equal(textsOf(visit(contact))[0], 'sent the contact sales form');
  });

  it('call a checkout abandoned only once the visit ended without an order', () => {
    const left = visit(checkout);
    const [session] = left.sessions;
    assert.ok(session);
    const abandoned = (timeline: Timeline, rest: Partial<SignalInput> = {}) =>
      detectSignals(inputOf(timeline, rest)).some(({ kind }) => kind === 'checkoutAbandoned');
    assert.equal(abandoned(left), true);
    assert.equal(abandoned(left, { session: { ...session, endedAt: null } }), false);
    assert.equal(abandoned(visit(checkout, { path: '/thanks', seconds: 5, deeds: [['purchase', {}]] })), false);
    const later = exampleTimeline([
      { daysAgo: 1, pages: [checkout] },
      { daysAgo: 0, pages: [{ path: '/thanks', seconds: 5, deeds: [['purchase', {}]] }] },
    ]);
    const [first] = later.sessions;
    assert.ok(first);
    assert.equal(abandoned(later, { session: first }), false);
  });

  it('tell of the goal pages of the workspace', () => {
    const timeline = visit({ path: '/roi', title: 'ROI calculator', seconds: 25 });
    const goalPages = [{ path: '/roi', weight: 50, dwellMs: 20_000 }];
    assert.equal(textsOf(timeline, { goalPages })[0], 'on “ROI calculator” for 25 s');
    assert.equal(
      textsOf(timeline, { goalPages: [{ path: '/roi', weight: 50, dwellMs: 60_000 }] })[0],
      'visited the site for the first time',
    );
  });
});
