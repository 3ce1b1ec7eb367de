import { runTool } from './run-tool.ts';
import type { Step } from './step.ts';

export const checkDeadCode: Step = {
  title: 'dead code: files, exports, packages (knip)',
  async run() {
    const { code, stdout, stderr } = await runTool('knip/bin/knip.js', ['--no-progress', '--treat-config-hints-as-errors']);
    return { ok: code === 0, text: [stdout, stderr].join('\n').trim() };
  },
};
