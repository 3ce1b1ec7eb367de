/** How times, durations and counts are told to people. */
const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** `45 s`, `2 min 5 s`, `1 h 3 min`. */
export function tellDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / secondMs));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 || minutes >= 10 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Position in a replay: `1:05`, `1:02:03`. */
export function tellOffset(offsetMs: number): string {
  const seconds = Math.max(0, Math.floor(offsetMs / secondMs));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const tail = String(rest).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}

/** `just now`, `3 min ago`, `2 h ago`, `yesterday`, `5 days ago`, then the date. */
export function tellAgo(moment: string, now: number): string {
  const agoMs = now - Date.parse(moment);
  if (agoMs < minuteMs) return 'just now';
  if (agoMs < hourMs) return `${Math.floor(agoMs / minuteMs)} min ago`;
  if (agoMs < dayMs) return `${Math.floor(agoMs / hourMs)} h ago`;
  if (agoMs < 2 * dayMs) return 'yesterday';
  if (agoMs < 14 * dayMs) return `${Math.floor(agoMs / dayMs)} days ago`;
  return tellDay(moment);
}

const dayFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const momentFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const exactFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

export function tellDay(moment: string): string {
  return dayFormat.format(new Date(moment));
}

export function tellMoment(moment: string): string {
  return momentFormat.format(new Date(moment));
}

export function tellExactly(moment: string): string {
  return exactFormat.format(new Date(moment));
}

/** `1 visit`, `3 visits`. */
export function tellCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

/** Points with their sign, a true minus included: `+12`, `−5`. */
export function tellPoints(points: number): string {
  return points < 0 ? `−${-points}` : `+${points}`;
}
