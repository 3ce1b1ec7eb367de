import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** What the system knows of a process; undefined when there is none (one that ended and was not reaped counts as none). */
export interface ProcessFacts {
  /** Opaque; together with the id it names one process for good, while an id alone is given to others later. */
  readonly startedAt: string;
  readonly command: string;
}

export function processFacts(pid: number): ProcessFacts | undefined {
  return existsSync('/proc/self/stat') ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold spaces. After it: state (field 3) … start time (field 22).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    return { startedAt: fields[19] ?? '', command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): ProcessFacts | undefined {
  const ask = (field: string) =>
    execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return ask('stat').startsWith('Z') ? undefined : { startedAt: ask('lstart'), command: ask('command') };
  } catch {
    return undefined;
  }
}
