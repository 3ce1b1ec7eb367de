/**
 * The one stream of live news of this tab: opened while something that shows live things is on the page and the page is looked at. It
 * says whether it works, so that pages poll when it does not.
 */
import type { z } from 'zod';
import { type LiveNewsName, liveNews } from '#contract/live.ts';

type News = { [Name in LiveNewsName]: z.infer<(typeof liveNews)[Name]> };
export type LiveListener = { readonly [Name in LiveNewsName]?: (data: News[Name]) => void };

const names = ['state', 'session', 'events', 'recording', 'gone', 'reset'] as const satisfies readonly LiveNewsName[];
/** Refused or unreachable: after these the next try. Between them, pages poll. */
const pausesMs = [1000, 3000, 10_000, 30_000] as const;

class LiveFeed {
  readonly #listeners = new Set<LiveListener>();
  readonly #onState = new Set<() => void>();
  #source: EventSource | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #lastId = '';
  #works = false;

  constructor() {
    document.addEventListener('visibilitychange', () => this.#arrange());
  }

  /** Whether news comes in at the moment. */
  get works(): boolean {
    return this.#works;
  }

  listen(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    this.#arrange();
    return () => {
      this.#listeners.delete(listener);
      this.#arrange();
    };
  }

  /** For React: called when `works` changed. */
  readonly subscribe = (changed: () => void): (() => void) => {
    this.#onState.add(changed);
    return () => this.#onState.delete(changed);
  };

  #arrange(): void {
    const wanted = this.#listeners.size > 0 && document.visibilityState === 'visible';
    if (!wanted) this.#close();
    else if (this.#source === null && this.#retry === undefined) this.#open();
  }

  #open(): void {
    this.#retry = undefined;
    const source = new EventSource(`/v1/live${this.#lastId === '' ? '' : `?after=${encodeURIComponent(this.#lastId)}`}`);
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      this.#say(true);
    };
    source.onerror = () => this.#stumble(source);
    for (const name of names) source.addEventListener(name, (event) => this.#take(name, event));
  }

  #take(name: LiveNewsName, event: MessageEvent<string>): void {
    if (event.lastEventId !== '') this.#lastId = event.lastEventId;
    const data: unknown = JSON.parse(event.data);
    const tell = <Name extends LiveNewsName>(of: Name, parsed: News[Name]) => {
      for (const listener of this.#listeners) listener[of]?.(parsed);
    };
    if (name === 'state') tell(name, liveNews.state.parse(data));
    else if (name === 'session') tell(name, liveNews.session.parse(data));
    else if (name === 'events') tell(name, liveNews.events.parse(data));
    else if (name === 'gone') tell(name, liveNews.gone.parse(data));
    else if (name === 'reset') tell(name, {});
  }

  /** The browser connects again by itself, unless it was refused. */
  #stumble(source: EventSource): void {
    this.#say(false);
    if (source.readyState !== EventSource.CLOSED) return;
    this.#source = null;
    const pause = pausesMs[Math.min(this.#failures, pausesMs.length - 1)];
    this.#failures += 1;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#arrange();
    }, pause);
  }

  #close(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#source?.close();
    this.#source = null;
    this.#say(false);
  }

  #say(works: boolean): void {
    if (this.#works === works) return;
    this.#works = works;
    for (const changed of this.#onState) changed();
  }
}

export const liveFeed = new LiveFeed();
