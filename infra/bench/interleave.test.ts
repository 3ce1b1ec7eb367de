import assert from 'node:assert/strict';
import { interleave, medianOf } from './interleave.ts';

describe('measuring several subjects', () => {
  it('takes turns, and starts each round with another one', async () => {
    const order: string[] = [];
    const subject = (name: string) => ({
      subject: name,
      measure: async () => {
        order.push(name);
        return { ms: order.length };
      },
    });
    const raw = await interleave(3, [subject('ours'), subject('theirs')]);
    assert.deepEqual(order, ['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs']);
    assert.deepEqual(raw[2], { subject: 'theirs', round: 1, figures: { ms: 3 } });
    assert.equal(medianOf(raw, 'ours', 'ms'), 4);
    assert.equal(medianOf(raw, 'theirs', 'ms'), 3);
  });
});
