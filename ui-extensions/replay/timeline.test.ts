import assert from 'node:assert/strict';
import { EventType, type eventWithTime, IncrementalSource } from 'rrweb';
import { idleAt, readTimeline, tabAt } from './timeline.ts';

const start = 1_790_000_000_000;
const scroll = (ms: number): eventWithTime => ({
  type: EventType.IncrementalSnapshot,
  timestamp: start + ms,
  data: { source: IncrementalSource.Scroll, id: 1, x: 0, y: 0 },
});
const page = (ms: number): eventWithTime => ({ type: EventType.Meta, timestamp: start + ms, data: { href: '', width: 1, height: 1 } });

describe('the timeline of a session', () => {
  it('places every tab in the time of the session, and leaves out a tab in which nothing can be played', () => {
    const timeline = readTimeline([[page(4_000), scroll(9_000)], [], [page(0), scroll(6_000)]]);
    assert.deepEqual(
      timeline.tabs.map(({ startMs, endMs }) => [startMs, endMs]),
      [
        [0, 6_000],
        [4_000, 9_000],
      ],
    );
    assert.equal(timeline.endMs, 9_000);
  });

  it('calls a pause of more than five seconds idle, a second after it began and until a second before it ends', () => {
    const [tab] = readTimeline([[page(0), scroll(1_000), scroll(5_500), scroll(20_000)]]).tabs;
    assert.ok(tab);
    assert.deepEqual(tab.idle, [{ startMs: 6_500, endMs: 19_000 }]);
    assert.equal(idleAt(tab, 6_400), null);
    assert.deepEqual(idleAt(tab, 10_000), tab.idle[0]);
    assert.equal(idleAt(tab, 19_000), null);
  });

  it('stays in the tab that is watched, and goes to one that has the moment when it has not', () => {
    const timeline = readTimeline([
      [page(0), scroll(6_000)],
      [page(4_000), scroll(9_000)],
      [page(20_000), scroll(30_000)],
    ]);
    assert.equal(tabAt(timeline, 5_000, 0), 0);
    assert.equal(tabAt(timeline, 5_000, 1), 1);
    assert.equal(tabAt(timeline, 8_000, 0), 1);
    assert.equal(tabAt(timeline, 12_000, 0), 2);
    assert.equal(tabAt(timeline, 99_000, 0), 2);
  });
});
