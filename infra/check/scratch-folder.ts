import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './run-tool.ts';

export interface ScratchFolder {
  readonly path: string;
  write(file: string, text: string): Promise<void>;
  /** Copies files of the checkout to the same place here. */
  copy(...files: readonly string[]): Promise<void>;
}

/** Does something in a folder that is gone afterwards. */
export async function inScratchFolder<Result>(use: (folder: ScratchFolder) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(await realpath(tmpdir()), 'leadlight-check-'));
  const write = async (file: string, text: string) => {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  };
  const copy = async (...files: readonly string[]) => {
    for (const file of files) await cp(path.join(root, file), path.join(folder, file), { recursive: true });
  };
  try {
    return await use({ path: folder, write, copy });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
