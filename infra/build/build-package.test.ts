import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { launchChromium } from '#infra/testing/chromium.ts';
import { environment } from '#infra/testing/environment.ts';
import { FakeCore } from '../../ui-extensions/snippet/testing/fake-core.ts';
import { buildPackage } from './build-package.ts';
import { buildSnippet } from './build-snippet.ts';

const run = promisify(execFile);
const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

const right = `import { consent, identify, init, track } from '@leadlight/browser';
init({ siteKey: 'k', core: 'https://core.example', nonce: 'n', consent: false });
identify('ada@example.com', { plan: 'pro', seats: 3 });
track('purchase', { orderId: 'A1', value: 12.5, currency: 'EUR' });
track('pricing_engage', { plans: { Depot: 1200 } });
track('cancel_intent');
track('opened the door', { which: 'front' });
consent();
`;
/** Each line is one mistake. */
const wrong = `import { init, track } from '@leadlight/browser';
init({ siteKey: 'k' });
track('purchase', { order: 'A1' });
track('search_query');
track('search_query', { query: 1 });
track('cancel_intent', { why: 'price' });
track('opened the door', { which: { front: true } });
`;

describe('the npm package', function () {
  this.timeout(90_000);
  let folder: string;
  let consumer: string;
  let browser: Browser | undefined;
  let core: FakeCore | undefined;
  let website: Server | undefined;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadlight-package-'));
    consumer = await mkdtemp(join(folder, 'consumer-'));
    const files = join(folder, 'package');
    await buildPackage(files);
    const { stdout } = await run('npm', ['pack', files, '--json', '--pack-destination', folder], { cwd: folder, env: environment() });
    const [, tarball = ''] = /"filename":\s*"([^"]+)"/.exec(stdout) ?? [];
    await writeFile(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
    const offline = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run('npm', [...offline, join(folder, tarball)], { cwd: consumer, env: environment() });
  });
  after(async () => {
    await browser?.close();
    await core?.close();
    website?.closeAllConnections();
    website?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('brings its code, types, readme and licence, and nothing else', async () => {
    const installed = join(consumer, 'node_modules/@leadlight/browser');
    const { stdout } = await run('npm', ['pack', installed, '--dry-run', '--json'], { cwd: folder, env: environment() });
    const files = [...stdout.matchAll(/"path":\s*"([^"]+)"/g)].map(([, path]) => path);
    assert.deepEqual(files.toSorted(), ['LICENSE', 'README.md', 'index.cjs', 'index.d.cts', 'index.d.ts', 'index.js', 'package.json']);
    assert.doesNotMatch(await readFile(join(installed, 'package.json'), 'utf8'), /"\w*[dD]ependencies"/);
  });

  it('knows the catalogue: right calls pass, and each mistake is told', async () => {
    await writeFile(join(consumer, 'right.ts'), right);
    await writeFile(join(consumer, 'right.cts'), right);
    await writeFile(join(consumer, 'wrong.ts'), wrong);
    assert.equal(await typeErrors(['right.ts'], ['--module', 'esnext', '--moduleResolution', 'bundler']), '');
    const told = await typeErrors(['right.ts', 'right.cts', 'wrong.ts']);
    assert.doesNotMatch(told, /right/);
    const lines = [...told.matchAll(/^wrong\.ts\((\d+),/gm)].map(([, line]) => Number(line));
    assert.deepEqual([...new Set(lines)], [2, 3, 4, 5, 6, 7], told);
  });

  it('does nothing on a server, imported or required', async () => {
    const calls =
      "init({ siteKey: 'k', core: 'https://core.example' }); track('cancel_intent'); identify('ada'); consent(); console.log(typeof window)";
    const names = '{ init, track, identify, consent }';
    await writeFile(join(consumer, 'server.mjs'), `import ${names} from '@leadlight/browser'; ${calls}`);
    await writeFile(join(consumer, 'server.cjs'), `const ${names} = require('@leadlight/browser'); ${calls}`);
    for (const file of ['server.mjs', 'server.cjs']) {
      assert.equal((await run(process.execPath, [file], { cwd: consumer })).stdout.trim(), 'undefined', file);
    }
  });

  it('leaves out of a bundle what is not used', async () => {
    const bundle = async (code: string) => {
      const stdin = { contents: code, resolveDir: consumer };
      const { outputFiles } = await build({ stdin, bundle: true, minify: true, write: false, format: 'esm' });
      return outputFiles[0]?.text ?? '';
    };
    assert.equal((await bundle("import { init } from '@leadlight/browser';")).trim(), '');
    assert.doesNotMatch(await bundle("import { track } from '@leadlight/browser'; track('cancel_intent');"), /createElement/);
    const whole = await bundle("import * as all from '@leadlight/browser'; window.all = all;");
    assert.match(whole, /createElement/);
    assert.ok(whole.length < 1500, `${whole.length} bytes`);
  });

  it('loads the snippet once under a strict policy with Trusted Types, and passes on what was said before', async () => {
    const files = join(folder, 'snippet');
    await buildSnippet(files);
    core = await new FakeCore(files).listen();
    browser = await launchChromium();
    const page = await browser.newPage({ baseURL: await serve(core.origin) });
    const problems: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto('/');
    for (let waitedMs = 0; waitedMs < 8_000 && core.eventsOf('custom').length < 2; waitedMs += 100) await page.waitForTimeout(100);
    assert.deepEqual(problems, []);
    assert.equal(await page.locator('script[data-key]').count(), 1);
    assert.deepEqual(
      core.eventsOf('purchase').map(({ props }) => props),
      [{ orderId: 'A1', valueMinor: 1250, currency: 'EUR' }],
    );
    assert.deepEqual(
      core.eventsOf('custom').map(({ props }) => props),
      [
        { name: 'said before', props: { which: 'front' } },
        { name: 'said after', props: {} },
      ],
    );
    assert.ok(core.envelopes.some(({ identity }) => identity?.externalId === 'customer-7' && identity.traits?.plan === 'pro'));
  });

  /** A website that imports the installed package as it is, under a policy that allows the one nonce. */
  async function serve(coreOrigin: string): Promise<string> {
    const code = await readFile(join(consumer, 'node_modules/@leadlight/browser/index.js'), 'utf8');
    const policy = `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src ${coreOrigin}; require-trusted-types-for 'script'; trusted-types leadlight leadlight-load`;
    const script = `import { consent, identify, init, track } from '/leadlight.js';
identify('customer-7', { plan: 'pro' });
track('said before', { which: 'front' });
track('purchase', { orderId: 'A1', value: 12.5, currency: 'EUR' });
for (let twice = 0; twice < 2; twice++) init({ siteKey: 'site_key_1', core: '${coreOrigin}', consent: false, nonce: 'abc' });
const waiting = setInterval(() => {
  if (!window.leadlight.track) return;
  clearInterval(waiting);
  consent(true);
  track('said after');
}, 50);`;
    website = createServer((request, response) => {
      const isCode = request.url === '/leadlight.js';
      const type = isCode ? 'text/javascript' : 'text/html; charset=utf-8';
      response.writeHead(request.url === '/favicon.ico' ? 204 : 200, { 'content-type': type, 'content-security-policy': policy });
      response.end(isCode ? code : `<!doctype html><title>A page</title><script type="module" nonce="abc">${script}</script>`);
    });
    website.listen(0, 'localhost');
    await once(website, 'listening');
    const address = website.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://localhost:${address.port}`;
  }

  /** What the compiler says of files of the consumer; empty when all is well. */
  async function typeErrors(files: readonly string[], options: readonly string[] = ['--module', 'nodenext']): Promise<string> {
    const strict = ['--noEmit', '--strict', '--skipDefaultLibCheck', '--target', 'es2022', '--lib', 'es2022,dom'];
    const args = [tsc, ...strict, ...options, ...files];
    const failed = await run(process.execPath, args, { cwd: consumer }).then(
      () => null,
      (error: unknown) => error,
    );
    return failed instanceof Error && 'stdout' in failed ? String(failed.stdout) : '';
  }
});
