/** `npm run check`: every rule of the house that a program can see. Exits with 1 when one is broken. */
import { checkCode } from './check-code.ts';
import { checkDeadCode } from './check-dead-code.ts';
import { checkImports } from './check-imports.ts';
import { checkTypes } from './check-types.ts';
import { checkWords } from './check-words.ts';
import { proveCodeRules } from './prove-code-rules.ts';
import { proveImportRules } from './prove-import-rules.ts';
import { type Step, stepResult } from './step.ts';

const steps: readonly Step[] = [checkCode, proveCodeRules, checkWords, checkImports, proveImportRules, checkDeadCode, checkTypes];

const results = await Promise.all(steps.map(runStep));
const broken = results.filter((ok) => !ok).length;
console.log(broken === 0 ? 'check: all is well' : `check: ${broken} of ${steps.length} steps found something`);
process.exitCode = broken === 0 ? 0 : 1;

async function runStep({ title, run }: Step): Promise<boolean> {
  const start = performance.now();
  const { ok, text } = await run().catch((error: unknown) => stepResult([String(error)]));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${ok ? '✔' : '✖'} ${title} (${seconds} s)${text === '' ? '' : `\n${text.replaceAll(/^(?=.)/gm, '  ')}\n`}`);
  return ok;
}
