import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoSite, startDemoSite } from './start-demo-site.ts';

const ours = '<script async src="http://localhost:4000/ll.js" data-key="site_demo"></script>';
const theirs = '<script async src="http://localhost:4000/ll.js" data-key="site_own"></script>';

describe('the website admin of the demo site', () => {
  let folder: string;
  let dataFile: string;
  const running: DemoSite[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leadlight-demo-'));
    dataFile = join(folder, 'site', 'head-code.json');
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((site) => site.close()));
    await rm(folder, { recursive: true, force: true });
  });

  async function start(headCode = ours, log: (line: string) => void = () => undefined): Promise<DemoSite> {
    const site = await startDemoSite({ port: 0, headCode, dataFile, log });
    running.push(site);
    return site;
  }

  it('puts pasted code on every page, and keeps it over a restart', async () => {
    const site = await start();
    const saved = await post(site, { headCode: theirs, action: 'save' });
    assert.equal(saved.status, 303);
    assert.equal(saved.headers.get('location'), '/admin?saved');
    assert.ok(await carries(site, theirs));
    assert.ok(!(await carries(site, ours)));
    assert.ok(await carries(await start(), theirs));
  });

  it('puts back the demo workspace’s code, and leaves nothing stored', async () => {
    const site = await start();
    await post(site, { headCode: theirs, action: 'save' });
    await post(site, { headCode: 'whatever stands in the box', action: 'put-back' });
    assert.ok(await carries(site, ours));
    assert.deepEqual(await readdir(join(folder, 'site')), []);
    assert.match(await show(site, '?put-back'), /The demo workspace’s code is back/);
  });

  it('follows the given code to another port as long as nobody pasted their own', async () => {
    const first = await start();
    await post(first, { headCode: ours, action: 'save' });
    const moved = ours.replace('4000', '5000');
    assert.ok(await carries(await start(moved), moved));
  });

  it('never carries the code itself, only shows it as text, and runs no script at all', async () => {
    const site = await start();
    await post(site, { headCode: theirs, action: 'save' });
    const response = await fetch(`${site.url}/admin`);
    const html = await response.text();
    assert.doesNotMatch(html, /<script/i);
    assert.match(html, /&lt;script async src=&quot;http:\/\/localhost:4000\/ll\.js&quot; data-key=&quot;site_own&quot;&gt;/);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.match(html, /Your own code is in place/);
  });

  it('refuses a bad paste with a clear error, keeps what was typed, and changes nothing', async () => {
    const site = await start();
    const refused = await post(site, { headCode: '</textarea><script>alert(1)</script>', action: 'save' });
    const html = await refused.text();
    assert.equal(refused.status, 422);
    assert.match(html, /role="alert">Nothing was saved\. Only &lt;script&gt; tags are accepted here/);
    assert.match(html, /&lt;\/textarea&gt;&lt;script&gt;alert\(1\)/);
    assert.doesNotMatch(html, /<script/);
    assert.ok(await carries(site, ours));
    await assert.rejects(readFile(dataFile));
  });

  it('refuses a form that another website posts, and one that is far too large', async () => {
    const site = await start();
    const foreign = await post(site, { headCode: theirs, action: 'save' }, { origin: 'http://elsewhere.example' });
    assert.equal(foreign.status, 403);
    assert.equal((await post(site, { headCode: theirs, action: 'save' }, { origin: 'null' })).status, 403);
    assert.equal((await post(site, { headCode: 'x'.repeat(70_000), action: 'save' })).status, 413);
    assert.ok(await carries(site, ours));
  });

  it('starts with the given code, and says so, when the stored file is spoilt', async () => {
    await post(await start(), { headCode: theirs, action: 'save' });
    await writeFile(dataFile, '{"headCode":"<img>"}');
    const lines: string[] = [];
    assert.ok(await carries(await start(ours, (line) => lines.push(line)), ours));
    assert.match(lines.join('\n'), /holds no acceptable header code/);
  });

  it('works without a file: the code then lasts until the site is closed', async () => {
    const site = await startDemoSite({ port: 0, headCode: '', dataFile: null });
    running.push(site);
    assert.match(await show(site), /No code is in place/);
    await post(site, { headCode: theirs, action: 'save' });
    assert.ok(await carries(site, theirs));
  });
});

function post(site: DemoSite, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${site.url}/admin`, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' });
}

async function show(site: DemoSite, query = ''): Promise<string> {
  return (await fetch(`${site.url}/admin${query}`)).text();
}

async function carries(site: DemoSite, code: string): Promise<boolean> {
  return (await (await fetch(`${site.url}/pricing`)).text()).includes(code);
}
