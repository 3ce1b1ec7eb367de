import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type LocalServer, startLocalServer } from './browser/local-server.ts';
import { installPeer } from './install-peer.ts';

describe('installing a peer', () => {
  const before = { ...process.env };
  let folder = '';
  let registry: LocalServer;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leadlight-peer-'));
    const packed = await pack(folder);
    registry = await startLocalServer(({ url }) => {
      if (url.endsWith('.tgz')) return { type: 'application/octet-stream', body: packed };
      if (url !== '/lamp-recorder') return undefined;
      const version = { name: 'lamp-recorder', version: '1.2.3', dist: { tarball: `${registry.origin}/lamp-recorder-1.2.3.tgz` } };
      const body = { name: 'lamp-recorder', 'dist-tags': { latest: '1.2.3' }, versions: { '1.2.3': version } };
      return { type: 'application/json', body: JSON.stringify(body) };
    });
    process.env.LEADLIGHT_CACHE = path.join(folder, 'cache');
    process.env.npm_config_registry = registry.origin;
    process.env.npm_config_cache = path.join(folder, 'npm');
  });

  afterEach(async () => {
    for (const name of ['LEADLIGHT_CACHE', 'npm_config_registry', 'npm_config_cache']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('puts it beside the product, and asks for it once', async () => {
    const installed = await installPeer('lamp-recorder', '1.2.3');
    assert.equal(installed, path.join(folder, 'cache/peers/lamp-recorder@1.2.3'));
    assert.equal(createRequire(`${installed}/`)('lamp-recorder').lit, true);
    const asked = registry.asked.length;
    assert.ok(asked > 0);
    assert.equal(await installPeer('lamp-recorder', '1.2.3'), installed);
    assert.equal(registry.asked.length, asked);
  });

  it('leaves nothing behind of one that is not there', async () => {
    await assert.rejects(installPeer('lamp-recorder', '9.9.9'), /Installing lamp-recorder@9\.9\.9 failed/);
    assert.deepEqual(await readdir(path.join(folder, 'cache/peers')), []);
  });
});

/** A package as a registry keeps it. */
async function pack(folder: string): Promise<Buffer> {
  const source = path.join(folder, 'source');
  await mkdir(source);
  await writeFile(path.join(source, 'package.json'), '{ "name": "lamp-recorder", "version": "1.2.3", "main": "index.js" }');
  await writeFile(path.join(source, 'index.js'), 'exports.lit = true;');
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: source, stdio: 'ignore' });
  return readFile(path.join(folder, 'lamp-recorder-1.2.3.tgz'));
}
