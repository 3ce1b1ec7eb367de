import { existsSync } from 'node:fs';
import path from 'node:path';
import { cruise, ourFolders } from './cruise.ts';
import { root } from './run-tool.ts';
import { sourceFiles } from './source-files.ts';
import { type Step, stepResult } from './step.ts';

/** A cruiser that cannot read TypeScript sees next to nothing and reports success. */
const leastSeen = 0.9;

export const checkImports: Step = {
  title: 'who imports whom (dependency-cruiser)',
  async run() {
    const { findings, modules } = await cruise(
      root,
      ourFolders.filter((folder) => existsSync(path.join(root, folder))),
    );
    const files = await sourceFiles('.ts', '.tsx', '.mjs');
    const seen = new Set(modules);
    const unseen = files.filter((file) => !seen.has(file));
    const problems = findings.map(({ rule, from, to }) => `${from} → ${to}: ${rule}`);
    if (unseen.length > files.length * (1 - leastSeen)) {
      problems.push(`Only ${files.length - unseen.length} of ${files.length} files were seen; not ${unseen.slice(0, 5).join(', ')}, …`);
    }
    return stepResult(problems, `${files.length - unseen.length} of ${files.length} files`);
  },
};
