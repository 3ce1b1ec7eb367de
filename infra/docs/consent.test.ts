import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const snippet = fileURLToPath(new URL('../../ui-extensions/snippet/', import.meta.url));

describe('the documentation of consent', () => {
  it('names everything that the snippet stores, and nothing else', async () => {
    const stored = new Set<string>();
    for await (const file of glob('*.ts', { cwd: snippet })) {
      if (file.endsWith('.test.ts')) continue;
      for (const [, name = ''] of (await readFile(snippet + file, 'utf8')).matchAll(/'(_?ll_[a-z_]+)'/g)) stored.add(name);
    }
    // Beginning of all names, when they are erased; and parameters of addresses.
    stored.delete('_ll_');
    const text = await readFile(new URL('consent.md', import.meta.url), 'utf8');
    const documented = [...text.matchAll(/^\| `(_?ll_\w+)` \|/gm)].map(([, name]) => name);
    assert.deepEqual(documented.toSorted(), [...stored].toSorted());
  });
});
