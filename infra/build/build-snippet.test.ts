import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSnippet } from './build-snippet.ts';

describe('the built snippet', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadlight-built-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('tells the hashes of its files; the loader holds that of the visit file, which holds those of the others', async () => {
    const built = await buildSnippet(folder);
    const told: unknown = JSON.parse(await readFile(join(folder, 'll-integrity.json'), 'utf8'));
    const names = ['ll.js', 'll-visit.js', 'll-shop.js', 'll-recorder.js'] as const;
    const hashes = await Promise.all(names.map(async (name) => `sha384-${hashOf(await readFile(join(folder, name)))}`));
    assert.deepEqual(told, Object.fromEntries(names.map((name, place) => [name, hashes[place]])));
    assert.equal(built.loader.integrity, hashes[0]);
    const [loader = '', visit = ''] = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    assert.ok(loader.includes(built.visit.pin));
    for (const { pin } of [built.shop, built.recorder]) assert.ok(visit.includes(pin), pin);
  });
});

function hashOf(bytes: Buffer): string {
  return createHash('sha384').update(bytes).digest('base64');
}
