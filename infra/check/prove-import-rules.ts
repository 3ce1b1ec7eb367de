import { z } from 'zod';
import { cruise, type ImportFinding, ourFolders } from './cruise.ts';
import { type PlantedImport, plantedImports } from './planted-imports.ts';
import { root } from './run-tool.ts';
import { inScratchFolder, type ScratchFolder } from './scratch-folder.ts';
import { type Step, stepResult } from './step.ts';

const cruiserConfig = z.object({ default: z.object({ forbidden: z.array(z.object({ name: z.string() })) }) });
const targetCode = 'export interface Target { readonly name: string }\nexport const target = 1;\n';

/** Builds a small world in a scratch folder where every import rule is broken, and asks the cruiser what it sees. */
export const proveImportRules: Step = {
  title: 'proof: every import rule sees its planted violation',
  run: () =>
    inScratchFolder(async (folder) => {
      await plant(folder);
      const { findings } = await cruise(folder.path, ourFolders);
      const config = cruiserConfig.parse(await import(`${root}/.dependency-cruiser.mjs`));
      const unproved = config.default.forbidden.filter(({ name }) => !plantedImports.some(({ rule }) => rule === name));
      const problems = [
        ...unproved.map(({ name }) => `${name}: has no planted violation in infra/check/planted-imports.ts`),
        ...plantedImports.flatMap((planted) => judge(planted, findings)),
      ];
      return stepResult(problems, `${config.default.forbidden.length} rules, ${plantedImports.length} planted files`);
    }),
};

function judge({ rule, from, code }: PlantedImport, findings: readonly ImportFinding[]): string[] {
  const seen = findings.filter((finding) => finding.from === from).map((finding) => finding.rule);
  if (rule === undefined) return seen.map((name) => `${name}: refuses what is allowed, in ${from}: ${code}`);
  return seen.includes(rule) ? [] : [`${rule}: did not see ${from}: ${code}`];
}

async function plant(folder: ScratchFolder): Promise<void> {
  await folder.copy('package.json', 'tsconfig.json');
  for (const { from, code } of plantedImports) await folder.write(from, `${code}\n`);
  for (const target of new Set(plantedImports.flatMap(targets))) await folder.write(target, targetCode);
  for (const name of new Set(plantedImports.flatMap(packages))) {
    await folder.write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    await folder.write(`node_modules/${name}/index.js`, 'exports.ts = 1;\n');
  }
}

/** Our files that a planted file imports: all are called target.ts. */
function targets({ from, code }: PlantedImport): string[] {
  return specifiers(code)
    .filter((specifier) => specifier.endsWith('target.ts'))
    .map((specifier) => (specifier.startsWith('#') ? fromAlias(specifier) : new URL(specifier, `file:///${from}`).pathname.slice(1)));
}

function fromAlias(specifier: string): string {
  return specifier.slice(1).replace(/^contract\//, 'core/contract/');
}

function packages({ code }: PlantedImport): string[] {
  return specifiers(code).filter((specifier) => /^[^.#]/.test(specifier) && !specifier.startsWith('node:'));
}

function specifiers(code: string): string[] {
  return [...code.matchAll(/'([^']+)'/g)].flatMap(([, specifier]) => specifier ?? []);
}
