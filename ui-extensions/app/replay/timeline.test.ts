import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { momentNow, timelineOf } from './timeline.ts';

const at = '2026-11-20T10:00:00Z';
const page = (pageId: string, title: string, offsetMs: number) => ({
  pageId,
  title,
  path: `/${pageId}`,
  at,
  offsetMs,
  activeMs: 1000,
  scrollDepth: null,
});

describe('the timeline of a replay', () => {
  const moments = timelineOf({
    pages: [page('home', 'Home', 0), page('pricing', '', 40_000)],
    marks: [
      { at, offsetMs: 40_000, type: 'page_view', text: 'Opened Pricing' },
      { at, offsetMs: 65_000, type: 'form_submit', text: 'Asked for a demo' },
      { at, offsetMs: -20, type: 'identify', text: 'Recognised' },
    ],
  });

  it('tells pages and events in the order of the replay, each once', () => {
    assert.deepEqual(
      moments.map(({ text }) => text),
      ['Home', 'Recognised', '/pricing', 'Asked for a demo'],
    );
  });

  it('knows which moment is playing', () => {
    assert.equal(momentNow(moments, 50_000)?.text, '/pricing');
    assert.equal(momentNow(moments, 999_000)?.text, 'Asked for a demo');
    assert.equal(momentNow([], 5), null);
  });
});
