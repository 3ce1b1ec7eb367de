/** Where requests are worked on and where they wait: a bounded number of each, one line per site, served in turn. */
import { Failure } from '#contract/failure.ts';
import { createPart, type Part } from './admission-part.ts';
import { createShare, type Share } from './admission-share.ts';

export interface AdmissionLimits {
  /** Requests worked on at a time. */
  readonly atOnce: number;
  /** Plain bytes of them. */
  readonly workBytes: number;
  /** Requests that wait. */
  readonly waiting: number;
  /** Bytes that came in and are kept until the request is answered. */
  readonly wireBytes: number;
  /** How long a request waits before it is refused. */
  readonly patienceMs: number;
}

/** What one site has in the house. */
export interface Line {
  readonly site: string;
  visits: number;
  working: number;
  workBytes: number;
  wireBytes: number;
  readonly waiting: Waiting[];
}

interface Waiting {
  readonly plainBytes: number;
  readonly since: number;
  readonly turn: PromiseWithResolvers<void>;
  /** Told at the moment when it is let in. */
  begin(): void;
  isGone(): boolean;
}

type Wish = Pick<Waiting, 'plainBytes' | 'begin' | 'isGone'>;

const sweepMs = 200;

export class AdmissionHall {
  readonly #limits: AdmissionLimits;
  readonly #now: () => number;
  readonly #working: Share;
  readonly #workBytes: Share;
  readonly #places: Share;
  readonly #part: Part;
  readonly #lines = new Map<string, Line>();
  /** Lines in which somebody waits, in the order of their turns. */
  readonly #turns = new Set<Line>();
  #sweep: NodeJS.Timeout | null = null;

  constructor(limits: AdmissionLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.#working = createShare(limits.atOnce);
    this.#workBytes = createShare(limits.workBytes);
    this.#places = createShare(limits.waiting);
    this.#part = createPart(limits.atOnce, now);
  }

  get sites(): number {
    return this.#lines.size;
  }

  facts() {
    const { atOnce, waiting } = this.#limits;
    return { working: atOnce - this.#working.free, waiting: waiting - this.#places.free, sites: this.sites };
  }

  lineOf(site: string): Line {
    const there = this.#lines.get(site);
    const line = there ?? { site, visits: 0, working: 0, workBytes: 0, wireBytes: 0, waiting: [] };
    if (there === undefined) this.#lines.set(site, line);
    line.visits += 1;
    if (this.#lines.size > 1) this.#part.shared();
    return line;
  }

  /** Undefined when it is this one's turn at once. Refuses when there is no place to wait, or nobody calls in time. */
  enter(line: Line, wish: Wish): Promise<void> | undefined {
    if (line.waiting.length === 0 && this.#begin(line, wish)) return undefined;
    if (!this.#places.take(line.waiting.length, 1)) throw refusalFor(this.sites);
    const turn = Promise.withResolvers<void>();
    line.waiting.push({ ...wish, since: this.#now(), turn });
    this.#turns.add(line);
    this.#sweep ??= setInterval(() => this.refuseOld(), sweepMs).unref();
    return turn.promise;
  }

  /** @param work what it entered with, and when; null when it never got in. */
  leave(line: Line, work: { readonly plainBytes: number; readonly since: number } | null): void {
    line.visits -= 1;
    if (work !== null) {
      line.working -= 1;
      line.workBytes -= work.plainBytes;
      this.#working.give(1);
      this.#workBytes.give(work.plainBytes);
      this.#part.learn(this.#now() - work.since);
      if (this.#turns.size > 0) this.#callNext();
    }
    if (line.visits === 0) this.#lines.delete(line.site);
  }

  /** Who waited too long is told to come again; who left meanwhile is forgotten. */
  refuseOld(): void {
    const oldest = this.#now() - this.#limits.patienceMs;
    for (const line of this.#turns) {
      for (let first = line.waiting[0]; first !== undefined && first.since <= oldest; first = line.waiting[0]) {
        this.#takeOut(line);
        first.turn.reject(overloaded());
      }
    }
    if (this.#turns.size > 0 || this.#sweep === null) return;
    clearInterval(this.#sweep);
    this.#sweep = null;
  }

  #begin(line: Line, { plainBytes, begin }: Wish): boolean {
    if (line.working >= this.#part.most() || !this.#working.take(line.working, 1)) return false;
    if (!this.#workBytes.take(line.workBytes, plainBytes)) {
      this.#working.give(1);
      return false;
    }
    line.working += 1;
    line.workBytes += plainBytes;
    begin();
    return true;
  }

  /** Goes round as long as somebody can begin. */
  #callNext(): void {
    for (let inVain = 0; inVain < this.#turns.size && this.#working.free > 0; ) {
      const [line] = this.#turns;
      const first = line?.waiting[0];
      if (line === undefined || first === undefined) return;
      // To the end of the round.
      this.#turns.delete(line);
      this.#turns.add(line);
      const isGone = first.isGone();
      if (!isGone && !this.#begin(line, first)) {
        inVain += 1;
        continue;
      }
      inVain = 0;
      this.#takeOut(line);
      if (isGone) first.turn.reject(overloaded());
      else first.turn.resolve();
    }
  }

  #takeOut(line: Line): void {
    line.waiting.shift();
    this.#places.give(1);
    if (line.waiting.length === 0) this.#turns.delete(line);
  }
}

/** Among several sites it is the one that asks for more than its part; alone, the server is at its end. */
export function refusalFor(sites: number): Failure {
  if (sites <= 1) return overloaded();
  return new Failure('tooMany', 'This site sends more than its part while others send too. Try again shortly.', {
    code: 'site-over-share',
    retryAfterMs: 2000,
  });
}

function overloaded(): Failure {
  return new Failure('busy', 'The server is busy. Try again shortly.', { code: 'ingest-overloaded', retryAfterMs: 2000 });
}
