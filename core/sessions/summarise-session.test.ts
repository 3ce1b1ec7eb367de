import assert from 'node:assert/strict';
import fc from 'fast-check';
import { eventTypes } from '#contract/events.ts';
import { type ExamplePage, exampleSummary, exampleVisit } from './summarise-example.ts';
import { type StoredEvent, summariseSession } from './summarise-session.ts';

const start = new Date('2026-05-20T10:00:00.000Z');
const summaryOf = (...pages: ExamplePage[]) => exampleSummary(start, pages);
const arbitraryPage: fc.Arbitrary<ExamplePage> = fc.record({
  path: fc.constantFrom('/', '/pricing', '/product', '/demo', '/careers', '/checkout'),
  seconds: fc.integer({ min: 0, max: 300 }),
  engaged: fc.boolean(),
  deeds: fc.subarray<NonNullable<ExamplePage['deeds']>[number]>([
    ['form_start', { formId: 'demo' }],
    ['form_submit', { formId: 'contact-sales' }],
    ['search_query', { query: 'sso' }],
    ['add_to_cart', { productName: 'Shoes' }],
    ['custom', { name: 'opened chat' }],
  ]),
});
const goalsOf = (...pages: ExamplePage[]) => summaryOf(...pages).goals.map(({ kind, text }) => `${kind}: ${text}`);

