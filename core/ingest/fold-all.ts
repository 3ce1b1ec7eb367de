/** Folds arrivals whatever stands in the way of some of them: those go alone, and the others do not wait. */
import { setTimeout as delay } from 'node:timers/promises';
import { wakeWorkers } from '../jobs/wake.ts';
import type { Platform } from '../platform.ts';
import { storeAway } from '../store/store-away.ts';
import { type Arrival, ArrivalRow } from './arrival.ts';
import { foldGroup, TakenByOthersError } from './fold-group.ts';
import { keptMsOf } from './raw-event-days.ts';

/** Others write to the same rows all the time: jobs that run, visitors who are settled. */
class ContendedError extends Error {
  override readonly name = 'ContendedError';
}

const triesTogether = 2;
const triesAlone = 10;
const alreadyThere = 11000;

/** Never throws: what could not be folded stays in the log, for the next sweep. */
export async function foldAll(platform: Platform, arrivals: readonly Arrival[]): Promise<void> {
  if (arrivals.length === 0) return;
  try {
    const keptMs = await keptMsOf([...new Set(arrivals.map(({ workspaceId }) => workspaceId))]);
    await foldApart(platform, arrivals, keptMs);
  } catch (error) {
    platform.log.warn({ err: error, arrivals: arrivals.length }, 'arrivals could not be folded; they stay in the log');
  }
}

type KeptMs = ReadonlyMap<string, number>;

/** Together; where that does not go, in halves; a session that does not go alone is told in the log. */
async function foldApart(platform: Platform, arrivals: readonly Arrival[], keptMs: KeptMs): Promise<void> {
  const sessions = new Set(arrivals.map(({ sessionId }) => sessionId));
  try {
    await foldOnce(platform, { arrivals, keptMs }, sessions.size > 1 ? triesTogether : triesAlone);
  } catch (error) {
    if (error instanceof TakenByOthersError) return foldRest(platform, arrivals, keptMs);
    if (isAway(error)) throw error;
    if (sessions.size > 1) return foldHalves(platform, arrivals, keptMs);
    const [{ workspaceId, sessionId } = { workspaceId: '', sessionId: '' }] = arrivals;
    platform.log.error({ err: error, workspaceId, sessionId }, 'the arrivals of a session could not be folded; they stay in the log');
  }
}

async function foldHalves(platform: Platform, arrivals: readonly Arrival[], keptMs: KeptMs): Promise<void> {
  const bySession = [...Map.groupBy(arrivals, ({ sessionId }) => sessionId).values()];
  const middle = Math.ceil(bySession.length / 2);
  for (const half of [bySession.slice(0, middle), bySession.slice(middle)]) await foldApart(platform, half.flat(), keptMs);
}

async function foldRest(platform: Platform, arrivals: readonly Arrival[], keptMs: KeptMs): Promise<void> {
  const left = new Set<string>();
  for (const [workspaceId, rows] of Map.groupBy(arrivals, (arrival) => arrival.workspaceId)) {
    const ids = rows.map(({ _id }) => _id);
    for (const { _id } of await ArrivalRow.find({ workspaceId, _id: { $in: ids } }, { _id: 1 }).lean()) left.add(_id);
  }
  const rest = arrivals.filter(({ _id }) => left.has(_id));
  if (rest.length > 0) await foldApart(platform, rest, keptMs);
}

/** MongoDB asks for a conflicting transaction again at once, and again: after some tries, a smaller group is better. */
async function foldOnce(platform: Platform, group: Parameters<typeof foldGroup>[1], mostTries: number): Promise<void> {
  let tries = 0;
  await platform.store.inTransaction(async (session) => {
    tries += 1;
    if (tries > mostTries) throw new ContendedError(`${tries} tries`);
    if (tries > 2) await delay(Math.random() * 20 * tries);
    try {
      await foldGroup(platform, group, session);
    } catch (error) {
      // Two replicas that make the same row at the same moment.
      throw isTwice(error) ? new ContendedError('a row was made by another replica', { cause: error }) : error;
    }
  });
  wakeWorkers(platform);
}

function isTwice(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === alreadyThere;
}

function isAway(error: unknown): boolean {
  return !(error instanceof ContendedError) && storeAway(error) !== null;
}
