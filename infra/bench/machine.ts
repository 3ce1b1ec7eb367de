import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

export interface Machine {
  readonly cpus: number;
  readonly model: string;
  readonly memoryGiB: number;
  readonly os: string;
}

export function machine(): Machine {
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  return { cpus: availableParallelism(), model, memoryGiB: Math.round(totalmem() / 2 ** 30), os: `${type()} ${release()}` };
}

/** Share of all processors that was busy during `ms`, 0 to 1. The load average would still tell of the minute before. */
export async function busyShare(ms = 1_000): Promise<number> {
  const before = times();
  await delay(ms);
  const after = times();
  const total = after.total - before.total;
  return total === 0 ? 0 : 1 - (after.idle - before.idle) / total;
}

function times() {
  const all = cpus().map((cpu) => cpu.times);
  const idle = all.reduce((sum, cpu) => sum + cpu.idle, 0);
  return { idle, total: all.reduce((sum, { user, nice, sys, idle: rest, irq }) => sum + user + nice + sys + rest + irq, 0) };
}
