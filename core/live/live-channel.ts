/** What was lately told of one workspace, and who listens to it. In memory, bounded. */
import { isAfter, type Position } from './position.ts';

/** One piece of news, made once for all who listen. */
export interface LiveItem {
  readonly position: Position;
  /** More of the same moment follows: who was told up to here was not told all of it. */
  readonly more: boolean;
  readonly sessionId: string;
  readonly name: 'session' | 'events' | 'recording' | 'gone';
  /** JSON. */
  readonly data: string;
}

export interface Listener {
  /** In order. */
  take(item: LiveItem): void;
  /** Something was lost: read the state again. */
  lost(): void;
}

/** Enough for the seconds in which a viewer moves to another replica; beyond, the database is asked. */
const mostItems = 2000;
const mostCharacters = 4_000_000;

export class LiveChannel {
  /** Listener → where it began. */
  readonly #listeners = new Map<Listener, Position>();
  #items: LiveItem[] = [];
  #characters = 0;
  #floor: Position;

  /** @param floor everything behind it will be told to this channel. */
  constructor(floor: Position) {
    this.#floor = floor;
  }

  /** What lies behind it is still here. */
  get floor(): Position {
    return this.#floor;
  }

  get isQuiet(): boolean {
    return this.#listeners.size === 0;
  }

  tell(item: LiveItem): void {
    // What was told of an erased session is erased as well.
    if (item.name === 'gone') this.#keep(this.#items.filter(({ sessionId }) => sessionId !== item.sessionId));
    this.#items.push(item);
    this.#characters += item.data.length;
    while (this.#items.length > mostItems || this.#characters > mostCharacters) this.#forgetOldest();
    for (const [listener, after] of this.#listeners) if (isAfter(item.position, after)) listener.take(item);
  }

  lose(now: Position): void {
    this.#keep([]);
    this.#floor = now;
    const listeners = [...this.#listeners.keys()];
    this.#listeners.clear();
    for (const listener of listeners) listener.lost();
  }

  /** Gives what lies behind `after`, then all that comes. False when some of it is here no more: then nothing was given. */
  attach(listener: Listener, after: Position): boolean {
    if (isAfter(this.#floor, after)) return false;
    for (const item of this.#items) if (isAfter(item.position, after)) listener.take(item);
    this.#listeners.set(listener, after);
    return true;
  }

  detach(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  #forgetOldest(): void {
    const oldest = this.#items.shift();
    if (oldest === undefined) return;
    this.#characters -= oldest.data.length;
    this.#floor = oldest.position;
  }

  #keep(items: LiveItem[]): void {
    this.#items = items;
    this.#characters = items.reduce((sum, { data }) => sum + data.length, 0);
  }
}
