/** Counts calls in a window that slides. */
export interface CallWindow {
  /** Counts one call: how many are still free, or -1 when it is one too many. */
  take(at: Date): number;
  clear(): void;
}

export function createCallWindow(max: number, windowMs: number): CallWindow {
  let taken: number[] = [];
  return {
    take(at) {
      taken = taken.filter((one) => one > at.getTime() - windowMs);
      if (taken.length >= max) return -1;
      taken.push(at.getTime());
      return max - taken.length;
    },
    clear() {
      taken = [];
    },
  };
}
