import assert from 'node:assert/strict';
import { planVisit, viewport, visitMs } from './plan-visit.ts';

describe('the planned visit', () => {
  it('is the same for the same seed, and another for another', () => {
    assert.deepEqual(planVisit(7), planVisit(7));
    assert.notDeepEqual(planVisit(7), planVisit(8));
  });

  it('holds all that people do, in the order of time, within its six seconds and its window', () => {
    const steps = planVisit(7);
    assert.deepEqual(new Set(steps.map(({ kind }) => kind)), new Set(['move', 'wheel', 'click', 'key']));
    assert.deepEqual(
      steps.map(({ atMs }) => atMs),
      steps.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
    );
    for (const step of steps) {
      assert.ok(step.atMs >= 0 && step.atMs < visitMs);
      if (step.kind === 'move') assert.ok(step.x > 0 && step.x < viewport.width && step.y > 0 && step.y < viewport.height);
    }
  });
});
