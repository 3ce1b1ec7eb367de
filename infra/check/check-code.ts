import { lint } from './lint.ts';
import { root } from './run-tool.ts';
import { type Step, stepResult } from './step.ts';

export const checkCode: Step = {
  title: 'formatting and lint (Biome; to mend what can be mended: npx biome check --write .)',
  async run() {
    const { files, findings } = await lint(root);
    const problems = findings.map(({ file, line, rule, message }) => `${file}:${line} ${rule}: ${message}`);
    return stepResult(problems.toSorted(), `${files} files`);
  },
};
