/**
 * Something there is a bounded amount of, shared by sites without a list of who may have how much: each may hold as much as is left for all
 * others. A site alone gets half, the second a quarter, and whoever sends little always finds room.
 */
export interface Share {
  /** Free, of all there is. */
  readonly free: number;
  /** Takes `amount` for a site that holds `held`; false when that is more than its part. */
  take(held: number, amount: number): boolean;
  give(amount: number): void;
}

export function createShare(total: number): Share {
  let free = total;
  return {
    get free() {
      return free;
    },
    take: (held, amount) => {
      if (amount > free || (held > 0 && held + amount > free - amount)) return false;
      free -= amount;
      return true;
    },
    give: (amount) => {
      free += amount;
    },
  };
}
