import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAdmission, type Visit } from './admission.ts';

const limits = { atOnce: 8, workBytes: 8000, waiting: 40, wireBytes: 10_000, patienceMs: 3000 };
const here = () => false;

describe('who is let in to ingest', () => {
  let now: number;
  const open = () => createAdmission(limits, () => now);
  beforeEach(() => {
    now = 0;
  });

  /** Ends as the turn does: `in`, or the code of the refusal. */
  const enter = (visit: Visit, bytes = 1, isGone = here) => {
    const seen = { end: 'waits' };
    const end = (error: unknown) => {
      seen.end = error instanceof Error && 'code' in error ? String(error.code) : 'bug';
    };
    try {
      const turn = visit.turn(bytes, isGone);
      if (turn === undefined) seen.end = 'in';
      else
        turn.then(() => {
          seen.end = 'in';
        }, end);
    } catch (error) {
      end(error);
    }
    return seen;
  };
  const many = (admission: ReturnType<typeof open>, site: string, count: number) =>
    Array.from({ length: count }, () => {
      const visit = admission.open(site);
      return { visit, seen: enter(visit) };
    });
  const count = (entered: readonly { seen: { end: string } }[], end: string) => entered.filter(({ seen }) => seen.end === end).length;
  const settle = () => new Promise(setImmediate);

  it('leaves room for others however much one site sends, and refuses that one first', () => {
    const admission = open();
    const greedy = many(admission, 'greedy', 200);
    assert.equal(count(greedy, 'in'), 4);
    const others = ['a', 'b', 'c'].flatMap((site) => many(admission, site, 1));
    assert.equal(count(others, 'in'), 3);
    assert.equal(count(greedy, 'waits'), 20);
    assert.equal(count(greedy, 'ingest-overloaded'), 176);
    assert.equal(count(many(admission, 'greedy', 1), 'site-over-share'), 1);
  });

  it('works on less of a large site at a time while others wait for it, and on more again when they do not', async () => {
    const admission = createAdmission({ ...limits, atOnce: 64, waiting: 1000 }, () => now);
    const round = (workMs: number, beside: boolean) => {
      const small = beside ? [admission.open('small')] : [];
      const entered = many(admission, 'large', 64);
      now += workMs;
      const taken = count(entered, 'in');
      // Those in the line first: so none of them gets in after all.
      for (const { visit } of entered.toReversed()) visit.close();
      for (const visit of small) visit.close();
      return taken;
    };
    round(10, true);
    const before = round(10, true);
    for (let slow = 0; slow < 20; slow += 1) round(200, true);
    assert.equal(before, 32);
    assert.equal(round(10, true), 8);
    for (let quick = 0; quick < 200; quick += 1) round(10, true);
    assert.equal(round(10, true), 32);
    for (let slow = 0; slow < 20; slow += 1) round(200, true);
    now += 5000;
    assert.equal(round(10, false), 32);
    await settle();
  });

  it('serves the lines in turn, each in its own order', async () => {
    const admission = open();
    const first = many(admission, 'first', 4 + 6);
    const second = many(admission, 'second', 2 + 3);
    const order: string[] = [];
    const waiting = [...first, ...second].filter(({ seen }) => seen.end === 'waits');
    const served = new Set([...first, ...second].filter(({ seen }) => seen.end === 'in'));
    while (served.size > 0) {
      const [one] = served;
      if (one === undefined) break;
      served.delete(one);
      one.visit.close();
      await settle();
      for (const each of waiting)
        if (each.seen.end === 'in' && !order.includes(String(waiting.indexOf(each)))) {
          order.push(String(waiting.indexOf(each)));
          served.add(each);
        }
    }
    assert.equal(order.length, waiting.length);
    assert.deepEqual(
      order.filter((at) => Number(at) < 6),
      ['0', '1', '2', '3', '4', '5'],
    );
    assert.ok(order.findIndex((at) => Number(at) >= 6) <= 1, order.join());
    assert.deepEqual(admission.facts(), { working: 0, waiting: 0, sites: 0, wireBytes: 0 });
  });

  it('counts what a body will be, so that few large ones are as much as many small ones', () => {
    const admission = open();
    const [one, two] = [admission.open('a'), admission.open('a')];
    assert.equal(enter(one, 4000).end, 'in');
    assert.equal(enter(two, 4000).end, 'waits');
    assert.equal(enter(admission.open('b'), 4000).end, 'in');
  });

  it('takes no more bytes than there is room for, the least of them from the greediest', () => {
    const admission = open();
    const greedy = admission.open('greedy');
    greedy.hold(5000);
    assert.throws(() => admission.open('greedy').hold(1000), { code: 'ingest-overloaded', retryAfterMs: 2000 });
    const other = admission.open('other');
    other.hold(2000);
    assert.throws(() => greedy.hold(100), { kind: 'tooMany', code: 'site-over-share' });
    other.close();
    greedy.close();
    assert.equal(admission.facts().wireBytes, 0);
  });

  it('tells whoever waited too long to come again, and lets nobody in who left', async () => {
    const admission = open();
    const working = many(admission, 'a', 4);
    const left = { now: false };
    const [patient, gone] = [admission.open('a'), admission.open('a')];
    const seen = [enter(patient), enter(gone, 1, () => left.now)];
    left.now = true;
    now = 2999;
    working[0]?.visit.close();
    await settle();
    assert.deepEqual(seen, [{ end: 'in' }, { end: 'ingest-overloaded' }]);
    const late = enter(admission.open('a'));
    now = 6000;
    for (const deadline = performance.now() + 10_000; late.end === 'waits' && performance.now() < deadline; ) await settle();
    assert.equal(late.end, 'ingest-overloaded');
  });

  it('has everything back, whatever came and went in whatever order', async () => {
    const step = fc.record({
      site: fc.constantFrom('a', 'b', 'c'),
      bytes: fc.integer({ min: 0, max: 9000 }),
      close: fc.nat(20),
      passMs: fc.nat(1000),
    });
    const run = fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
      const admission = open();
      const visits: Visit[] = [];
      for (const { site, bytes, close, passMs } of steps) {
        now += passMs;
        const visit = admission.open(site);
        visits.push(visit);
        try {
          visit.hold(bytes);
          enter(visit, Math.min(bytes, 8000));
        } catch {
          // Refused: closed like all others.
        }
        const { working, waiting, wireBytes } = admission.facts();
        assert.ok(working <= limits.atOnce && waiting <= limits.waiting && wireBytes <= limits.wireBytes);
        for (const over of visits.splice(0, Math.max(0, close - 10))) over.close();
      }
      while (visits.length > 0) {
        visits.shift()?.close();
        await settle();
      }
      const { working, waiting, sites, wireBytes } = admission.facts();
      assert.deepEqual({ working, sites, wireBytes, waiting }, { working: 0, sites: 0, wireBytes: 0, waiting: 0 });
    });
    await fc.assert(run, { numRuns: 200 });
  });
});
