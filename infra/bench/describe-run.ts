import type { BenchResult } from './bench.ts';
import { medianOf } from './interleave.ts';
import type { Machine } from './machine.ts';

export interface BenchRun extends Omit<BenchResult, 'versions'> {
  readonly name: string;
  readonly machine: Machine & { readonly busyBefore: number };
  /** Version by part; `leadlight` is the commit, with `+changes` when the tree differs from it. */
  readonly versions: Readonly<Record<string, string>>;
  readonly ok: boolean;
}

/** A run for people: medians by subject, then the budget. */
export function describeRun({ name, machine, versions, rounds, raw, compared = [], budget, ok }: BenchRun): string {
  const parts = Object.entries(versions).map(([part, version]) => `${part} ${version}`);
  return [
    `${name}, medians of ${rounds} rounds`,
    `${machine.cpus} × ${machine.model}, ${machine.memoryGiB} GiB, ${machine.os}; ${parts.join(', ')}`,
    '',
    ...columns(raw.filter(({ round }) => round === 0).flatMap(({ subject, figures }) => rows(raw, subject, Object.keys(figures)))),
    ...(compared.length > 0 ? ['', 'Compared:'] : []),
    ...columns(compared.flatMap(({ subject, figures }) => Object.entries(figures).map(([name, one]) => [subject, name, readable(one)]))),
    '',
    ...columns(budget.map((one) => [one.holds ? '✔' : '✖', one.line, readable(one.measured), `(limit ${readable(one.limit)})`])),
    ok ? 'The budget holds.' : 'The budget does not hold.',
  ].join('\n');
}

function rows(raw: BenchResult['raw'], subject: string, figures: readonly string[]): string[][] {
  return figures.map((figure) => [subject, figure, readable(medianOf(raw, subject, figure))]);
}

function columns(table: readonly (readonly string[])[]): string[] {
  const width = (index: number) => Math.max(...table.map((row) => row[index]?.length ?? 0));
  return table.map((row) =>
    row
      .map((cell, index) => cell.padEnd(width(index)))
      .join('  ')
      .trimEnd(),
  );
}

function readable(figure: number): string {
  return figure.toLocaleString('en', { maximumSignificantDigits: 4 });
}
