import assert from 'node:assert/strict';
import { request } from 'node:http';
import { type DemoSite, startDemoSite } from './start-demo-site.ts';

const headCode = '<script async src="http://localhost:4000/ll.js" data-key="site_test"></script>';

describe('the demo site', () => {
  let site: DemoSite;
  before(async () => {
    site = await startDemoSite({ port: 0, headCode, dataFile: null });
  });
  after(() => site.close());

  it('answers every page of the site map with the header code once, in the head', async () => {
    const paths = await sitePaths(site);
    assert.ok(paths.length >= 35, `only ${paths.length} pages`);
    for (const path of paths) {
      const response = await fetch(site.url + path);
      assert.equal(response.status, 200, path);
      assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8', path);
      assert.equal(response.headers.get('cache-control'), 'no-cache', path);
      assert.equal(response.headers.get('set-cookie'), null, path);
      const [head = '', body = ''] = (await response.text()).split('</head>');
      assert.equal(head.split(headCode).length, 2, `header code in the head of ${path}`);
      assert.ok(!body.includes(headCode), `no header code in the body of ${path}`);
    }
  });

  it('has no dead link, missing file or missing anchor on any page', async () => {
    const pages = new Map<string, string>();
    for (const path of [...(await sitePaths(site)), '/admin', '/nowhere']) pages.set(path, await text(site.url + path));
    const dead: string[] = [];
    for (const [link, path] of linksOf(pages)) {
      if (!(await resolves(new URL(link, site.url), pages))) dead.push(`${link} on ${path}`);
    }
    assert.deepEqual(dead, []);
  });

  it('says what it is at the foot of every page', async () => {
    for (const path of await sitePaths(site))
      assert.match(await text(site.url + path), /Demo site of Leadlight: a fictional company/, path);
  });

  it('has one heading of the first level and one main part on each page', async () => {
    for (const path of await sitePaths(site)) {
      const html = await text(site.url + path);
      // The thank-you page has two, of which one is shown.
      assert.equal(html.split('<h1').length - 1, path === '/checkout/thank-you' ? 2 : 1, path);
      assert.equal(html.split('<main').length - 1, 1, path);
    }
  });

  it('answers an unknown address with its own page, and status 404', async () => {
    for (const path of ['/nowhere', '/pricing.html', '/assets/nothing.css', '/assets/styles', '/docs/nothing']) {
      const response = await fetch(site.url + path);
      assert.equal(response.status, 404, path);
      assert.match(await response.text(), /This bay is empty/, path);
    }
  });

  it('sends an address with a slash at its end to the clean one, and never to another host', async () => {
    const clean = await fetch(`${site.url}/pricing/?utm_source=mail`, { redirect: 'manual' });
    assert.equal(clean.status, 301);
    assert.equal(clean.headers.get('location'), '/pricing?utm_source=mail');
    assert.equal(await rawStatus(site, '//elsewhere.example/'), 404);
  });

  it('serves assets with their types, and lets browsers keep them for a while', async () => {
    const types = { '/assets/site.js': 'javascript', '/assets/styles/base.css': 'text/css', '/assets/art/ring.svg': 'image/svg+xml' };
    for (const [path, type] of Object.entries(types)) {
      const response = await fetch(site.url + path);
      assert.equal(response.status, 200, path);
      assert.ok(response.headers.get('content-type')?.includes(type), path);
      assert.equal(response.headers.get('cache-control'), 'max-age=300', path);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff', path);
    }
  });

  it('refuses to leave its folder', async () => {
    for (const path of [
      '/assets/../../start-demo-site.ts',
      '/assets/%2e%2e/%2e%2e/start-demo-site.ts',
      '/assets/..%2f..%2fstart-demo-site.ts',
    ]) {
      assert.equal(await rawStatus(site, path), 403, path);
    }
    assert.equal(await rawStatus(site, '/assets/%00'), 400);
    assert.equal(await rawStatus(site, '/../package.json'), 404);
  });

  it('acknowledges a form without reading what was typed', async () => {
    const response = await fetch(`${site.url}/forms/demo-request`, { method: 'POST', headers: { accept: 'application/json' } });
    assert.equal(response.status, 202);
    assert.match(await response.text(), /^\{"reference":"HD-\d{6}"\}$/);
    const plain = await fetch(`${site.url}/forms/demo-request`, { method: 'POST', headers: { accept: 'text/html' }, redirect: 'manual' });
    assert.equal(plain.headers.get('location'), '/thanks');
  });

  it('says that it is healthy', async () => {
    assert.equal(await text(`${site.url}/healthz`), '{"ok":true}');
  });

  it('offers for search only what a visitor would look for', async () => {
    const index = await text(`${site.url}/search-index.json`);
    assert.match(index, /"path":"\/docs\/tariffs"/);
    assert.doesNotMatch(index, /"path":"\/checkout/);
  });
});

async function sitePaths(site: DemoSite): Promise<string[]> {
  const map = await text(`${site.url}/sitemap.xml`);
  return [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => new URL(url).pathname);
}

/** Every address of the site that some page links, sends to or loads from → a page that does. Forms are posted; `#/…` is a route. */
function linksOf(pages: ReadonlyMap<string, string>): Map<string, string> {
  const links = new Map<string, string>();
  for (const [path, html] of pages) {
    for (const [, link = ''] of html.matchAll(/(?:href|src|action)="((?:\/|#)[^"]*)"/g)) links.set(link.replace(/^#/, `${path}#`), path);
  }
  for (const link of links.keys()) if (/^\/(?:forms|cart\/add)|#\//.test(link)) links.delete(link);
  return links;
}

/** Whether an address of the site is answered, and holds the anchor it names. */
async function resolves(target: URL, pages: ReadonlyMap<string, string>): Promise<boolean> {
  const found = pages.get(target.pathname) ?? (await textOrNull(target));
  const anchor = target.hash.slice(1);
  return found !== null && (anchor === '' || found.includes(`id="${anchor}"`));
}

async function text(url: string | URL): Promise<string> {
  return (await fetch(url)).text();
}

async function textOrNull(url: URL): Promise<string | null> {
  const response = await fetch(url);
  return response.ok ? response.text() : null;
}

/** Asks for a path exactly as written: `fetch` would tidy it first. */
function rawStatus(site: DemoSite, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(site.url);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });
}
