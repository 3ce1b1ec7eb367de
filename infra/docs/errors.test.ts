import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failureKinds } from '#contract/failure.ts';

const core = fileURLToPath(new URL('../../core', import.meta.url));

describe('the documentation of the problems', () => {
  it('names every code that the core answers with, and its status', async () => {
    const text = await readFile(new URL('errors.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| (\d{3}) \| `([a-z-]+)` \|/gm)].map(([, status, code]) => `${status} ${code}`);
    assert.equal(new Set(rows).size, rows.length, 'none twice');
    assert.deepEqual(rows.toSorted(), [...(await codesOfCore())].toSorted());
  });
});

/** Read from the places where a failure is made: each names its kind and its code. */
async function codesOfCore(): Promise<Set<string>> {
  const found = new Set(['500 internal']);
  for await (const file of glob('**/*.ts', { cwd: core })) {
    if (file.endsWith('.test.ts') || file.startsWith('testing/')) continue;
    const source = await readFile(join(core, file), 'utf8');
    for (const [, kind = '', code = ''] of source.matchAll(/new Failure\(\s*'(\w+)',(?:(?!new Failure)[\s\S]){0,400}?code: '([a-z-]+)'/g))
      if (code !== 'internal') found.add(`${statusOf(kind)} ${code}`);
  }
  return found;
}

function statusOf(kind: string): number | undefined {
  return Object.entries(failureKinds).find(([name]) => name === kind)?.[1].status;
}
