/** Reads again from the database what one workspace missed: for a viewer who comes from another replica, or comes late. */
import type { Platform } from '../platform.ts';
import type { LiveItem } from './live-channel.ts';
import { isAfter, type Position, tellPosition } from './position.ts';
import { readChanges } from './read-changes.ts';
import { type Change, positionNow, watchChanges } from './watch-changes.ts';

/** Older than this, reading the state again is cheaper than telling all that happened. */
const oldestSeconds = 10 * 60;
/** Of all workspaces. */
const mostChanges = 20_000;
const awaitMs = 20;

/** News behind `after`, up to `until`; null when it is too much or too old. */
export async function catchUp(
  platform: Platform,
  workspaceId: string,
  { after, until }: { readonly after: Position; readonly until: Position },
): Promise<LiveItem[] | null> {
  const now = await positionNow(platform);
  if (now.t - after.t > oldestSeconds || isAfter(after, { ...now, n: Number.MAX_SAFE_INTEGER })) return null;
  const changes = await readSpan(platform, after, until).catch((error: unknown) => {
    platform.log.info({ err: error, after: tellPosition(after) }, 'what a live view missed can be read no more');
    return null;
  });
  if (changes === null) return null;
  const news = await readChanges(platform).read(changes, (id) => id === workspaceId);
  return news.map(({ item }) => item);
}

async function readSpan(platform: Platform, after: Position, until: Position): Promise<Change[] | null> {
  const watching = watchChanges(platform, after, awaitMs);
  const changes: Change[] = [];
  let whole = true;
  try {
    await watching.read((change) => {
      // Nothing more for now: `until` was told before, so all up to it has been read.
      if (change === null || isAfter(change.position, until)) return false;
      changes.push(change);
      whole = changes.length <= mostChanges;
      return whole;
    });
  } finally {
    await watching.stop();
  }
  return whole ? changes : null;
}
