import assert from 'node:assert/strict';
import type { Band, IntentLabel } from '#contract/snapshot.ts';
import type { ExamplePage } from '#core/sessions/summarise-example.ts';
import { type ExampleSession, exampleNow, exampleTimeline } from './example-timeline.ts';
import { defaultWeights } from './intent-weights.ts';
import { scoreIntent } from './score-intent.ts';
import { writeInsight } from './write-insight.ts';

const pricing = (seconds: number): ExamplePage => ({ path: '/pricing', title: 'Pricing | Acme', seconds, scroll: 80 });
const product = (seconds: number): ExamplePage => ({ path: '/product', title: 'Product tour | Acme', seconds });
const blog = (seconds: number): ExamplePage => ({ path: '/blog/ten-tips', title: 'Ten tips for better meetings | Acme', seconds });
const home = (seconds: number): ExamplePage => ({ path: '/', title: 'Acme', seconds });
const demo = (seconds: number, sent: boolean): ExamplePage => ({
  path: '/demo',
  title: 'Book a demo | Acme',
  seconds,
  deeds: [['form_start', { formId: 'demo-form' }], ...(sent ? [['form_submit', { formId: 'demo-form' }] as const] : [])],
});
const today = (...pages: ExamplePage[]): ExampleSession[] => [{ daysAgo: 0, pages }];

interface Walk {
  readonly tale: string;
  readonly visits: readonly ExampleSession[];
  readonly band: Band;
  readonly label: IntentLabel;
  readonly atLeast?: number;
  readonly atMost?: number;
}

const walks: readonly Walk[] = [
  {
    tale: 'opens a campaign link to pricing, looks at the product, and sends the demo form',
    visits: today(pricing(60), product(30), demo(40, true)),
    band: 'high',
    label: 'buying',
    atLeast: 80,
  },
  { tale: 'asks for a demo straight away', visits: today(demo(45, true)), band: 'high', label: 'buying' },
  { tale: 'looks at pricing and product for 15 s each', visits: today(pricing(15), product(15)), band: 'medium', label: 'evaluating' },
  { tale: 'looks at pricing and product for 30 s each', visits: today(pricing(30), product(30)), band: 'medium', label: 'evaluating' },
  { tale: 'looks at pricing and product for a minute each', visits: today(pricing(60), product(60)), band: 'medium', label: 'evaluating' },
  { tale: 'bounces off one blog article', visits: today(blog(4)), band: 'low', label: 'unclear', atMost: 5 },
  { tale: 'reads one blog article for three minutes', visits: today(blog(180)), band: 'low', label: 'researching', atMost: 14 },
  { tale: 'opens only pricing and leaves at once', visits: today(pricing(2)), band: 'low', label: 'unclear', atLeast: 5 },
  {
    tale: 'looks for a job',
    visits: today(
      home(10),
      { path: '/careers', title: 'Careers', seconds: 60 },
      { path: '/careers/designer', title: 'Designer', seconds: 90 },
    ),
    band: 'low',
    label: 'job-seeking',
    atMost: 5,
  },
  {
    tale: 'applies for a job after a look at the product',
    visits: today(product(30), {
      path: '/jobs/designer',
      title: 'Designer',
      seconds: 120,
      deeds: [['form_submit', { formId: 'application' }]],
    }),
    band: 'low',
    label: 'job-seeking',
  },
  {
    tale: 'has a problem and reads the help pages',
    visits: today({ path: '/help/sso', title: 'Setting up SSO | Help', seconds: 90 }, { path: '/help/saml', title: 'SAML', seconds: 60 }),
    band: 'low',
    label: 'supporting',
    atMost: 5,
  },
  {
    tale: 'compares with a competitor, then looks at pricing',
    visits: today({ path: '/compare/acme-vs-foo', title: 'Acme vs Foo', seconds: 50 }, pricing(40)),
    band: 'medium',
    label: 'comparing',
  },
  {
    tale: 'starts the demo form after pricing and gives up',
    visits: today(pricing(40), product(20), demo(20, false)),
    band: 'medium',
    label: 'evaluating',
  },
  {
    tale: 'puts shoes in the cart and leaves the checkout',
    visits: today(
      { path: '/products/shoes', title: 'Shoes', seconds: 40, deeds: [['add_to_cart', { productName: 'Shoes' }]] },
      { path: '/checkout', title: 'Checkout', seconds: 30, deeds: [['begin_checkout', { valueMinor: 9900, currency: 'EUR' }]] },
    ),
    band: 'high',
    label: 'buying',
  },
  {
    tale: 'buys',
    visits: today(
      { path: '/products/shoes', title: 'Shoes', seconds: 40, deeds: [['add_to_cart', { productName: 'Shoes' }]] },
      { path: '/checkout', title: 'Checkout', seconds: 50 },
      { path: '/thanks', title: 'Thank you', seconds: 5, deeds: [['purchase', { orderId: '7', valueMinor: 9900, currency: 'EUR' }]] },
    ),
    band: 'high',
    label: 'buying',
    atLeast: 85,
  },
  {
    tale: 'looks at pricing on three days of this week',
    visits: [0, 2, 4].map((daysAgo) => ({ daysAgo, pages: [pricing(40), product(20)] })),
    band: 'medium',
    label: 'evaluating',
    atLeast: 60,
  },
  {
    tale: 'looked at pricing every day of this week',
    visits: [0, 1, 2, 3, 4].map((daysAgo) => ({ daysAgo, pages: [pricing(40), product(20)] })),
    band: 'high',
    label: 'evaluating',
  },
  {
    tale: 'asked for a demo three weeks ago and never came back',
    visits: [{ daysAgo: 21, pages: [pricing(60), product(30), demo(40, true)] }],
    band: 'low',
    label: 'buying',
  },
  {
    tale: 'reads the documentation for a long time',
    visits: today({ path: '/docs/api', title: 'API reference', seconds: 300 }, { path: '/docs/sdk', title: 'SDK', seconds: 200 }),
    band: 'low',
    label: 'researching',
  },
  {
    tale: 'sends the contact form after reading pricing',
    visits: today(pricing(30), { path: '/contact', title: 'Contact', seconds: 60, deeds: [['form_submit', { formId: 'contact-sales' }]] }),
    band: 'high',
    label: 'buying',
  },
  { tale: 'was never here', visits: [], band: 'low', label: 'unclear', atMost: 0 },
];

describe('A contact who', () => {
  for (const { tale, visits, band, label, atLeast = 0, atMost = 100 } of walks) {
    it(`${tale} is ${label}, with a ${band} score`, () => {
      const timeline = exampleTimeline(visits);
      const score = scoreIntent(timeline, defaultWeights, exampleNow);
      const insight = writeInsight(timeline, timeline.sessions.at(-1) ?? null, score);
      assert.equal(score.band, band, `${score.value}: ${JSON.stringify(score.reasons)}`);
      assert.equal(insight.label, label);
      assert.ok(score.value >= atLeast && score.value <= atMost, `${score.value}`);
    });
  }
});
