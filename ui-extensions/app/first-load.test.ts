import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { measureFirstLoad } from '#infra/build/build-app.ts';
import { builtApp } from './testing/app-in-browser.ts';

/** Parts of a page that come after it is shown. */
const later = ['onboarding/link-step.tsx', 'links/make-tracked-link.tsx', 'shell/toasts.tsx'];

describe('the first load', () => {
  it('of every page is at most 200 KB, compressed', async () => {
    const loads = await measureFirstLoad(await builtApp());
    const pages = loads.filter(({ page }) => page.endsWith('-page.tsx'));
    assert.ok(pages.length >= 10, 'every page is a piece of its own');
    for (const { page, gzipBytes } of pages) assert.ok(gzipBytes <= 200 * 1024, `${page}: ${Math.round(gzipBytes / 1024)} KB`);
    assert.deepEqual(
      later.filter((part) => loads.every(({ page }) => page !== part)),
      [],
    );
  });

  it('holds no script in the page itself, which the policy would refuse', async () => {
    const html = await readFile(join(await builtApp(), 'index.html'), 'utf8');
    for (const [tag] of html.matchAll(/<script[^>]*>[^<]*/g)) assert.match(tag, /src="\/assets\/[^"]+"[^>]*>$/);
    assert.equal(/\son\w+=|style=/.test(html), false);
  });
});
