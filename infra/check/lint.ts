import { z } from 'zod';
import { runTool } from './run-tool.ts';

const report = z.object({
  summary: z.object({ unchanged: z.number(), changed: z.number() }),
  diagnostics: z.array(
    z.object({
      category: z.string(),
      severity: z.string(),
      message: z.string(),
      location: z.object({ path: z.string(), start: z.object({ line: z.number() }).optional() }),
    }),
  ),
});

export interface Finding {
  readonly file: string;
  readonly line: number;
  /** `noExplicitAny`, `format`, `plugin`, … */
  readonly rule: string;
  readonly message: string;
}

/** Formatting and lint of a folder, by the biome.json in it. Warnings count; hints do not. */
export async function lint(folder: string): Promise<{ readonly files: number; readonly findings: readonly Finding[] }> {
  const { stdout, stderr } = await runTool('@biomejs/biome/bin/biome', ['check', '--reporter=json', '--max-diagnostics=none', '.'], folder);
  if (!stdout.startsWith('{')) throw new Error(`Biome gave no report:\n${stderr}`);
  const { summary, diagnostics } = report.parse(JSON.parse(stdout));
  const serious = diagnostics.filter(({ severity }) => severity !== 'information' && severity !== 'info' && severity !== 'hint');
  return {
    files: summary.unchanged + summary.changed,
    findings: serious.map(({ category, message, location }) => ({
      file: location.path,
      line: location.start?.line ?? 1,
      rule: category.split('/').at(-1) ?? category,
      message,
    })),
  };
}
