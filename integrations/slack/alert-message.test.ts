import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AlertSnapshot, bands, type Insight, intentLabels } from '#contract/snapshot.ts';
import { slackMessage } from '../testing/block-limits.ts';
import { anAlert, SESSION_ID } from '../testing/snapshots.ts';
import { actionIds, alertMessage } from './alert-message.ts';

function shownText(wish: Parameters<typeof anAlert>[0] = {}): string {
  return JSON.stringify(alertMessage(anAlert(wish)).blocks);
}

function buttonsOf(wish: Parameters<typeof anAlert>[0] = {}): string[] {
  return slackMessage
    .parse(alertMessage(anAlert(wish)))
    .blocks.flatMap((block) => (block.type === 'actions' ? block.elements.map(({ text }) => text.text) : []));
}

const insight: Insight = {
  label: 'evaluating',
  confidence: 0.82,
  summary: 'Compared the Team and Scale plans.',
  nextStep: 'Offer a call about the Team plan.',
  moments: [],
  madeBy: 'rules',
};

const iso = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '<!channel>', '*&<>'.repeat(3000), 'x'.repeat(9000)));
const url = fc.oneof(
  fc.webUrl({ withQueryParameters: true }),
  fc.constantFrom('', 'javascript:alert(1)', `https://x.example/${'p'.repeat(4000)}`),
);
const anyAlert: fc.Arbitrary<AlertSnapshot> = fc.record({
  sessionId: fc.uuid(),
  contactName: text,
  company: text,
  email: text,
  score: fc.integer({ min: 0, max: 100 }),
  band: fc.constantFrom(...bands),
  signal: text,
  reasons: fc.array(text),
  pages: fc.array(fc.record({ title: text, path: text, activeMs: fc.nat() }), { maxLength: 40 }),
  live: fc.boolean(),
  startedAt: iso,
  lastSeenAt: iso,
  insight: fc.option(
    fc.record({
      label: fc.constantFrom(...intentLabels),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      summary: text,
      nextStep: text,
      moments: fc.constant([]),
      madeBy: fc.constant('model' as const),
    }),
  ),
  replayUrl: url,
  contactUrl: url,
  crm: fc.option(fc.record({ title: text, url })),
  claimedBy: fc.option(text),
  snoozedUntil: fc.option(iso),
  notUseful: fc.boolean(),
});

describe('the Slack message about a visit', () => {
  it('tells who it is, why now, what they looked at, and what to do', () => {
    const { text: summary } = alertMessage(anAlert());
    assert.equal(summary, 'Ada Park (Northwind Robotics) is on your website. Intent score 72 (high). Came back and looked at pricing');
    const shown = shownText();
    assert.match(shown, /\*<https:\/\/leadlight\.example\.com\/contacts\/contact-1\|Ada Park>\* {2}· {2}Northwind Robotics/);
    assert.match(shown, /live now/);
    assert.match(shown, /ada\.park@northwind\.example/);
    assert.match(shown, /\*Intent score 72\* of 100 \(high\): Came back and looked at pricing\\n• Looked at pricing/);
    assert.match(shown, /• Pricing {2}\/pricing {2}_1 min 35 s_/);
    assert.match(shown, /\*2 pages\* in 2 min 5 s/);
    assert.match(shown, /<!date\^1793714520\^\{date_short_pretty\} \{time\}\|2026-11-03 14:02 UTC>/);
  });

  it('offers what can be done with it', () => {
    assert.deepEqual(buttonsOf(), ['Watch live', 'Open in HubSpot', 'Claim', 'Snooze 24 h', 'Not useful']);
    assert.deepEqual(buttonsOf({ live: false, crm: null }), ['Watch replay', 'Claim', 'Snooze 24 h', 'Not useful']);
  });

  it('gives back the session with each press', () => {
    const shown = shownText();
    for (const actionId of [actionIds.claim, actionIds.snooze, actionIds.notUseful]) {
      assert.match(shown, new RegExp(`"action_id":"${actionId}"[^}]*\\}[^}]*"value":"${SESSION_ID}"`));
    }
  });

  it('adds the insight once the visit is over', () => {
    const shown = shownText({ live: false, insight });
    assert.match(shown, /visit ended/);
    assert.match(shown, /\*Insight\*: evaluating \(82% sure\)\\nCompared the Team and Scale plans\.\\n\*Next step\*: Offer a call/);
  });

  it('shows who claimed it, and asks no more', () => {
    assert.match(shownText({ claimedBy: 'ada' }), /\*Claimed\* by ada/);
    assert.deepEqual(buttonsOf({ claimedBy: 'ada' }), ['Watch live', 'Open in HubSpot', 'Snooze 24 h', 'Not useful']);
  });

  it('shows until when it is snoozed', () => {
    assert.match(shownText({ snoozedUntil: '2026-11-04T14:02:00.000Z' }), /\*Snoozed\* until <!date\^1793800920\^/);
    assert.ok(!buttonsOf({ snoozedUntil: '2026-11-04T14:02:00.000Z' }).includes('Snooze 24 h'));
  });

  it('keeps only the links once it was not useful', () => {
    assert.match(shownText({ notUseful: true }), /Marked as \*not useful\*/);
    assert.deepEqual(buttonsOf({ notUseful: true }), ['Watch live', 'Open in HubSpot']);
  });

  it('shows the newest pages of a long visit', () => {
    const pages = Array.from({ length: 30 }, (_, index) => ({ title: `Page ${index}`, path: `/${index}`, activeMs: 1000 }));
    const shown = shownText({ pages });
    assert.match(shown, /_22 earlier_\\n• Page 22 /);
    assert.match(shown, /• Page 29 /);
  });

  it('does without what is not known', () => {
    const wish = { contactName: '', company: '', email: '', signal: '', reasons: [], pages: [], crm: null, replayUrl: '', contactUrl: '' };
    const message = slackMessage.parse(alertMessage(anAlert(wish)));
    assert.equal(message.text, 'A known contact is on your website. Intent score 72 (high).');
  });

  it('cannot be made to call, link or format by what a visitor or a page is called', () => {
    const evil = '<!channel> *now* <https://evil.example|click> @here';
    const page = { title: evil, path: evil, activeMs: 1 };
    const shown = shownText({
      contactName: evil,
      company: evil,
      email: evil,
      signal: evil,
      reasons: [evil],
      pages: [page],
      claimedBy: evil,
    });
    assert.doesNotMatch(shown, /<!channel|<https:\/\/evil|\*now\*/);
  });

  it('keeps to the limits of Slack, whatever it is told', () => {
    fc.assert(
      fc.property(anyAlert, (alert) => {
        const message = slackMessage.parse(alertMessage(alert));
        const links = JSON.stringify(message.blocks).match(/<[^>]*>/g) ?? [];
        assert.deepEqual(
          links.filter((link) => !/^<(https?:\/\/[^<>|]+\|[^<>|]*|!date\^\d+\^[^<>]+\|[^<>]+)>$/.test(link)),
          [],
        );
      }),
      { numRuns: 200 },
    );
  });
});
