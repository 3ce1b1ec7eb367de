/** Wakes a sleeping worker of this process: jobs were committed. Only a hint: what nobody rang for is found when the worker looks by itself. */
import type { Platform } from '../platform.ts';

const bells = new WeakMap<Platform['store'], Bell>();

/** Call after the commit. One sleeper wakes, and wakes the next when there was something to do. */
export function wakeWorkers(platform: Platform): void {
  bellOf(platform).ring();
}

export function bellOf({ store }: Platform): Bell {
  const known = bells.get(store);
  if (known !== undefined) return known;
  const fresh = new Bell();
  bells.set(store, fresh);
  return fresh;
}

export class Bell {
  readonly #sleepers = new Set<() => void>();
  #rings = 0;

  /** How often it rang: who rests says since when, so that a ring in between is not slept through. */
  get rings(): number {
    return this.#rings;
  }

  ring(): void {
    this.#rings += 1;
    const [first] = this.#sleepers;
    first?.();
  }

  /** Resolves at the next ring, after `ms`, or when `stopping`. */
  rest(since: number, ms: number, stopping: AbortSignal): Promise<void> {
    if (stopping.aborted || this.#rings !== since) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        stopping.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#sleepers.add(wake);
      stopping.addEventListener('abort', wake);
    });
  }
}
