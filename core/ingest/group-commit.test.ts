import assert from 'node:assert/strict';
import { Failure } from '#contract/failure.ts';
import { createGroupCommit } from './group-commit.ts';

/** A store that writes when it is told to, and remembers what it was asked. */
function slowStore() {
  const asked: number[][] = [];
  const turns: PromiseWithResolvers<void>[] = [];
  const commit = (items: readonly number[]) => {
    asked.push([...items]);
    const turn = Promise.withResolvers<void>();
    turns.push(turn);
    return turn.promise;
  };
  /** Waits until the store was asked for the n-th time. */
  const turn = async (n: number): Promise<PromiseWithResolvers<void>> => {
    for (;;) {
      const found = turns[n];
      if (found !== undefined) return found;
      await new Promise(setImmediate);
    }
  };
  return { asked, commit, turn };
}

const outcomesOf = async (adds: readonly Promise<void>[]) => (await Promise.allSettled(adds)).map(({ status }) => status === 'fulfilled');
const busy = () => new Failure('busy', 'Away.', { code: 'database-away', retryAfterMs: 3000 });

describe('a group commit', () => {
  it('writes requests of one moment together, and those that come meanwhile together after them', async () => {
    const { asked, commit, turn } = slowStore();
    const commits = createGroupCommit(commit);
    const first = [1, 2, 3].map((n) => commits.add(n));
    await turn(0);
    const second = [4, 5].map((n) => commits.add(n));
    assert.deepEqual(asked, [[1, 2, 3]]);
    (await turn(0)).resolve();
    await Promise.all(first);
    (await turn(1)).resolve();
    await Promise.all(second);
    assert.deepEqual(asked, [
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('tells nobody that it is written before it is', async () => {
    const { commit, turn } = slowStore();
    const commits = createGroupCommit(commit);
    let told = false;
    const added = commits.add(1).then(() => {
      told = true;
    });
    const { resolve } = await turn(0);
    await new Promise(setImmediate);
    assert.equal(told, false);
    resolve();
    await added;
    assert.equal(told, true);
  });

  it('does not fail the neighbours of a bad write', async () => {
    const written: number[] = [];
    const commits = createGroupCommit<number>(async (items) => {
      if (items.includes(13)) throw new Error('13 cannot be written');
      written.push(...items);
    });
    const adds = [11, 12, 13, 14].map((n) => commits.add(n));
    assert.deepEqual(await outcomesOf(adds), [true, true, false, true]);
    await assert.rejects(adds[2] ?? Promise.resolve(), /13 cannot be written/);
    assert.deepEqual(written, [11, 12, 14]);
    await commits.add(15);
  });

  it('answers busy to those who come when too many wait already, and takes them again later', async () => {
    const { commit, turn, asked } = slowStore();
    const commits = createGroupCommit(commit);
    const first = commits.add(0);
    await turn(0);
    const waiting = Array.from({ length: 2000 }, (_, n) => commits.add(n + 1));
    await assert.rejects(commits.add(9999), { kind: 'busy', code: 'ingest-overloaded', retryAfterMs: 2000 });
    for (let n = 0; n <= 10; n += 1) (await turn(n)).resolve();
    await Promise.all([first, ...waiting]);
    assert.ok(asked.every((group) => group.length <= 200));
    const late = commits.add(10_000);
    (await turn(11)).resolve();
    await late;
  });

  it('asks a store that is away once, and refuses everybody who waits at once instead of one by one', async () => {
    const { commit, turn, asked } = slowStore();
    const commits = createGroupCommit(commit);
    const first = [1, 2, 3].map((n) => commits.add(n));
    const { reject } = await turn(0);
    const behind = Array.from({ length: 500 }, (_, n) => commits.add(n + 10));
    reject(busy());
    assert.deepEqual(new Set(await outcomesOf([...first, ...behind])), new Set([false]));
    await assert.rejects(behind[499] ?? Promise.resolve(), { kind: 'busy', retryAfterMs: 3000 });
    assert.equal(asked.length, 1);
    const later = commits.add(1000);
    (await turn(1)).resolve();
    await later;
  });

  it('goes on one by one after a bad write only as long as the store is there', async () => {
    let calls = 0;
    const commits = createGroupCommit<number>(async (items) => {
      calls += 1;
      if (items.length > 1) throw new Error('one of them is bad');
      if (items[0] === 2) throw busy();
    });
    assert.deepEqual(await outcomesOf([1, 2, 3, 4].map((n) => commits.add(n))), [true, false, false, false]);
    assert.equal(calls, 3);
  });

  it('is drained when everything that was added is written or refused', async () => {
    const { commit, turn } = slowStore();
    const commits = createGroupCommit(commit);
    await commits.drain();
    const adds = [commits.add(1)];
    await turn(0);
    adds.push(commits.add(2));
    let drained = false;
    const drain = commits.drain().then(() => {
      drained = true;
    });
    (await turn(0)).resolve();
    await turn(1);
    assert.equal(drained, false);
    (await turn(1)).reject(new Error('not written'));
    await drain;
    assert.deepEqual(await outcomesOf(adds), [true, false]);
  });
});
