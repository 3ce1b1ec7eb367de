/** Follows a visit: shows it as it is, lets the viewer look back and return, and ends as a normal replay when the visitor leaves. */
import type { eventWithTime } from 'rrweb';
import type { PlayerRecording } from '#contract/recording.ts';
import { linkApp } from '../app-link.ts';
import { type OpenPlayer, openWhole } from '../open-player.ts';
import { startBudget } from '../strip/budget.ts';
import { openStrip } from '../strip/strip-events.ts';
import { make } from '../ui/element.ts';
import { makeStage } from '../ui/stage.ts';
import { followStream } from './follow-stream.ts';
import { type LiveStanding, makeLiveBar } from './live-bar.ts';
import { type LiveTab, showLiveTab } from './live-tab.ts';

/** Resolves once it is over; false when there was nothing to follow. */
export async function watchLive(token: string): Promise<boolean> {
  const view = new LiveView();
  const end = await followStream(token, view);
  if (end === 'notLive') return false;
  view.finish(end);
  return true;
}

interface Tab {
  readonly raw: unknown[];
  readonly events: eventWithTime[];
  readonly strip: (raw: readonly unknown[]) => eventWithTime[];
}

class LiveView {
  readonly #tabs = new Map<string, Tab>();
  readonly #budget = startBudget();
  readonly #bar = makeLiveBar({ lookBack: () => this.#lookBack(), jumpToLive: () => this.#jumpToLive() });
  readonly #place = make('div', { class: 'live-place' });
  readonly #element = make('div', { class: 'live-view' }, this.#place, this.#bar.element);
  readonly #link = linkApp(() => this.#lookBack());
  #moments: Pick<PlayerRecording, 'marks' | 'pages'> = { marks: [], pages: [] };
  #shown: { readonly name: string; readonly tab: LiveTab } | null = null;
  /** While the viewer looks back. */
  #player: OpenPlayer | null = null;
  /** The tab in which something happened last. */
  #current = '';
  #standing: LiveStanding = 'waiting';
  #caughtUp = false;

  chunk({ tab: name, events: raw }: { readonly tab: string; readonly events: readonly unknown[] }): void {
    const tab = this.#tabs.get(name) ?? { raw: [], events: [], strip: openStrip(this.#budget) };
    this.#tabs.set(name, tab);
    const events = tab.strip(raw);
    tab.raw.push(...raw);
    tab.events.push(...events);
    if (this.#newest(name) >= this.#newest(this.#current)) this.#current = name;
    if (!this.#caughtUp || this.#standing === 'behind') return;
    if (this.#shown?.name === this.#current) {
      if (name === this.#current) this.#shown.tab.add(events);
    } else this.#showLive();
    this.#link.tellTime({ ms: this.#lengthMs(), playing: false });
  }

  caughtUp(): void {
    if (this.#caughtUp) return;
    this.#caughtUp = true;
    document.body.replaceChildren(this.#element);
    this.#showLive();
  }

  moments(moments: Pick<PlayerRecording, 'marks' | 'pages'>): void {
    this.#moments = moments;
    this.#tell(this.#standing);
  }

  presence(): void {}

  broken(isBroken: boolean): void {
    if (isBroken && this.#standing === 'live') this.#tell('broken');
    else if (!isBroken && this.#standing === 'broken') this.#tell('live');
  }

  /** What came is the whole recording. A viewer who is looking back goes on with that. */
  finish(end: 'left' | 'lost'): void {
    const wasBehind = this.#standing === 'behind';
    if (!this.#caughtUp) document.body.replaceChildren(this.#element);
    this.#tell(end);
    if (!wasBehind) this.#showReplay();
  }

  #newest(name: string): number {
    return this.#tabs.get(name)?.events.at(-1)?.timestamp ?? 0;
  }

  #lengthMs(): number {
    const first = Math.min(...[...this.#tabs.values()].flatMap(({ events }) => events[0]?.timestamp ?? []));
    return Math.max(0, this.#newest(this.#current) - first);
  }

  #tell(standing: LiveStanding): void {
    this.#standing = standing;
    this.#bar.show(standing, this.#moments.pages.at(-1)?.title ?? '');
  }

  #showLive(): void {
    const events = this.#tabs.get(this.#current)?.events ?? [];
    if (events.length === 0) return this.#tell('waiting');
    this.#clear();
    const stage = makeStage(() => this.#lookBack());
    this.#place.replaceChildren(stage.element);
    this.#shown = { name: this.#current, tab: showLiveTab(events, { root: stage.root, onResize: stage.resize }) };
    this.#tell('live');
  }

  #lookBack(): void {
    if (this.#standing !== 'live' && this.#standing !== 'broken') return;
    this.#tell('behind');
    this.#showReplay();
  }

  #jumpToLive(): void {
    this.#showLive();
  }

  /** All that came in, from the last seconds on. */
  #showReplay(): void {
    this.#clear();
    const tabs = [...this.#tabs].map(([tab, { raw }]) => ({ tab, events: raw }));
    const head = { sessionId: '', startedAt: new Date(0).toISOString(), live: false, missingChunks: 0 };
    const player = openWhole({ ...head, ...this.#moments, tabs });
    if (player === null) return this.#place.replaceChildren(make('p', { class: 'live-empty', text: 'Nothing was recorded.' }));
    this.#player = player;
    this.#place.replaceChildren(player.element);
    player.start(Math.max(0, this.#lengthMs() - 100), false);
  }

  #clear(): void {
    this.#shown?.tab.destroy();
    this.#player?.end();
    this.#shown = this.#player = null;
  }
}
