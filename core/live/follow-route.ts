/** Watching live, on the player's origin: a ticket's holder gets the recording while it is made. */
import { PassThrough } from 'node:stream';
import type Router from '@koa/router';
import { Failure } from '#contract/failure.ts';
import type { FollowNewsName } from '#contract/follow.ts';
import type { Platform } from '../platform.ts';
import { type ReplayRights, readTicket, renewTicket, watchedSession } from '../sessions/replay-ticket.ts';
import { isLive, type SessionDocument } from '../sessions/session.ts';
import { type Following, followRecording, type Piece } from './follow-recording.ts';
import type { Listener, LiveItem } from './live-channel.ts';
import type { Live } from './live-routes.ts';

export function addFollowRoute(router: Router, platform: Platform, live: Live): void {
  router.get('/recording/live', async (ctx) => {
    ctx.set('Cache-Control', 'no-store, private, no-transform');
    ctx.set('Referrer-Policy', 'no-referrer');
    const [scheme, token] = ctx.get('Authorization').split(' ');
    if (scheme !== 'Bearer' || token === undefined) {
      throw new Failure('unauthenticated', 'Open the replay from Leadlight.', { code: 'replay-ticket-missing' });
    }
    const rights = await readTicket(platform, token);
    const session = await watchedSession(platform, rights);
    if (!isLive(session, platform.clock.now())) {
      throw new Failure('conflict', 'The visit is over: play its recording instead.', { code: 'session-not-live' });
    }
    const leave = live.seats.take({ _id: rights.sub, workspaceId: rights.wid });
    const follower = new Follower(platform, live, { rights, following: await followRecording(platform, session), leave });
    ctx.type = 'text/event-stream; charset=utf-8';
    ctx.set('X-Accel-Buffering', 'no');
    ctx.compress = false;
    ctx.body = follower.body;
    ctx.res.once('close', () => follower.end());
    follower.begin(session);
  });
}

/** Whether the visitor is still there, and whether this member may still watch, is asked this often. */
const lookMs = 10_000;
/** Tickets live two minutes. */
const renewEvery = 5;
/** A number that did not come for so long is passed over. */
const gapMs = 3000;

interface Watched {
  readonly rights: ReplayRights;
  readonly following: Following;
  leave(): void;
}

class Follower implements Listener {
  readonly body = new PassThrough();
  readonly #platform: Platform;
  readonly #live: Live;
  readonly #watched: Watched;
  readonly #leave: (() => void)[];
  #reading: Promise<void> = Promise.resolve();
  #asked = false;
  #gapTimer: NodeJS.Timeout | null = null;
  #startedAt = Number.POSITIVE_INFINITY;
  #looks = 0;
  #ended = false;

  constructor(platform: Platform, live: Live, watched: Watched) {
    this.#platform = platform;
    this.#live = live;
    this.#watched = watched;
    const look = () => this.#do(() => this.#look());
    const stop = () => this.end();
    const timer = setInterval(look, lookMs);
    live.hub.closing.addEventListener('abort', stop);
    this.#leave = [
      watched.leave,
      () => clearInterval(timer),
      () => live.hub.closing.removeEventListener('abort', stop),
      live.hub.onRights([watched.rights.sub], look),
    ];
  }

  begin(session: SessionDocument): void {
    this.#do(async () => {
      await this.#listen();
      await this.#send(this.#watched.following.first());
      await this.#tellMoments(session);
      await this.#write('caughtUp', '{}');
    });
  }

  take({ name, sessionId }: LiveItem): void {
    if (sessionId !== this.#watched.rights.rid) return;
    if (name === 'session' || name === 'gone') this.#do(() => this.#look());
    if (name !== 'recording' || this.#asked) return;
    this.#asked = true;
    this.#do(() => this.#send(this.#watched.following.next(false)));
  }

  lost(): void {
    this.#do(async () => {
      await this.#listen();
      await this.#send(this.#watched.following.next(false));
    });
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#gapTimer !== null) clearTimeout(this.#gapTimer);
    for (const leave of this.#leave) leave();
    this.body.end();
  }

  async #listen(): Promise<void> {
    const { channel, position } = await this.#live.hub.open(this.#watched.rights.wid);
    if (this.#ended) return;
    if (!channel.attach(this, position)) return this.#listen();
    this.#leave.push(() => channel.detach(this));
  }

  /** One thing after the other: pieces stay in order. */
  #do(work: () => Promise<void>): void {
    this.#reading = this.#reading
      .then(() => (this.#ended ? undefined : work()))
      .catch((error: unknown) => {
        if (!(error instanceof Failure)) this.#platform.log.warn({ err: error }, 'a replay could not be followed any further');
        this.end();
      });
  }

  async #send(pieces: AsyncGenerator<Piece>): Promise<void> {
    this.#asked = false;
    for await (const { tab, seq, firstMs, events } of pieces) {
      this.#startedAt = Math.min(this.#startedAt, firstMs);
      if (events !== null) await this.#write('chunk', `{"tab":${JSON.stringify(tab)},"seq":${seq},"events":${events}}`);
      if (this.#ended) return;
    }
    if (!this.#watched.following.hasGap() || this.#gapTimer !== null) return;
    this.#gapTimer = setTimeout(() => {
      this.#gapTimer = null;
      this.#do(() => this.#send(this.#watched.following.next(true)));
    }, gapMs);
  }

  async #look(): Promise<void> {
    const session = await watchedSession(this.#platform, this.#watched.rights);
    await this.#tellMoments(session);
    const live = isLive(session, this.#platform.clock.now());
    if (!live) await this.#send(this.#watched.following.next(true));
    await this.#write('presence', JSON.stringify({ live }));
    if (!live) return this.end();
    this.#looks += 1;
    if (this.#looks % renewEvery !== 0) return;
    await this.#write('ticket', JSON.stringify({ token: await renewTicket(this.#platform, this.#watched.rights) }));
  }

  #tellMoments({ summary }: SessionDocument): Promise<void> {
    const startedAt = Number.isFinite(this.#startedAt) ? this.#startedAt : 0;
    const offsetMs = (at: Date) => (startedAt === 0 ? 0 : Math.max(0, at.getTime() - startedAt));
    const marks = (summary?.marks ?? []).map(({ at, type, text }) => ({ offsetMs: offsetMs(at), type, text }));
    const pages = (summary?.pages ?? []).map(({ at, title, path }) => ({ offsetMs: offsetMs(at), title, path }));
    return this.#write('moments', JSON.stringify({ marks, pages }));
  }

  /** Waits for a player that reads slowly: nothing is held for it but one piece. */
  async #write(name: FollowNewsName, data: string): Promise<void> {
    if (this.#ended || this.body.write(`event: ${name}\ndata: ${data}\n\n`)) return;
    await new Promise<void>((resolve) => {
      this.body.once('drain', resolve);
      this.body.once('close', resolve);
    });
  }
}
