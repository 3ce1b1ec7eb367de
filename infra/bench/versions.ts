import { execFileSync } from 'node:child_process';
import { root } from '../check/run-tool.ts';
import { findChromium } from '../setup/chromium.mjs';
import { mongodVersion } from '../setup/mongod-version.mjs';

/** What a run stood on, for whoever compares two of them. */
export function versions(mongod: string): Record<string, string> {
  const chromium = findChromium();
  return {
    node: process.versions.node,
    mongod: mongodVersion(mongod),
    ...(chromium === undefined ? {} : { chromium: chromiumVersion(chromium) }),
    leadlight: commit(),
  };
}

function chromiumVersion(chromium: string): string {
  return /\d+(\.\d+)+/.exec(say(chromium, ['--version']))?.[0] ?? 'unknown';
}

function commit(): string {
  const head = say('git', ['rev-parse', '--short=12', 'HEAD']);
  if (head === '') return 'unknown';
  return say('git', ['status', '--porcelain']) === '' ? head : `${head}+changes`;
}

function say(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}
