/**
 * `node infra/bench/capacity.ts RESULT.json`: how many visits a number of replicas takes, from one measured run of the bench `ingest`
 * (`npm run bench -- ingest --json`). Prints the table of infra/docs/scale-out.md.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { medianOf } from './interleave.ts';

const result = z.object({
  machine: z.object({ busyBefore: z.number() }).loose(),
  raw: z.array(z.object({ subject: z.string(), round: z.number(), figures: z.record(z.string(), z.number()) })),
});

const ours = 'Leadlight ingest';
/** A replica is planned at half of what it can take: another one may be gone, and mornings are busier than nights. */
const planned = 0.5;
/** While a page is open the snippet sends a batch about every five seconds: of a visit of three active minutes, 36. */
const batchesPerVisit = 36;
/** The busiest hour of a day has about a tenth of its visits. */
const busiestHour = 0.1;
const replicas = [1, 2, 4, 8];

export interface CapacityRow {
  readonly replicas: number;
  readonly batchesPerSecond: number;
  readonly visitsPerDay: number;
}

/** @param measured batches a second that one replica took on the machine of the run. */
export function capacityRows(measured: number): CapacityRow[] {
  return replicas.map((count) => {
    const batchesPerSecond = Math.floor(measured * planned * count);
    return { replicas: count, batchesPerSecond, visitsPerDay: Math.floor((batchesPerSecond * 3600) / batchesPerVisit / busiestHour) };
  });
}

function tableOf(rows: readonly CapacityRow[]): string {
  const lines = rows.map(
    ({ replicas: count, batchesPerSecond, visitsPerDay }) => `| ${count} | ${figure(batchesPerSecond)} | ${figure(visitsPerDay)} |`,
  );
  return ['| replicas | batches a second, planned | visits a day |', '|---|---|---|', ...lines].join('\n');
}

function figure(value: number): string {
  return value.toLocaleString('en-GB');
}

if (import.meta.main) {
  const [file = ''] = process.argv.slice(2);
  const { raw, machine } = result.parse(JSON.parse(await readFile(file, 'utf8')));
  const measured = medianOf(raw, ours, 'requestsPerSecond');
  console.log(`Measured: ${figure(measured)} batches a second; the machine was ${Math.round(machine.busyBefore * 100)} % busy before.\n`);
  console.log(tableOf(capacityRows(measured)));
}
