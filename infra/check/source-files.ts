import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { ourFolders } from './cruise.ts';
import { root } from './run-tool.ts';

const skipped = new Set(['node_modules', '.build', 'dist']);

/** Paths in the checkout of all files of our folders with one of these endings. */
export async function sourceFiles(...endings: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const folder of ourFolders.filter((name) => existsSync(path.join(root, name)))) {
    const found = glob(`${folder}/**/*`, { cwd: root, exclude: (name) => skipped.has(path.basename(name)) });
    for await (const file of found) if (endings.some((ending) => file.endsWith(ending))) files.push(file);
  }
  return files;
}
