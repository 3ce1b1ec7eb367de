/** `npm run bench -- NAME --json`: runs one benchmark and holds it against its budget. Exits with 1 when the budget does not hold. */
import { parseArgs } from 'node:util';
import { findMongod } from '../setup/mongod.mjs';
import type { Bench } from './bench.ts';
import { withBenchTools } from './bench-tools.ts';
import { type BenchRun, describeRun } from './describe-run.ts';
import { findBenches } from './find-benches.ts';
import { busyShare, machine } from './machine.ts';
import { versions } from './versions.ts';

/** Above this share of busy processors, figures say more about the neighbours than about us. */
const idleShare = 0.1;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, only: { type: 'string', default: '' }, short: { type: 'boolean', default: false } },
});
const wanted = values.only.toLowerCase().split(',').filter(Boolean);
const benches = await findBenches();
const chosen = benches.find(({ name }) => name === positionals[0]);

if (chosen === undefined) {
  const known = benches.map(({ name, describe }) => `  ${name}: ${describe}`).join('\n');
  console.error(`${positionals[0] === undefined ? 'Name a benchmark' : `There is no benchmark "${positionals[0]}"`}:\n${known}`);
  process.exitCode = positionals[0] === undefined ? 0 : 1;
} else {
  const run = await measure(chosen);
  console.log(values.json ? JSON.stringify(run) : describeRun(run));
  process.exitCode = run.ok ? 0 : 1;
}

async function measure(bench: Bench): Promise<BenchRun> {
  const mongod = findMongod();
  if (mongod === undefined) throw new Error('There is no mongod on this machine: use npm run bench, which brings one.');
  const busyBefore = Number((await busyShare()).toFixed(2));
  if (busyBefore > idleShare) console.error(`The machine is ${Math.round(busyBefore * 100)} % busy: the figures will be too low.`);
  const result = await withBenchTools({ mongod, wanted, short: values.short }, (tools) => bench.run(tools));
  const ok = result.budget.every(({ holds }) => holds);
  const { versions: others = {}, ...figures } = result;
  return { name: bench.name, machine: { ...machine(), busyBefore }, versions: { ...versions(mongod), ...others }, ...figures, ok };
}
