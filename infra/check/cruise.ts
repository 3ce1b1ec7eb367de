import { z } from 'zod';
import { root, runTool } from './run-tool.ts';

const report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({ violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })) }),
});

export interface ImportFinding {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export const ourFolders = ['core', 'integrations', 'ui-extensions', 'infra', 'packages'] as const;

/** Follows the imports of our folders in `base` and holds them against the rules of the checkout. */
export async function cruise(base: string, folders: readonly string[] = ourFolders) {
  const config = `${root}/.dependency-cruiser.mjs`;
  const args = ['--config', config, '--output-type', 'json', ...folders];
  const { stdout, stderr } = await runTool('dependency-cruiser/bin/dependency-cruiser.mjs', args, base);
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser gave no report:\n${stderr}`);
  const { modules, summary } = report.parse(JSON.parse(stdout));
  const findings: ImportFinding[] = summary.violations.map(({ from, to, rule }) => ({ rule: rule.name, from, to }));
  return { findings, modules: modules.map(({ source }) => source) };
}
