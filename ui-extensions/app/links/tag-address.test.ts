import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addMergeTag } from './tag-address.ts';

const tag = '{{ contact.leadlight_link_token }}';

describe('the link for a campaign', () => {
  it('carries the merge tag as the CRM wants it, braces and all', () => {
    assert.equal(addMergeTag('https://www.acme.com/pricing', tag), `https://www.acme.com/pricing?ll=${tag}`);
  });

  it('keeps the query and the place on the page', () => {
    assert.equal(addMergeTag('https://www.acme.com/?utm_source=mail#plans', tag), `https://www.acme.com/?utm_source=mail&ll=${tag}#plans`);
  });

  it('replaces a token that is there already', () => {
    assert.equal(addMergeTag('https://www.acme.com/?ll=old&a=1', tag), `https://www.acme.com/?a=1&ll=${tag}`);
  });

  it('completes a bare domain and refuses what is not a page of the web', () => {
    assert.equal(addMergeTag('www.acme.com', tag), `https://www.acme.com/?ll=${tag}`);
    assert.equal(addMergeTag('http://localhost:4001/pricing', tag), `http://localhost:4001/pricing?ll=${tag}`);
    for (const bad of ['', 'pricing', 'javascript:alert(1)', 'mailto:a@b.c']) assert.equal(addMergeTag(bad, tag), null, bad);
  });
});
