/** Reads the change stream as long as the process wants it, through errors and changes of the primary, and hands changes on in groups. */
import type { Platform } from '../platform.ts';
import type { Position } from './position.ts';
import { type Change, isTooOld, positionNow, type Watching, watchChanges } from './watch-changes.ts';

export interface FeedReaders {
  /** Those that came while the last group was told. The next group waits until it resolves. */
  tell(changes: readonly Change[]): Promise<void>;
  /** The stream could not be read on: what came in between is told by nobody. */
  lost(now: Position): void;
}

export interface ChangeFeed {
  /** Where the stream began. */
  readonly from: Position;
  stop(): Promise<void>;
}

const pausesMs = [100, 500, 2000] as const;
/** Changes that wait to be told; beyond, the stream waits. */
const mostWaiting = 5000;

export async function openFeed(platform: Platform, readers: FeedReaders): Promise<ChangeFeed> {
  const from = await positionNow(platform);
  const feed = new Feed(platform, readers, from);
  void feed.follow();
  return feed;
}

class Feed implements ChangeFeed {
  readonly from: Position;
  readonly #platform: Platform;
  readonly #readers: FeedReaders;
  readonly #stopping = new AbortController();
  #last: Position;
  #watching: Watching | null = null;
  #waiting: Change[] = [];
  #telling: Promise<void> | null = null;
  #failures = 0;

  constructor(platform: Platform, readers: FeedReaders, from: Position) {
    this.#platform = platform;
    this.#readers = readers;
    this.from = from;
    this.#last = from;
  }

  async follow(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#watching = watchChanges(this.#platform, this.#last);
      try {
        await this.#watching.read((change) => this.#take(change));
      } catch (error) {
        await this.#recover(error);
      } finally {
        await this.#watching.stop().catch(() => undefined);
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#watching?.stop().catch(() => undefined);
    await this.#telling;
  }

  async #take(change: Change | null): Promise<boolean> {
    this.#failures = 0;
    if (change !== null) {
      this.#last = change.position;
      this.#waiting.push(change);
      this.#telling ??= this.#tellAll();
      if (this.#waiting.length >= mostWaiting) await this.#telling;
    }
    return !this.#stopping.signal.aborted;
  }

  async #tellAll(): Promise<void> {
    // What arrives in the same answer of the database is told together.
    await Promise.resolve();
    while (this.#waiting.length > 0 && !this.#stopping.signal.aborted) {
      await this.#readers.tell(this.#waiting.splice(0)).catch((error: unknown) => this.#giveUp(error));
    }
    this.#telling = null;
  }

  /** The rows of a group could not be read. Viewers read their state again; nothing is passed over in silence. */
  #giveUp(error: unknown): void {
    if (this.#stopping.signal.aborted) return;
    this.#platform.log.warn({ err: error }, 'changes could not be told to live views; they begin anew');
    this.#readers.lost(this.#last);
  }

  async #recover(error: unknown): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#platform.log.warn({ err: error }, 'the change stream broke; live views go on where it was');
    await pause(pausesMs[Math.min(this.#failures++, pausesMs.length - 1)] ?? 0, this.#stopping.signal);
    if (!isTooOld(error)) return;
    await this.#telling;
    const now = await positionNow(this.#platform).catch(() => null);
    if (now === null) return;
    this.#last = now;
    this.#readers.lost(now);
  }
}

function pause(ms: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const wake = () => {
      clearTimeout(timer);
      resolve();
    };
    stopping.addEventListener('abort', wake, { once: true });
  });
}
