/** Lets `capacity` calls through at once and refills evenly, for each key of its own. */
export interface TokenBucket {
  /** 0 when the call may pass (and is counted), else the milliseconds to wait. */
  take(key: string, at: Date): number;
  clear(): void;
}

export function createTokenBucket(capacity: number, perSecond: number): TokenBucket {
  const levels = new Map<string, { level: number; at: number }>();
  return {
    take(key, at) {
      const seen = levels.get(key) ?? { level: capacity, at: at.getTime() };
      const refilled = ((at.getTime() - seen.at) / 1000) * perSecond;
      const level = Math.min(capacity, seen.level + refilled);
      levels.set(key, { level: level < 1 ? level : level - 1, at: at.getTime() });
      return level < 1 ? ((1 - level) / perSecond) * 1000 : 0;
    },
    clear: () => levels.clear(),
  };
}
