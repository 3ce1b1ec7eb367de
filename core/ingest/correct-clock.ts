/** Moves a browser's moments onto the server's clock. */

const tolerableMs = 10_000;
const oldestMs = 24 * 3600 * 1000;
const newestMs = 60_000;

/** What to add to the browser's moments. Below ten seconds the difference is the network's, not the clock's. */
export function clockOffsetMs(sentAt: number, receivedAt: Date): number {
  const offset = receivedAt.getTime() - sentAt;
  return Math.abs(offset) > tolerableMs ? offset : 0;
}

/** Keeps a moment within a day before and a minute after the batch was received. */
export function correctMoment(at: number, offsetMs: number, receivedAt: Date): Date {
  const received = receivedAt.getTime();
  return new Date(Math.min(Math.max(at + offsetMs, received - oldestMs), received + newestMs));
}
