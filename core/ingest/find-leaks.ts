/** Turns what the scrubbers caught in one batch into leaks by page: what is counted once the records are stored. */
import type { Leak } from '#contract/api.ts';
import type { EventRow } from '../sessions/pack-events.ts';
import type { FoundLeak } from './leak.ts';
import type { CaughtInEvent } from './read-events.ts';

/** The detectors' words, and those of the recording's cleaner, as the owner is told them. */
const kinds: Readonly<Record<string, Leak['kind']>> = {
  email: 'email',
  card: 'card',
  phone: 'phone',
  iban: 'iban',
  ssn: 'ssn',
  token: 'token',
  key: 'token',
  field: 'field',
  markup: 'markup',
  url: 'url',
};

type Counts = Iterable<readonly [kind: string, times: number]>;

export function leaksIn(counts: Counts, found: Omit<FoundLeak, 'kind' | 'count'>): FoundLeak[] {
  return [...counts].map(([kind, count]) => ({ ...found, kind: kinds[kind] ?? 'other', count }));
}

export function leaksInEvents(
  events: readonly EventRow[],
  { sessionId, caught }: { readonly sessionId: string; readonly caught: ReadonlyMap<string, CaughtInEvent> },
): FoundLeak[] {
  if (caught.size === 0) return [];
  return events.flatMap(([eid, , , , url]) => {
    const found = caught.get(eid);
    if (found === undefined) return [];
    const [recordId, path] = [`${sessionId}:${eid}`, pathOf(url)];
    return [...leaksIn(found.event, { recordId, path, where: 'event' }), ...leaksIn(found.address, { recordId, path, where: 'address' })];
  });
}

/** @param otherwise path of the page where the chunk itself does not say which it is. */
export function leaksInChunk(recordId: string, caughtOn: ReadonlyMap<string, ReadonlyMap<string, number>>, otherwise: string): FoundLeak[] {
  return [...caughtOn].flatMap(([url, counts]) =>
    leaksIn(counts, { recordId, path: url === '' ? otherwise : pathOf(url), where: 'recording' }),
  );
}

/** The path of a scrubbed address; `/` where there is none. */
export function pathOf(url: string): string {
  const path = /^(?:https?:\/\/[^/?#]*)?(\/[^?#]*)/i.exec(url)?.[1] ?? '/';
  return path.slice(0, 300);
}
