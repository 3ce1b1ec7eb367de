import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { testPlatform } from '../testing/test-platform.ts';

describe('code for browsers', () => {
  let buildDir: string;
  let app: TestApp;

  before(async () => {
    buildDir = await mkdtemp(join(tmpdir(), 'leadlight-build-'));
    const files = {
      'snippet/ll.js': '/*ll*/',
      'snippet/ll-visit.js': '/*visit*/',
      'snippet/ll-shop.js': '/*shop*/',
      'snippet/ll-recorder.js': '/*rec*/',
      'app/index.html': '<app>',
      'app/assets/a-1.js': '/*a*/',
      'app/icon.svg': '<svg/>',
      'replay/index.html': '<player>',
      'secret.txt': 'secret',
    };
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(buildDir, name, '..'), { recursive: true });
      await writeFile(join(buildDir, name), text);
    }
    app = await testApp(await testPlatform({ config: { buildDir } }));
  });
  after(async () => {
    await app.close();
    await rm(buildDir, { recursive: true });
  });

  it('is given to every website: the snippet, for five minutes', async () => {
    for (const [path, text] of [
      ['/ll.js', '/*ll*/'],
      ['/ll-visit.js', '/*visit*/'],
      ['/ll-shop.js', '/*shop*/'],
      ['/ll-recorder.js', '/*rec*/'],
    ] as const) {
      const { status, text: body, headers } = await app.call(path, { headers: { Origin: 'https://anybody.example' } });
      assert.deepEqual([status, body], [200, text]);
      assert.equal(headers.get('Access-Control-Allow-Origin'), '*');
      assert.equal(headers.get('Cross-Origin-Resource-Policy'), 'cross-origin');
      assert.equal(headers.get('Cache-Control'), 'public, max-age=300');
      assert.match(headers.get('Content-Type') ?? '', /javascript/);
    }
  });

  it('is the app at every address of its own, asked for anew each time', async () => {
    for (const path of ['/', '/contacts', '/contacts/con_1', '/sign-in?token=x', '/%E0%A4%A', '/v2']) {
      const { status, text, headers } = await app.call(path);
      assert.deepEqual([status, text, headers.get('Cache-Control')], [200, '<app>', 'no-cache'], path);
      assert.match(headers.get('Content-Security-Policy') ?? '', /frame-ancestors 'none'/);
    }
  });

  it('is kept for a year where its name changes with its content', async () => {
    const { text, headers } = await app.call('/assets/a-1.js');
    assert.deepEqual([text, headers.get('Cache-Control')], ['/*a*/', 'public, max-age=31536000, immutable']);
    assert.equal((await app.call('/icon.svg')).headers.get('Cache-Control'), 'no-cache');
  });

  it('is missing where it is missing, and that is not kept', async () => {
    for (const path of ['/assets/b-2.js', '/assets/', '/nothing.png', '/.hidden.js']) {
      const { status, headers } = await app.call(path);
      assert.deepEqual([status, headers.get('Cache-Control')], [404, 'no-store'], path);
    }
  });

  it('is all that is given: nothing beside or above it', async () => {
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/..%5csecret.txt',
      '/assets/%2e%2e/%2e%2e/secret.txt',
      '//secret.txt',
    ]) {
      assert.notEqual((await app.call(path)).text, 'secret', path);
    }
  });

  it('is the player on its own origin, and nothing else there', async () => {
    assert.equal((await app.callPlayer('/player')).text, '<player>');
    for (const path of ['/index.html', '/', '/ll.js', '/assets/a-1.js']) assert.equal((await app.callPlayer(path)).status, 404, path);
  });
});
