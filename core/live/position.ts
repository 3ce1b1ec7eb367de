/**
 * Where in the stream of changes a viewer is: the cluster's time of the change, and its number among the changes of that moment (a
 * transaction has one moment). All replicas count alike, so a viewer goes on with any of them. Pure.
 */

export interface Position {
  /** Seconds and ordinal of the cluster's time. */
  readonly t: number;
  readonly i: number;
  /** From 0; -1 is before the first change of that moment. */
  readonly n: number;
}

/** As the id of a server-sent event. */
export function tellPosition({ t, i, n }: Position): string {
  return `${t}.${i}.${n}`;
}

/** Null for what is not an id of ours. */
export function readPosition(id: string): Position | null {
  const match = /^(\d{1,10})\.(\d{1,10})\.(-?\d{1,9})$/.exec(id);
  if (match === null) return null;
  const [t, i, n] = match.slice(1).map(Number);
  return t === undefined || i === undefined || n === undefined || Math.max(t, i) > 0xff_ff_ff_ff ? null : { t, i, n };
}

/** Whether the first lies behind the second. */
export function isAfter(one: Position, other: Position): boolean {
  return one.t !== other.t ? one.t > other.t : one.i !== other.i ? one.i > other.i : one.n > other.n;
}
