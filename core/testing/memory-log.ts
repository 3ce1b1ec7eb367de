/** A log that remembers its lines, so that tests can look for what must not be in them. */
import type { Log } from '../platform.ts';

export interface MemoryLog extends Log {
  readonly lines: { readonly level: string; readonly message: string; readonly fields: object }[];
}

export function memoryLog(): MemoryLog {
  const lines: MemoryLog['lines'] = [];
  const write = (level: string) => (fields: object, message: string) => void lines.push({ level, message, fields });
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
