import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { parseHeadCode } from './parse-head-code.ts';

/** The header code of the demo site: the demo workspace's own, until a person pastes another. */
export interface HeadCode {
  readonly current: string;
  /** Whether a person's code is in place. */
  readonly replaced: boolean;
  /** Throws `invalid` when the text is not acceptable header code; then nothing changes. */
  replace(pasted: string): Promise<void>;
  putBack(): Promise<void>;
}

interface HeadCodeOptions {
  readonly headCode: string;
  readonly dataFile: string | null;
  readonly log: (line: string) => void;
}

const stored = z.object({ headCode: z.string() });

/** Only a replacement is stored, never the given code: the given one changes when the core moves to another port. */
export async function openHeadCode(options: HeadCodeOptions): Promise<HeadCode> {
  const given = options.headCode.trim();
  let replacement = await readReplacement(options);

  async function keep(next: string | null): Promise<void> {
    await writeReplacement(options.dataFile, next);
    replacement = next;
  }

  return {
    get current() {
      return replacement ?? given;
    },
    get replaced() {
      return replacement !== null;
    },
    async replace(pasted) {
      const code = parseHeadCode(pasted);
      await keep(code === given ? null : code);
    },
    putBack: () => keep(null),
  };
}

async function readReplacement({ dataFile, log }: HeadCodeOptions): Promise<string | null> {
  if (dataFile === null) return null;
  const text = await readFile(dataFile, 'utf8').catch(absent);
  if (text === null) return null;
  try {
    return parseHeadCode(stored.parse(JSON.parse(text)).headCode);
  } catch {
    log(`demo site: ${dataFile} holds no acceptable header code, so the demo workspace's code is used`);
    return null;
  }
}

async function writeReplacement(dataFile: string | null, code: string | null): Promise<void> {
  if (dataFile === null) return;
  if (code === null) return rm(dataFile, { force: true });
  await mkdir(dirname(dataFile), { recursive: true });
  // Written beside and moved: a stop half-way leaves the old file whole.
  await writeFile(`${dataFile}.new`, `${JSON.stringify({ headCode: code }, null, 2)}\n`);
  await rename(`${dataFile}.new`, dataFile);
}

function absent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
