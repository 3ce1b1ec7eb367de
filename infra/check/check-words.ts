import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './run-tool.ts';
import { sourceFiles } from './source-files.ts';
import { type Step, stepResult } from './step.ts';

/** Names that say nothing about what is inside. */
const emptyNames = /(^|[/-])(utils?|helpers?|manager|misc)[/.]|(^|\/)(services?|common)[/.]/;

/** What hides a problem instead of solving it. Written in two parts, so that this file does not find itself. */
const excuses = new RegExp(
  ['biome' + '-ignore', '@ts' + '-(ignore|expect-error|nocheck)', '\\b(TO' + 'DO|FIX' + 'ME|XX' + 'X)\\b'].join('|'),
);

export const checkWords: Step = {
  title: 'names that say something, no excuses in comments',
  async run() {
    const files = await sourceFiles('.ts', '.tsx', '.mjs', '.js', '.css');
    const names = files.filter((file) => emptyNames.test(file)).map((file) => `${file}: name it for what it does`);
    const found = await Promise.all(files.map(findExcuses));
    return stepResult([...names, ...found.flat()], `${files.length} files`);
  },
};

async function findExcuses(file: string): Promise<string[]> {
  const lines = (await readFile(path.join(root, file), 'utf8')).split('\n');
  return lines.flatMap((line, index) => {
    const excuse = excuses.exec(line)?.[0];
    return excuse === undefined ? [] : [`${file}:${index + 1} ${excuse}: solve it instead`];
  });
}
