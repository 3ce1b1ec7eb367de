import { type Finding, lint } from './lint.ts';
import { type PlantedCode, plantedCode } from './planted-code.ts';
import { inScratchFolder } from './scratch-folder.ts';
import { type Step, stepResult } from './step.ts';

/** Plants one violation of each rule of the house in a scratch folder, and asks Biome, with our configuration, what it sees. */
export const proveCodeRules: Step = {
  title: 'proof: every lint rule of the house sees its planted violation',
  run: () =>
    inScratchFolder(async (folder) => {
      await folder.copy('biome.json', '.gitignore', 'infra/check/no-casts.grit');
      for (const { file, code } of plantedCode) await folder.write(file, `${code}\n`);
      const { findings } = await lint(folder.path);
      const problems = plantedCode.flatMap((planted) => judge(planted, findings));
      return stepResult(problems, `${new Set(plantedCode.map(({ rule }) => rule)).size - 1} rules, ${plantedCode.length} planted files`);
    }),
};

function judge({ rule, file }: PlantedCode, findings: readonly Finding[]): string[] {
  const seen = findings.filter((finding) => finding.file === file);
  if (rule === undefined) return seen.map((finding) => `${finding.rule}: refuses what is allowed, in ${file}: ${finding.message}`);
  return seen.some((finding) => finding.rule === rule) ? [] : [`${rule}: did not see ${file}`];
}
