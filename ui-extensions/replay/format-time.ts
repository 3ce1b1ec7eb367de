/** 83,000 ms → `1:23`; hours only where there are some. */
export function formatTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** `1 minute 23 seconds`, for a screen reader. */
export function speakTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [plural(Math.floor(seconds / 60), 'minute'), plural(seconds % 60, 'second')];
  return seconds < 60 ? plural(seconds, 'second') : parts.join(' ');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
