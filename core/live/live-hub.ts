/** The one place in a process where changes become news: begins with the first viewer, ends a while after the last. */
import { Failure } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { catchUp } from './catch-up.ts';
import { type ChangeFeed, openFeed } from './change-feed.ts';
import { LiveChannel, type LiveItem } from './live-channel.ts';
import { isAfter, type Position } from './position.ts';
import { type ChangeReader, readChanges } from './read-changes.ts';
import { type Change, positionNow } from './watch-changes.ts';

export interface LiveHub {
  /** The workspace's channel, and from where on a viewer who begins now listens. */
  open(workspaceId: string): Promise<{ readonly channel: LiveChannel; readonly position: Position }>;
  /** What lies behind `after` up to `until`, read from the database; null when it cannot be read any more. */
  missed(workspaceId: string, span: { readonly after: Position; readonly until: Position }): Promise<LiveItem[] | null>;
  /** Whether the database has come that far: an id may be made up. */
  isPast(position: Position): Promise<boolean>;
  /** Everything before it has been told. Null while nobody looks. */
  told(): Position | null;
  /** Calls when a member or sign-in with one of these ids changed or is gone. Returns how to stop that. */
  onRights(ids: readonly string[], check: () => void): () => void;
  /** Ends every viewer's stream: they go on with another replica. */
  close(): Promise<void>;
  readonly closing: AbortSignal;
}

const lingerMs = 60_000;

/** Catching up costs a stream of its own: so many run at a time, and so many wait; the others read their state again. */
const lanes = 4;
const mostQueued = 100;

export function openLiveHub(platform: Platform): LiveHub {
  return new Hub(platform);
}

class Hub implements LiveHub {
  readonly #platform: Platform;
  readonly #channels = new Map<string, LiveChannel>();
  readonly #rights = new Map<string, Set<() => void>>();
  readonly #closing = new AbortController();
  #feed: Promise<ChangeFeed> | null = null;
  #reader: ChangeReader;
  /** What was taken up to be told, and what has been told. */
  #taken: Position | null = null;
  #told: Position | null = null;
  #sweep: NodeJS.Timeout | null = null;
  /** Nobody listened at the last sweep. */
  readonly #quiet = new Set<LiveChannel>();
  readonly #lanes: Promise<unknown>[] = [];
  #queued = 0;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#reader = readChanges(platform);
  }

  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  async open(workspaceId: string) {
    if (this.#closing.signal.aborted) {
      throw new Failure('busy', 'This server is stopping. Connect again.', { code: 'server-stopping', retryAfterMs: 500 });
    }
    const { from } = await this.#started();
    // A group that is being told already would not be told to a channel that is made now.
    const channel = this.#channels.get(workspaceId) ?? new LiveChannel(this.#taken ?? from);
    this.#channels.set(workspaceId, channel);
    this.#quiet.delete(channel);
    const told = this.#told ?? from;
    return { channel, position: isAfter(channel.floor, told) ? channel.floor : told };
  }

  async missed(workspaceId: string, span: { readonly after: Position; readonly until: Position }) {
    if (this.#queued >= mostQueued) return null;
    const lane = this.#queued++ % lanes;
    const turn = (this.#lanes[lane] ?? Promise.resolve()).then(() => catchUp(this.#platform, workspaceId, span));
    this.#lanes[lane] = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#queued -= 1;
    }
  }

  async isPast(position: Position): Promise<boolean> {
    if (this.#told !== null && position.t <= this.#told.t) return true;
    return position.t <= (await positionNow(this.#platform)).t;
  }

  told(): Position | null {
    return this.#told;
  }

  onRights(ids: readonly string[], check: () => void): () => void {
    for (const id of ids) this.#rights.set(id, (this.#rights.get(id) ?? new Set()).add(check));
    return () => {
      for (const id of ids) {
        const checks = this.#rights.get(id);
        checks?.delete(check);
        if (checks?.size === 0) this.#rights.delete(id);
      }
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#end();
  }

  async #started(): Promise<ChangeFeed> {
    this.#feed ??= openFeed(this.#platform, { tell: (changes) => this.#tell(changes), lost: (now) => this.#lost(now) });
    this.#sweep ??= setInterval(() => this.#endQuiet(), lingerMs).unref();
    try {
      return await this.#feed;
    } catch (error) {
      this.#feed = null;
      throw error;
    }
  }

  async #tell(changes: readonly Change[]): Promise<void> {
    this.#taken = changes.at(-1)?.position ?? this.#taken;
    for (const change of changes) {
      if (change.of === 'members' || change.of === 'signIns') for (const check of this.#rights.get(change.id) ?? []) check();
    }
    const news = await this.#reader.read(changes, (workspaceId) => this.#channels.has(workspaceId));
    for (const { workspaceId, item } of news) this.#channels.get(workspaceId)?.tell(item);
    this.#told = this.#taken;
  }

  #lost(now: Position): void {
    this.#taken = now;
    this.#told = now;
    for (const channel of this.#channels.values()) channel.lose(now);
  }

  #endQuiet(): void {
    for (const [workspaceId, channel] of this.#channels) {
      if (!channel.isQuiet) this.#quiet.delete(channel);
      else if (this.#quiet.delete(channel)) this.#channels.delete(workspaceId);
      else this.#quiet.add(channel);
    }
    if (this.#channels.size === 0) void this.#end();
  }

  async #end(): Promise<void> {
    const feed = this.#feed;
    this.#feed = this.#taken = this.#told = null;
    this.#channels.clear();
    if (this.#sweep !== null) clearInterval(this.#sweep);
    this.#sweep = null;
    this.#reader = readChanges(this.#platform);
    await feed?.then((opened) => opened.stop()).catch(() => undefined);
  }
}
