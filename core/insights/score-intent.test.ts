import assert from 'node:assert/strict';
import { buildTimeline, dayMs, type SummarisedSession } from './build-timeline.ts';
import { exampleNow, exampleSessions, exampleTimeline } from './example-timeline.ts';
import { defaultWeights } from './intent-weights.ts';
import { scoreIntent } from './score-intent.ts';

const scoreOf = (sessions: readonly SummarisedSession[], now = exampleNow) =>
  scoreIntent(buildTimeline(sessions, now), defaultWeights, now);
describe('An intent score', () => {
  it('gives five short days more than one long visit', () => {
    const pages = [
      { path: '/product', seconds: 60 },
      { path: '/features/sso', seconds: 60 },
    ];
    const long = exampleSessions([{ daysAgo: 0, pages: Array.from({ length: 5 }, () => pages).flat() }]);
    const days = exampleSessions([0, 1, 2, 3, 4].map((daysAgo) => ({ daysAgo, pages })));
    assert.ok(scoreOf(days).value > scoreOf(long).value + 5);
  });

  it('leads from each reason to the moment in the replay', () => {
    const { reasons } = scoreOf(
      exampleSessions([
        {
          daysAgo: 1,
          pages: [
            { path: '/', seconds: 20 },
            { path: '/pricing', title: 'Pricing', seconds: 120 },
          ],
        },
      ]),
    );
    const [pricing] = reasons;
    assert.deepEqual(pricing, {
      points: pricing?.points,
      text: 'Spent 2 min on pricing',
      at: '2026-05-19T11:58:00.000Z',
      sessionId: 'session-0',
      offsetMs: 20_000,
    });
  });

  it('tells what was repeated as one reason', () => {
    const visit = { pages: [{ path: '/pricing', seconds: 40 }] };
    const { reasons } = scoreOf(exampleSessions([0, 3, 6].map((daysAgo) => ({ ...visit, daysAgo }))));
    assert.deepEqual(
      reasons.map(({ text }) => text),
      [
        'Spent 40 s on pricing, and more on 2 other visits',
        'Came back on 3 days in the last 30',
        'Looked at 1 page for 40 s, and more on 2 other visits',
      ],
    );
  });

  it('counts the goal pages of the workspace once they were looked at long enough', () => {
    const weights = { ...defaultWeights, goalPages: [{ path: '/roi/*', weight: 100, dwellMs: 20_000 }] };
    const value = (seconds: number) => {
      const timeline = exampleTimeline([{ daysAgo: 0, pages: [{ path: '/roi/calculator', title: 'ROI', seconds }] }]);
      return scoreIntent(timeline, weights, exampleNow);
    };
    assert.equal(value(30).band, 'high');
    assert.equal(value(30).reasons[0]?.text, 'Spent 30 s on “ROI”');
    assert.equal(value(10).band, 'low');
  });

  it('halves what a visit counts after a half-life', () => {
    const sessions = exampleSessions([{ daysAgo: 0, pages: [{ path: '/pricing', seconds: 60 }] }]);
    const raw = (value: number) => -Math.log(1 - value / 100);
    const half = raw(scoreOf(sessions, new Date(exampleNow.getTime() + 7 * dayMs)).value) / raw(scoreOf(sessions).value);
    assert.ok(Math.abs(half - 0.5) < 0.03, `${half}`);
  });
});
