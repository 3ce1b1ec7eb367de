import assert from 'node:assert/strict';
import { atLeast, atMost } from './bench.ts';
import { describeRun } from './describe-run.ts';

const run = {
  name: 'ingest',
  machine: { cpus: 2, model: 'Abacus', memoryGiB: 24, os: 'Linux 6', busyBefore: 0.01 },
  versions: { node: '24.0.0', leadlight: '0123456789ab' },
  rounds: 3,
  raw: [10_000, 12_000, 11_000].map((docsPerSecond, round) => ({ subject: 'ours', round, figures: { docsPerSecond } })),
  budget: [atLeast('documents/s', 11_000, 8_000), atMost('p99 ms', 40, 30)],
  ok: false,
};

describe('a benchmark for people', () => {
  it('shows the medians, and each line of the budget with whether it holds', () => {
    const text = describeRun(run);
    assert.match(text, /ours {2}docsPerSecond {2}11,000/);
    assert.match(text, /✔ {2}documents\/s {2}11,000 {2}\(limit 8,000\)/);
    assert.match(text, /✖ {2}p99 ms {7}40 {6}\(limit 30\)/);
    assert.match(text, /does not hold/);
  });

  it('shows what the medians say beside each other', () => {
    const text = describeRun({ ...run, compared: [{ subject: 'ours', figures: { timesTheLimit: 0.75 } }] });
    assert.match(text, /Compared:\nours {2}timesTheLimit {2}0\.75/);
  });
});
