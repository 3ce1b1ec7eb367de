import assert from 'node:assert/strict';
import { exampleSummary } from '#core/sessions/summarise-example.ts';
import { buildTimeline, natureOf } from './build-timeline.ts';
import { exampleNow, exampleSessions, exampleTimeline } from './example-timeline.ts';

const start = new Date('2026-05-01T10:00:00.000Z');

describe('A timeline', () => {
  it('lists each session once, oldest first, in its newest state', () => {
    const [newer, older] = exampleSessions([1, 9].map((daysAgo) => ({ daysAgo, pages: [{ path: '/', seconds: 30 }] })));
    assert.ok(newer && older);
    const grown = { ...newer, lastEventAt: new Date(newer.lastEventAt.getTime() + 1000), endedAt: null };
    for (const input of [
      [newer, grown, older],
      [older, grown, newer],
    ]) {
      const { sessions } = buildTimeline(input, exampleNow);
      assert.deepEqual(
        sessions.map(({ sessionId, endedAt }) => [sessionId, endedAt]),
        [
          ['session-1', older.endedAt],
          ['session-0', null],
        ],
      );
    }
  });

  it('counts days, not visits, of the last 30', () => {
    const timeline = exampleTimeline([0, 0.1, 3, 29, 31].map((daysAgo) => ({ daysAgo, pages: [{ path: '/', seconds: 30 }] })));
    assert.equal(timeline.sessions30d, 4);
    assert.equal(timeline.activeDays30d, 3);
    assert.equal(timeline.lastSeenAt?.toISOString(), '2026-05-20T12:00:00.000Z');
  });

  it('leaves out a session without a valid time', () => {
    const [session] = exampleSessions([{ daysAgo: 1, pages: [{ path: '/', seconds: 30 }] }]);
    assert.ok(session);
    assert.deepEqual(buildTimeline([{ ...session, startedAt: new Date(Number.NaN) }], exampleNow).sessions, []);
  });

  it('tells visits for a job or for help from visits that may become business', () => {
    const nature = (...paths: string[]) =>
      natureOf(
        exampleSummary(
          start,
          paths.map((path) => ({ path, seconds: 20 })),
        ),
      );
    assert.equal(nature('/careers', '/about'), 'careers');
    assert.equal(nature('/careers', '/about', '/team'), 'interest');
    assert.equal(nature('/careers', '/pricing'), 'interest');
    assert.equal(nature('/login', '/help/sso'), 'support');
    assert.equal(nature('/blog/tips'), 'generic');
    assert.equal(nature('/blog/tips', '/product'), 'interest');
    assert.equal(natureOf(exampleSummary(start, [{ path: '/pricing', seconds: 3 }])), 'bounce');
  });
});
