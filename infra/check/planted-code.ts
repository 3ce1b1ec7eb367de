/** Code that Biome must refuse, one file for each rule of the house, and code that it must allow. All of it is formatted. */

export interface PlantedCode {
  readonly file: string;
  readonly code: string;
  /** The rule that must see it. Absent: no rule may. */
  readonly rule?: string;
}

const longFunction = ['export function long(): number[] {', '  return [', ...lines(50, '    1,'), '  ];', '}'].join('\n');
const casts = ['const found: unknown = 1;', '', 'export const count = found as number;'].join('\n');

export const plantedCode: readonly PlantedCode[] = [
  { rule: 'format', file: 'core/a/format.ts', code: 'export const a   = 1;' },
  { rule: 'plugin', file: 'core/a/cast.ts', code: casts },
  { rule: 'noExplicitAny', file: 'core/a/any.ts', code: 'export const read = (value: any): unknown => value;' },
  { rule: 'noNonNullAssertion', file: 'core/a/bang.ts', code: 'export const first = (list: string[]): string => list[0]!;' },
  { rule: 'noConsole', file: 'core/a/console.ts', code: "console.log('here');" },
  { rule: 'noConsole', file: 'infra/main.ts', code: "console.log('here');" },
  { rule: 'noProcessEnv', file: 'core/a/environment.ts', code: 'export const port = process.env.PORT;' },
  { rule: 'noDefaultExport', file: 'core/a/default.ts', code: 'export default 1;' },
  { rule: 'noBarrelFile', file: 'core/a/barrel.ts', code: "export { fine } from './fine.ts';" },
  { rule: 'noReExportAll', file: 'core/a/everything.ts', code: "export * from './fine.ts';" },
  { rule: 'noEnum', file: 'core/a/enum.ts', code: 'export enum Colour {\n  red,\n}' },
  { rule: 'noImportCycles', file: 'core/a/one.ts', code: "import { two } from './two.ts';\n\nexport const one = (): number => two();" },
  { rule: 'noImportCycles', file: 'core/a/two.ts', code: "import { one } from './one.ts';\n\nexport const two = (): number => one();" },
  { rule: 'useFilenamingConvention', file: 'core/a/CamelCase.ts', code: 'export const camel = 1;' },
  { rule: 'useImportExtensions', file: 'core/a/extension.ts', code: "import { fine } from './fine';\n\nexport const same = fine;" },
  {
    rule: 'useMaxParams',
    file: 'core/a/many.ts',
    code: 'export const many = (a: number, b: number, c: number, d: number) => a + b + c + d;',
  },
  { rule: 'noExcessiveLinesPerFunction', file: 'core/a/long-function.ts', code: longFunction },
  { rule: 'noExcessiveLinesPerFile', file: 'core/a/long-file.ts', code: lines(301, 'export {};').join('\n') },
  { rule: 'noFloatingPromises', file: 'core/a/floating.ts', code: 'async function save(): Promise<void> {}\n\nsave();' },
  { rule: 'noFocusedTests', file: 'core/a/only.test.ts', code: "it.only('is alone', () => {});" },
  { rule: 'noSkippedTests', file: 'core/a/skip.test.ts', code: "it.skip('is left out', () => {});" },
  { rule: 'noUnusedVariables', file: 'core/a/unused.ts', code: 'const unused = 1;' },
  { rule: 'useNodeAssertStrict', file: 'core/a/loose.test.ts', code: "import assert from 'node:assert';\n\nassert.ok(1);" },

  { file: 'core/a/fine.ts', code: "export const fine = ['a', 'b'] as const;" },
  { file: 'infra/config.ts', code: 'export const port = process.env.PORT;' },
  { file: 'infra/setup/fine.mjs', code: 'console.log(process.env.PATH);' },
];

function lines(count: number, line: string): string[] {
  return Array.from({ length: count }, () => line);
}
