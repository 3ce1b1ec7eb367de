import assert from 'node:assert/strict';
import type { ExamplePage } from '#core/sessions/summarise-example.ts';
import type { Timeline } from './build-timeline.ts';
import { exampleNow, exampleTimeline } from './example-timeline.ts';
import { defaultWeights } from './intent-weights.ts';
import { scoreIntent } from './score-intent.ts';
import { writeInsight } from './write-insight.ts';

const visit = (...pages: ExamplePage[]) => exampleTimeline([{ daysAgo: 0, pages }]);
function insightOf(timeline: Timeline, of: 'visit' | 'contact' = 'visit') {
  const session = of === 'visit' ? (timeline.sessions.at(-1) ?? null) : null;
  return writeInsight(timeline, session, scoreIntent(timeline, defaultWeights, exampleNow));
}
const pricing: ExamplePage = {
  path: '/pricing',
  title: 'Pricing | Acme',
  seconds: 60,
  deeds: [['pricing_engage', { plans: { Pro: 40_000, Team: 10_000 } }]],
};

describe('An insight written by rules', () => {
  it('says what happened, what to do next, and where to look', () => {
    const demo: ExamplePage = { path: '/demo', title: 'Demo', seconds: 40, deeds: [['form_submit', { formId: 'demo' }]] };
    const timeline = exampleTimeline([
      { daysAgo: 12, pages: [{ path: '/', seconds: 20 }] },
      { daysAgo: 0, pages: [pricing, { path: '/product', title: 'Product tour | Acme', seconds: 30 }, demo] },
    ]);
    assert.deepEqual(insightOf(timeline), {
      label: 'buying',
      confidence: 0.82,
      summary:
        'Came back after 12 days. Spent 1 min on pricing, longest on Pro, looked at “Product tour” for 30 s, and asked for a demo. 3 pages in 2 min.',
      nextStep: 'Call today to agree on a time for the demo, and talk about Pro, the plan they looked at longest.',
      moments: [
        { sessionId: 'session-1', offsetMs: 0, text: 'Spent 1 min on pricing, longest on Pro' },
        { sessionId: 'session-1', offsetMs: 60_000, text: 'Looked at “Product tour” for 30 s' },
        { sessionId: 'session-1', offsetMs: 91_000, text: 'Asked for a demo' },
      ],
      madeBy: 'rules',
    });
  });

  it('sums up several visits of a contact', () => {
    const product: ExamplePage = { path: '/product', title: 'Product tour | Acme', seconds: 30 };
    const timeline = exampleTimeline([
      { daysAgo: 40, pages: [{ path: '/blog/tips', title: 'Tips', seconds: 60 }] },
      { daysAgo: 4, pages: [{ path: '/pricing', seconds: 60 }] },
      { daysAgo: 0, pages: [{ path: '/pricing', seconds: 70 }, product] },
    ]);
    assert.equal(
      insightOf(timeline, 'contact').summary,
      '2 visits, the last on 20 May. Spent 2 min on pricing over 2 visits and looked at “Product tour” for 30 s. 3 min on the site in all.',
    );
  });

  it('says so when there was no visit', () => {
    const { label, summary, moments } = insightOf(exampleTimeline([]), 'contact');
    assert.deepEqual({ label, summary, moments }, { label: 'unclear', summary: 'No visit yet.', moments: [] });
  });

  it('follows up on what was searched for', () => {
    const docs: ExamplePage = { path: '/docs', title: 'Docs', seconds: 60, deeds: [['search_query', { query: 'single sign-on' }]] };
    const { summary, nextStep } = insightOf(visit(docs));
    assert.match(summary, /searched for “single sign-on”/u);
    assert.match(nextStep, /“single sign-on”, which they searched for/u);
  });

  it('does not ask for a call about a demo that was asked for weeks before', () => {
    const timeline = exampleTimeline([
      { daysAgo: 20, pages: [{ path: '/demo', seconds: 40, deeds: [['demo_request', {}]] }] },
      { daysAgo: 0, pages: [{ path: '/blog/tips', title: 'Tips for calls', seconds: 90 }] },
    ]);
    assert.doesNotMatch(insightOf(timeline, 'contact').nextStep, /demo/u);
  });

  it('repeats no address, e-mail or control character of a hostile title', () => {
    const title = `Call\u202e me\n\u0000 at eve@evil.test or https://evil.test/x?y or www.evil.test or evil.com ${'now '.repeat(50)}`;
    const insight = insightOf(
      visit({ path: '/features/x', title, seconds: 60, deeds: [['search_query', { query: 'http://evil.test/a eve@evil.test' }]] }),
    );
    const all = JSON.stringify(insight);
    assert.doesNotMatch(all, /evil|https?:|www\.|@|\\u|\\n/u);
    assert.ok(insight.moments.every(({ text }) => [...text].length <= 80));
  });

  it('does not quote pages behind a sign-in, which greet people by name', () => {
    const insight = insightOf(
      visit({ path: '/account', title: 'Welcome back, Ada Park', seconds: 60 }, { path: '/help/sso', seconds: 60 }),
    );
    assert.doesNotMatch(JSON.stringify(insight), /Ada/u);
  });
});
