/** Raw events made safe to reason about: each once, in one order whatever order they arrived in. */
import type { z } from 'zod';
import type { EventType } from '#contract/events.ts';
import type { StoredEvent } from './summarise-shapes.ts';

export function orderEvents(events: readonly StoredEvent[]): StoredEvent[] {
  const seen = new Set<string>();
  return events
    .filter((event) => !Number.isNaN(event.at.getTime()))
    .toSorted((one, other) => one.at.getTime() - other.at.getTime() || compareText(one.eid, other.eid))
    .filter((event) => !seen.has(event.eid) && seen.add(event.eid));
}

/** The event's props when it is of this type and they have its shape, else null. */
export function readProps<Schema extends z.ZodType>(event: StoredEvent, type: EventType, schema: Schema): z.infer<Schema> | null {
  if (event.type !== type) return null;
  const parsed = schema.safeParse(event.props);
  return parsed.success ? parsed.data : null;
}

/** Order by code unit: the same on every machine, whatever its language. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