describe('The summary of a session', () => {
  it('lists the pages with when, how long and how far they were read', () => {
    const summary = summaryOf(
      { path: '/pricing', title: '  Pricing \n| Acme ', seconds: 40, scroll: 81.6 },
      { path: '/app#/pricing/pro?x=1', title: '', seconds: 5 },
    );
    assert.deepEqual(summary.pages, [
      {
        pageId: 'page-0',
        title: 'Pricing | Acme',
        path: '/pricing',
        kind: 'pricing',
        at: start,
        offsetMs: 0,
        activeMs: 40_000,
        scrollDepth: 82,
      },
      {
        pageId: 'page-1',
        title: '/app#/pricing/pro',
        path: '/app#/pricing/pro',
        kind: 'pricing',
        at: new Date(start.getTime() + 40_000),
        offsetMs: 40_000,
        activeMs: 5000,
        scrollDepth: 50,
      },
    ]);
    assert.equal(summary.activeMs, 45_000);
    assert.deepEqual(summary.pageKinds, ['pricing']);
  });

  it('is the same for events that arrive late, in disorder and twice', () => {
    fc.assert(
      fc.property(fc.array(arbitraryPage, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat(1000)), (pages, ranks) => {
        const { events, times } = exampleVisit(start, pages);
        const twice = [...events, ...events]
          .map((event) => ({ event, rank: ranks.next().value }))
          .sort((one, other) => one.rank - other.rank);
        assert.deepEqual(
          summariseSession(
            twice.map(({ event }) => event),
            times,
          ),
          summariseSession(events, times),
        );
      }),
    );
  });

  it('never throws, whatever the events hold', () => {
    const event: fc.Arbitrary<StoredEvent> = fc.record({
      eid: fc.string(),
      type: fc.constantFrom(...eventTypes),
      at: fc.date({ noInvalidDate: false }),
      pageId: fc.constantFrom('a', 'b'),
      url: fc.oneof(fc.string(), fc.webUrl(), fc.constant('https://x.test/%E0%A4%A'), fc.constant('//')),
      props: fc.dictionary(
        fc.constantFrom('title', 'activeMs', 'scrollDepth', 'formId', 'query', 'plans', 'currency', 'valueMinor', 'name'),
        fc.anything(),
      ),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const summary = summariseSession(events, { startedAt: start, lastEventAt: start, endedAt: null });
        assert.ok(summary.activeMs >= 0 && summary.activeMs <= 3_600_000);
        assert.ok(summary.pages.every(({ offsetMs, title }) => Number.isInteger(offsetMs) && offsetMs >= 0 && [...title].length <= 200));
      }),
    );
  });

  it('takes the largest total that a page told, not the sum', () => {
    const { events, times } = exampleVisit(start, [{ path: '/pricing', seconds: 30 }]);
    const earlier = events.map((event) =>
      event.type === 'engagement'
        ? { ...event, eid: 'earlier', at: new Date(start.getTime() + 9000), props: { scrollDepth: 20, activeMs: 9000 } }
        : event,
    );
    assert.equal(summariseSession([...earlier, ...events], times).activeMs, 30_000);
  });

  it('estimates the pages of a live visit by the gaps between them, at most a minute each', () => {
    const { pages } = summaryOf(
      { path: '/', seconds: 20, engaged: false },
      { path: '/product', seconds: 200, engaged: false },
      { path: '/pricing', seconds: 10, engaged: false },
    );
    assert.deepEqual(
      pages.map(({ activeMs, scrollDepth }) => [activeMs, scrollDepth]),
      [
        [20_000, null],
        [60_000, null],
        [10_000, null],
      ],
    );
  });

  it('shows a page whose page view has not arrived yet', () => {
    const { events, times } = exampleVisit(start, [{ path: '/pricing', title: 'Pricing', seconds: 30 }]);
    const { pages } = summariseSession(
      events.filter(({ type }) => type !== 'page_view'),
      times,
    );
    assert.deepEqual(
      pages.map(({ title, activeMs }) => [title, activeMs]),
      [['/pricing', 30_000]],
    );
  });

  it('is a bounce for one page under ten seconds without a deed', () => {
    assert.equal(summaryOf({ path: '/pricing', seconds: 9 }).bounced, true);
    assert.equal(summaryOf({ path: '/pricing', seconds: 10 }).bounced, false);
    assert.equal(summaryOf({ path: '/', seconds: 2 }, { path: '/product', seconds: 2 }).bounced, false);
    assert.equal(summaryOf({ path: '/demo', seconds: 4, deeds: [['demo_request', {}]] }).bounced, false);
  });

  it('sums the time on pricing and names the plan that was looked at longest', () => {
    const plans: ExamplePage['deeds'] = [['pricing_engage', { plans: { Team: 4000, Pro: 30_000 } }]];
    assert.deepEqual(
      goalsOf({ path: '/pricing', seconds: 60, deeds: plans }, { path: '/', seconds: 5 }, { path: '/pricing', seconds: 62 }),
      ['pricing: Spent 2 min on pricing, longest on Pro'],
    );
    assert.deepEqual(goalsOf({ path: '/pricing', seconds: 1 }), ['pricing: Opened pricing']);
  });

  it('takes a form and the word for it as one deed', () => {
    const demo: ExamplePage = {
      path: '/demo',
      seconds: 30,
      deeds: [
        ['form_start', { formId: 'f1' }],
        ['form_submit', { formId: 'f1' }],
        ['demo_request', {}],
      ],
    };
    assert.deepEqual(goalsOf(demo), ['demoRequest: Asked for a demo']);
    const twice: ExamplePage['deeds'] = [
      ['form_submit', { formId: 'contactSales' }],
      ['form_submit', { formId: 'contactSales' }],
    ];
    assert.deepEqual(goalsOf({ path: '/contact', seconds: 30, deeds: twice }), ['formSubmit: Sent the contact sales form']);
  });

  it('tells forms by their id and their page', () => {
    const sent = (path: string, formId: string) =>
      goalsOf({ path, seconds: 20, deeds: [['form_submit', { formId }]] }).map((goal) => goal.split(':')[0]);
    assert.deepEqual(sent('/about', 'login-form'), []);
    assert.deepEqual(sent('/about', 'site_search'), []);
    assert.deepEqual(sent('/about', 'newsletterFooter'), ['newsletter']);
    assert.deepEqual(sent('/about', 'bookDemo'), ['demoRequest']);
    assert.deepEqual(sent('/careers/designer', 'contact'), ['jobApplication']);
    assert.deepEqual(sent('/support', 'contact'), ['supportRequest']);
    assert.deepEqual(sent('/signup', 'mktoForm_1021'), ['trialSignup']);
    assert.deepEqual(sent('/about', 'mktoForm_1021'), ['formSubmit']);
  });

  it('tells a form that was started and not sent', () => {
    assert.deepEqual(goalsOf({ path: '/demo', seconds: 20, deeds: [['form_start', { formId: 'demo' }]] }), [
      'formStart: Started the demo form without sending it',
    ]);
  });

  it('names what was ordered for, in the currency of the order', () => {
    const order = (props: Readonly<Record<string, unknown>>) => goalsOf({ path: '/thanks', seconds: 5, deeds: [['purchase', props]] });
    assert.deepEqual(order({ orderId: '7', valueMinor: 12_345, currency: 'EUR' }), ['purchase: Placed an order of €123.45']);
    assert.deepEqual(order({ orderId: '7', valueMinor: 500, currency: 'JPY' }), ['purchase: Placed an order of ¥500']);
    assert.deepEqual(order({ valueMinor: 500, currency: '1$!' }), ['purchase: Placed an order']);
  });

  it('marks searches, forms, rage clicks, errors and goals on the replay', () => {
    const { events, times } = exampleVisit(start, [
      {
        path: '/demo',
        seconds: 30,
        deeds: [
          ['search_query', { query: 'sso  ' }],
          ['form_start', { formId: 'demo' }],
          ['form_abandon', { formId: 'demo', lastField: 'company_size' }],
          ['custom', { name: 'opened chat' }],
          ['session_end', { pages: 1, durationMs: 1, activeMs: 1, errors: 2 }],
        ],
      },
    ]);
    const withRage = events.map((event) =>
      event.type === 'engagement' ? { ...event, props: { ...event.props, rageClicks: [{ selector: 'button.send', count: 5 }] } } : event,
    );
    const { marks, searches } = summariseSession(withRage, times);
    assert.deepEqual(
      marks.map(({ offsetMs, type, text }) => `${offsetMs} ${type} ${text}`),
      [
        '1000 search Searched for “sso”',
        '2000 goal Started the demo form without sending it',
        '3000 form Left the demo form at company size',
        '4000 custom opened chat',
        '5000 error 2 script errors during the visit',
        '30000 rageClick Clicked 5 times in a row on button.send',
      ],
    );
    assert.deepEqual(searches, ['sso']);
  });
});
