import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { tellAgo, tellCount, tellDuration, tellOffset, tellPoints } from './words.ts';

describe('the words for times and counts', () => {
  it('tells a duration in the two largest units that matter', () => {
    assert.equal(tellDuration(400), '0 s');
    assert.equal(tellDuration(125_000), '2 min 5 s');
    assert.equal(tellDuration(120_000), '2 min');
    assert.equal(tellDuration(754_000), '12 min');
    assert.equal(tellDuration(3_780_000), '1 h 3 min');
  });

  it('tells a position in a replay as a player does', () => {
    assert.equal(tellOffset(65_400), '1:05');
    assert.equal(tellOffset(3_723_000), '1:02:03');
  });

  it('tells how long ago, and a date once it is long ago', () => {
    const now = Date.parse('2026-11-20T12:00:00Z');
    assert.equal(tellAgo('2026-11-20T11:59:30Z', now), 'just now');
    assert.equal(tellAgo('2026-11-20T11:57:00Z', now), '3 min ago');
    assert.equal(tellAgo('2026-11-20T09:00:00Z', now), '3 h ago');
    assert.equal(tellAgo('2026-11-19T09:00:00Z', now), 'yesterday');
    assert.equal(tellAgo('2026-11-15T12:00:00Z', now), '5 days ago');
    assert.match(tellAgo('2026-08-15T12:00:00Z', now), /2026/);
  });

  it('signs points and counts things', () => {
    assert.equal(tellPoints(12), '+12');
    assert.equal(tellPoints(-5), '−5');
    assert.equal(tellCount(1, 'visit'), '1 visit');
    assert.equal(tellCount(3, 'visit'), '3 visits');
  });
});
