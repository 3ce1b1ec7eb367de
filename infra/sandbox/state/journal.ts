import { closeSync, existsSync, fdatasyncSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file of lines, each a JSON array of changes that happened together. A line is on disk before `append` returns. */
export interface Journal {
  readonly lines: readonly unknown[];
  append(changes: readonly unknown[]): void;
  /** Replaces the whole file, all or nothing. */
  rewrite(changes: readonly unknown[]): void;
  /** Bytes written since the last rewrite. */
  grownBy(): number;
  close(): void;
}

export function openJournal(file: string | null): Journal {
  return file === null ? memoryJournal() : fileJournal(file);
}

function memoryJournal(): Journal {
  return { lines: [], append() {}, rewrite() {}, grownBy: () => 0, close() {} };
}

function fileJournal(file: string): Journal {
  mkdirSync(dirname(file), { recursive: true });
  const lines = existsSync(file) ? parseLines(readFileSync(file, 'utf8'), file) : [];
  let fd: number | null = null;
  let grown = 0;
  const close = () => {
    if (fd !== null) closeSync(fd);
    fd = null;
  };
  return {
    lines,
    append(changes) {
      fd ??= openSync(file, 'a');
      grown += writeAll(fd, `${JSON.stringify(changes)}\n`);
      fdatasyncSync(fd);
    },
    rewrite(changes) {
      close();
      replaceFile(file, changes.map((change) => `${JSON.stringify([change])}\n`).join(''));
      grown = 0;
    },
    grownBy: () => grown,
    close,
  };
}

/** A line without its newline is a write that a kill cut short: it was never answered, so it is dropped. */
function parseLines(text: string, file: string): unknown[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return whole.filter(Boolean).map((line, index) => {
    try {
      return JSON.parse(line);
    } catch (cause) {
      throw new Error(`${file} line ${index + 1} is damaged: move the file away to start from the seed`, { cause });
    }
  });
}

function replaceFile(file: string, text: string): void {
  const next = `${file}.next`;
  const fd = openSync(next, 'w');
  writeAll(fd, text);
  fsyncSync(fd);
  closeSync(fd);
  renameSync(next, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function writeAll(fd: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; ) from += writeSync(fd, bytes, from);
  return bytes.length;
}
