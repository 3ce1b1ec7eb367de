/** How many more different visitors a day and its month have after sessions were counted or taken out. Pure. */
import { monthOf } from './site-day.ts';

export interface DayOfSession {
  readonly sessionId: string;
  readonly visitorId: string;
  /** Null: it does not count. */
  readonly day: string | null;
}

export interface VisitorChange {
  readonly day: string;
  readonly visitors: number;
  readonly monthVisitors: number;
}

/** @param before every counted session of the visitors in the months that change, and those that change. @param after those that change. */
export function visitorChanges(before: readonly DayOfSession[], after: readonly DayOfSession[]): VisitorChange[] {
  const now = new Map([...before, ...after].map((session) => [session.sessionId, session]));
  const old = placesOf(before);
  const current = placesOf([...now.values()]);
  const days = [...before, ...after].flatMap(({ visitorId, day }) => (day === null ? [] : [`${visitorId} ${day}`]));
  const told = new Set<string>();
  return [...new Set(days)].flatMap((place) => {
    const day = place.slice(-10);
    const month = monthPlace(place);
    // A month is told once per visitor, on any of its days.
    const monthVisitors = told.has(month) ? 0 : differs(old, current, month);
    told.add(month);
    const change = { day, visitors: differs(old, current, place), monthVisitors };
    return change.visitors === 0 && change.monthVisitors === 0 ? [] : [change];
  });
}

function monthPlace(place: string): string {
  return `${place.slice(0, -10)}${monthOf(place.slice(-10))}`;
}

function placesOf(sessions: readonly DayOfSession[]): ReadonlySet<string> {
  return new Set(
    sessions.flatMap(({ visitorId, day }) => (day === null ? [] : [`${visitorId} ${day}`, monthPlace(`${visitorId} ${day}`)])),
  );
}

function differs(old: ReadonlySet<string>, current: ReadonlySet<string>, place: string): number {
  return Number(current.has(place)) - Number(old.has(place));
}
