/** Folds arrivals whatever stands in the way of some of them: those go alone, and the others do not wait. */
import { setTimeout as delay } from 'node:timers/promises';
import { wakeWorkers } from '../jobs/wake.ts';
import type { Platform } from '../platform.ts';
import { answerInTime } from '../store/answer-in-time.ts';
import { storeAway } from '../store/store-away.ts';
import { type Arrival, ArrivalRow, among } from './arrival.ts';
import { foldGroup, TakenByOthersError } from './fold-group.ts';
import { keptMsOf } from './raw-event-days.ts';

/** Others write to the same rows all the time: jobs that run, visitors who are settled. */
class ContendedError extends Error {
  override readonly name = 'ContendedError';
}

const triesTogether = 2;
const triesAlone = 10;
const alreadyThere = 11000;
/** Of one group, with all its tries. */
const patienceMs = 30_000;

/** Never throws: what could not be folded stays in the log, for the next sweep. */
export async function foldAll(platform: Platform, arrivals: readonly Arrival[]): Promise<void> {
  if (arrivals.length === 0) return;
  try {
    const keptMs = await keptMsOf([...new Set(arrivals.map(({ workspaceId }) => workspaceId))]);
    const contended = new Set<string>();
    await foldApart(platform, arrivals, { keptMs, contended });
    tellContended(platform, contended);
  } catch (error) {
    platform.log.warn({ err: error, arrivals: arrivals.length }, 'arrivals could not be folded; they stay in the log');
  }
}

/** A replica that ended in the middle of a transaction holds its rows until MongoDB ends that too: told once, not by each sweep. */
function tellContended(platform: Platform, { size: sessions }: ReadonlySet<string>): void {
  if (sessions > 0 && !isTold)
    platform.log.warn({ sessions }, 'sessions are held by another writer; their arrivals wait for the next sweep');
  isTold = sessions > 0;
}

let isTold = false;

interface Run {
  readonly keptMs: ReadonlyMap<string, number>;
  /** Sessions that somebody else holds. */
  readonly contended: Set<string>;
}

/** Together; where that does not go, in halves; a session that does not go alone is told in the log. */
async function foldApart(platform: Platform, arrivals: readonly Arrival[], run: Run): Promise<void> {
  const sessions = new Set(arrivals.map(({ sessionId }) => sessionId));
  try {
    // Where one is held for long, others are too.
    const isPatient = sessions.size === 1 && run.contended.size === 0;
    await foldOnce(platform, { arrivals, keptMs: run.keptMs }, isPatient ? triesAlone : triesTogether);
  } catch (error) {
    if (error instanceof TakenByOthersError) return foldRest(platform, arrivals, run);
    if (isAway(error)) throw error;
    if (sessions.size > 1) return foldHalves(platform, arrivals, run);
    const [{ workspaceId, sessionId } = { workspaceId: '', sessionId: '' }] = arrivals;
    if (error instanceof ContendedError) run.contended.add(sessionId);
    else platform.log.error({ err: error, workspaceId, sessionId }, 'the arrivals of a session could not be folded; they stay in the log');
  }
}

async function foldHalves(platform: Platform, arrivals: readonly Arrival[], run: Run): Promise<void> {
  const bySession = [...Map.groupBy(arrivals, ({ sessionId }) => sessionId).values()];
  const middle = Math.ceil(bySession.length / 2);
  for (const half of [bySession.slice(0, middle), bySession.slice(middle)]) await foldApart(platform, half.flat(), run);
}

async function foldRest(platform: Platform, arrivals: readonly Arrival[], run: Run): Promise<void> {
  const left = new Set<string>();
  for (const [workspaceId, rows] of Map.groupBy(arrivals, (arrival) => arrival.workspaceId)) {
    const ids = rows.map(({ _id }) => _id);
    for (const { _id } of await ArrivalRow.find({ workspaceId, _id: among(ids) }, { _id: 1 }).lean()) left.add(_id);
  }
  const rest = arrivals.filter(({ _id }) => left.has(_id));
  if (rest.length > 0) await foldApart(platform, rest, run);
}

/** MongoDB asks for a conflicting transaction again at once, and again: after some tries, a smaller group is better. */
async function foldOnce(platform: Platform, group: Parameters<typeof foldGroup>[1], mostTries: number): Promise<void> {
  let tries = 0;
  const folding = platform.store.inTransaction(async (session) => {
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
  await answerInTime(folding, patienceMs);
  wakeWorkers(platform);
}

function isTwice(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === alreadyThere;
}

function isAway(error: unknown): boolean {
  return !(error instanceof ContendedError) && storeAway(error) !== null;
}
