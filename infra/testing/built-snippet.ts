/** The snippet's files as a site loads them: built once in a test process, and removed when it ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuiltSnippet, buildSnippet } from '../build/build-snippet.ts';

export interface SnippetFiles {
  readonly folder: string;
  readonly built: BuiltSnippet;
}

let building: Promise<SnippetFiles> | undefined;

export function builtSnippet(): Promise<SnippetFiles> {
  building ??= buildOnce();
  return building;
}

async function buildOnce(): Promise<SnippetFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'leadlight-snippet-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return { folder, built: await buildSnippet(folder) };
}
