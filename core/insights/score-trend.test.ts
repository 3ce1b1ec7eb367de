import assert from 'node:assert/strict';
import { dayMs } from './build-timeline.ts';
import { scoreTrend } from './score-trend.ts';

const now = new Date('2026-05-20T12:00:00.000Z');
const ago = (days: number, value: number) => ({ value, at: new Date(now.getTime() - days * dayMs) });

describe('The trend of a score', () => {
  it('is rising for a contact who was not known before', () => {
    assert.equal(scoreTrend([], { value: 44, at: now }), 'rising');
    assert.equal(scoreTrend([ago(1, 40)], { value: 44, at: now }), 'rising');
  });

  it('is falling while nobody comes back', () => {
    assert.equal(scoreTrend([ago(6, 85), ago(3, 76), ago(1, 70)], { value: 66, at: now }), 'falling');
  });

  it('is steady within five points, whatever the order of the history', () => {
    assert.equal(scoreTrend([ago(4, 62), ago(20, 5)], { value: 60, at: now }), 'steady');
    assert.equal(scoreTrend([ago(20, 5), ago(4, 62)], { value: 60, at: now }), 'steady');
    assert.equal(scoreTrend([], { value: 2, at: now }), 'steady');
  });
});
