/** One viewer's stream of server-sent events: state first, then news, each with the id from which any replica goes on. */
import { PassThrough } from 'node:stream';
import type { Context } from 'koa';
import type { Platform } from '../platform.ts';
import type { Listener, LiveItem } from './live-channel.ts';
import type { LiveHub } from './live-hub.ts';
import { type Position, readPosition, tellPosition } from './position.ts';

export interface ViewerWishes {
  readonly workspaceId: string;
  /** Ids of the member and the sign-in that this stream lives by. */
  readonly rights: readonly string[];
  /** Asked when these change, and every so often. */
  mayLook(): Promise<boolean>;
  /** What is sent as `state`. */
  state(): Promise<object>;
  wants(item: LiveItem): boolean;
  /** Once the stream has ended, however it ended. */
  onEnd(): void;
}

const beatMs = 15_000;
/** A browser that lost its stream connects again after so long. */
const retryMs = 1000;
/** A viewer who takes news so slowly gets none until it has caught up, and then the state instead. */
const mostBuffered = 1_000_000;
const slowestMs = 60_000;

/** Answers the request with the stream. `Last-Event-ID` (or `?after=`, for a new page) says what the viewer has. */
export function answerLive(platform: Platform, hub: LiveHub, { ctx, wishes }: { ctx: Context; wishes: ViewerWishes }): void {
  ctx.type = 'text/event-stream; charset=utf-8';
  ctx.set('Cache-Control', 'no-store, no-transform');
  ctx.set('X-Accel-Buffering', 'no');
  ctx.compress = false;
  ctx.req.socket.setNoDelay(true);
  const viewer = new Viewer(platform, hub, wishes);
  ctx.body = viewer.body;
  ctx.res.once('close', () => viewer.end());
  viewer.begin(readPosition(ctx.get('Last-Event-ID') || String(ctx.query.after ?? '')));
}

class Viewer implements Listener {
  readonly body = new PassThrough({ highWaterMark: 65_536 });
  readonly #platform: Platform;
  readonly #hub: LiveHub;
  readonly #wishes: ViewerWishes;
  readonly #leave: (() => void)[] = [];
  #detach = () => {};
  #isSlow = false;
  #ended = false;

  constructor(platform: Platform, hub: LiveHub, wishes: ViewerWishes) {
    this.#platform = platform;
    this.#hub = hub;
    this.#wishes = wishes;
    const beat = setInterval(() => this.#beat(), beatMs);
    const check = () => void this.#check();
    const stop = () => this.end();
    hub.closing.addEventListener('abort', stop);
    this.#leave.push(
      () => clearInterval(beat),
      hub.onRights(wishes.rights, check),
      () => hub.closing.removeEventListener('abort', stop),
    );
  }

  begin(after: Position | null): void {
    this.body.write(`retry: ${retryMs}\n\n`);
    this.#listen(after).catch((error: unknown) => this.#fail(error));
  }

  take(item: LiveItem): void {
    if (this.#isSlow || this.#ended || !this.#wishes.wants(item)) return;
    this.#write(item.name, item.data, item.more ? null : item.position);
    if (this.body.writableLength + this.body.readableLength > mostBuffered) this.#dropBehind();
  }

  lost(): void {
    this.#beginAnew();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#detach();
    for (const leave of this.#leave) leave();
    this.body.end();
    this.#wishes.onEnd();
  }

  /** From where it was; if that cannot be, from the state of now. */
  async #listen(after: Position | null): Promise<void> {
    const isKnown = after !== null && (await this.#hub.isPast(after));
    const { channel, position } = await this.#hub.open(this.#wishes.workspaceId);
    this.#detach = () => channel.detach(this);
    if (isKnown) {
      if (this.#ended || channel.attach(this, after)) return;
      const until = channel.floor;
      const missed = await this.#hub.missed(this.#wishes.workspaceId, { after, until });
      for (const item of missed ?? []) this.take(item);
      if (this.#ended || (missed !== null && channel.attach(this, until))) return;
    }
    if (after !== null) this.#write('reset', '{}', null);
    const state = JSON.stringify(await this.#wishes.state());
    if (this.#ended) return;
    this.#write('state', state, position);
    if (!channel.attach(this, position)) await this.#listen(null);
  }

  #beginAnew(): void {
    if (this.#ended) return;
    this.#write('reset', '{}', null);
    this.#listen(null).catch((error: unknown) => this.#fail(error));
  }

  #dropBehind(): void {
    this.#isSlow = true;
    this.#detach();
    const impatience = setTimeout(() => this.body.destroy(), slowestMs).unref();
    this.#leave.push(() => clearTimeout(impatience));
    this.body.once('drain', () => {
      clearTimeout(impatience);
      this.#isSlow = false;
      this.#beginAnew();
    });
  }

  /** Keeps the way open, and tells how far we are: an id without data is no event for the browser, but the place to go on from. */
  #beat(): void {
    const told = this.#hub.told();
    if (!this.#isSlow) this.body.write(told === null ? ':\n\n' : `:\nid: ${tellPosition(told)}\n\n`);
    void this.#check();
  }

  async #check(): Promise<void> {
    const may = await this.#wishes.mayLook().catch((error: unknown) => {
      this.#platform.log.info({ err: error }, 'whether a live viewer may still look cannot be read now');
      return true;
    });
    if (!may) this.end();
  }

  #write(name: string, data: string, position: Position | null): void {
    const id = position === null ? '' : `id: ${tellPosition(position)}\n`;
    this.body.write(`${id}event: ${name}\ndata: ${data}\n\n`);
  }

  /** The browser connects again, and is then told what is the matter. */
  #fail(error: unknown): void {
    if (!this.#ended) this.#platform.log.warn({ err: error }, 'a live view could not go on');
    this.end();
  }
}
