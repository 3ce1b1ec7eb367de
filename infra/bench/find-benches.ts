import { glob } from 'node:fs/promises';
import path from 'node:path';
import { type Bench, bench } from './bench.ts';

/** All benchmarks: what the modules in benches/ export, by name. */
export async function findBenches(): Promise<Bench[]> {
  const folder = path.join(import.meta.dirname, 'benches');
  const found: Bench[] = [];
  for await (const file of glob('*.ts', { cwd: folder, exclude: ['*.test.ts'] })) {
    const exported: Record<string, unknown> = await import(path.join(folder, file));
    found.push(...Object.values(exported).flatMap((value) => bench.safeParse(value).data ?? []));
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}
