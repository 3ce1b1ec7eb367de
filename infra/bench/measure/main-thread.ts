/** What the browser's own counters say of a page's main thread. */
import type { CDPSession, Page } from 'playwright-core';

export interface MainThread {
  readonly scriptMs: number;
  readonly taskMs: number;
  readonly layoutMs: number;
}

/**
 * Starts counting for this page: thread time, so that a neighbour who takes the processor is not counted as work of the page. The page must
 * be on the site's origin already, so that what it opens next stays in the process that counts.
 */
export async function countMainThread(page: Page): Promise<() => Promise<MainThread>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => readMetrics(session);
}

async function readMetrics(session: CDPSession): Promise<MainThread> {
  const { metrics } = await session.send('Performance.getMetrics');
  const by = new Map(metrics.map(({ name, value }) => [name, value]));
  const ms = (name: string) => Math.round((by.get(name) ?? Number.NaN) * 10_000) / 10;
  return {
    scriptMs: ms('ScriptDuration'),
    taskMs: ms('TaskDuration'),
    layoutMs: ms('LayoutDuration'),
  };
}

/** What is held after garbage was collected, in KiB. */
export async function heldHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return Math.round(usedSize / 1024);
}
