import assert from 'node:assert/strict';
import path from 'node:path';
import { staticSite } from './static-site.ts';

const site = staticSite(
  path.join(import.meta.dirname, 'typical'),
  { '/own.html': '<html><head lang="en"><title>x</title></head></html>' },
  '<script></script>',
);

describe('a folder as a site', () => {
  it('puts the tag first into the head of a page', () => {
    assert.equal(site.get('/own.html')?.body?.toString(), '<html><head lang="en"><script></script><title>x</title></head></html>');
  });

  it('serves files as they are, with their type', () => {
    assert.match(site.get('/shop.css')?.type ?? '', /^text\/css/);
    assert.match(site.get('/shop.css')?.body?.toString() ?? '', /^\.top/);
  });

  it('has nothing outside the folder', () => {
    assert.equal(site.get('/../typical-page.ts'), undefined);
    assert.equal(site.get('/%2e%2e/typical-page.ts'), undefined);
    assert.equal(site.get('/missing.css'), undefined);
  });
});
