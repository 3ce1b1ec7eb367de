import type { ConnectorTools } from '#contract/connector.ts';

export interface RecordingTools extends ConnectorTools {
  /** Everything that was logged, as text. */
  readonly lines: string[];
}

export const NOW = new Date('2026-11-03T14:05:00.000Z');

/** What a connector is given, with a clock that stands still and a log that can be read. */
export function recordingTools(now: Date = NOW): RecordingTools {
  const lines: string[] = [];
  const write = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  return { lines, now: () => now, log: { debug: write, warn: write } };
}
