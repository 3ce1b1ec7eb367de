import assert from 'node:assert/strict';
import { loadTogether } from './load-together.ts';

describe('lookups of one moment', () => {
  it('share a query, and each gets its own row, also those that come while one is under way', async () => {
    const asked: (readonly number[])[] = [];
    const doubled = loadTogether<number, number>(async (keys) => {
      asked.push(keys);
      return keys.map((key) => (key === 0 ? null : key * 2));
    });
    const [one, two, none] = await Promise.all([doubled(1), doubled(2), doubled(0)]);
    assert.deepEqual([one, two, none, await doubled(4)], [2, 4, null, 8]);
    assert.deepEqual(asked, [[1, 2, 0], [4]]);
  });

  it('fail together, and the next ones do not', async () => {
    let isAway = true;
    const find = loadTogether<number, number>(async (keys) => {
      if (isAway) throw new Error('away');
      return keys;
    });
    await Promise.all([assert.rejects(find(1), /away/), assert.rejects(find(2), /away/)]);
    isAway = false;
    assert.equal(await find(3), 3);
  });
});
