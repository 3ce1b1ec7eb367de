import { runTool } from './run-tool.ts';
import type { Step } from './step.ts';

/** Makes the next check faster. */
const cache = 'node_modules/.cache/leadlight/types.tsbuildinfo';

export const checkTypes: Step = {
  title: 'types (tsc)',
  async run() {
    const { code, stdout, stderr } = await runTool('typescript/bin/tsc', [
      '--noEmit',
      '--project',
      '.',
      '--incremental',
      '--tsBuildInfoFile',
      cache,
    ]);
    return { ok: code === 0, text: [stdout, stderr].join('\n').trim() };
  },
};
