import assert from 'node:assert/strict';
import { defaultTemplate } from '../seed/default-template.ts';
import type { CrmRecord } from '../state/records.ts';
import { fillTokens, renderEmail } from './render-template.ts';

function contact(properties: Record<string, string>): CrmRecord {
  return { id: '51001', properties, contactIds: [], createdAt: '', updatedAt: '' };
}

function hrefOf(markup: string): string {
  return (/href="([^"]*)"/.exec(markup)?.[1] ?? '').replaceAll('&amp;', '&');
}

describe('the campaign: rendering an e-mail', () => {
  it('fills in the link token of the recipient, and appends HubSpot’s tracking', () => {
    const { body } = defaultTemplate('http://localhost:4001');
    const email = renderEmail(body, contact({ firstname: 'Ada', leadlight_link_token: 'tok_abcdefghijkl' })).text;
    const url = new URL(hrefOf(email));
    assert.equal(url.origin + url.pathname, 'http://localhost:4001/pricing');
    assert.equal(url.searchParams.get('ll'), 'tok_abcdefghijkl');
    assert.equal(url.searchParams.get('utm_campaign'), 'autumn');
    assert.match(url.searchParams.get('_hsenc') ?? '', /^p2ANqtz-/);
    assert.match(url.searchParams.get('_hsmi') ?? '', /^\d+$/);
    assert.match(email, /Hi Ada,/);
  });

  it('renders unknown and empty properties as nothing, or as their fallback', () => {
    const nobody = contact({});
    assert.equal(fillTokens('a{{ contact.nothing }}b', nobody), 'ab');
    assert.equal(fillTokens('Hi {{ personalization_token("contact.firstname", "there") }}', nobody), 'Hi there');
    assert.equal(fillTokens('{{contact.email|urlencode}}', contact({ email: 'a+b@c.example' })), 'a%2Bb%40c.example');
  });

  it('leaves an encoded brace alone, as HubSpot does', () => {
    const encoded = '%7B%7B contact.firstname %7D%7D';
    assert.equal(fillTokens(encoded, contact({ firstname: 'Ada' })), encoded);
  });

  it('lets no value become markup or a script address', () => {
    const evil = contact({
      firstname: '<img src=x onerror=alert(1)>',
      company: '"><script>alert(1)</script>',
      website: 'javascript:alert(1)',
    });
    const body =
      '{{contact.firstname}} <a href="https://a.example/?c={{contact.company}}">x</a> <a href="{{contact.website}}">y</a><script>1</script>';
    const email = renderEmail(body, evil).text;
    assert.doesNotMatch(email, /<img|<script|href="javascript/i);
    assert.match(email, /&lt;img src=x onerror=alert\(1\)&gt;/);
  });

  it('makes a pasted address a link', () => {
    const email = renderEmail(
      'Look: http://localhost:4001/a?x=1&ll={{ contact.leadlight_link_token }}.',
      contact({ leadlight_link_token: 't0k' }),
    ).text;
    assert.ok(hrefOf(email).startsWith('http://localhost:4001/a?x=1&ll=t0k&_hsenc='), email);
    assert.match(email, />http:\/\/localhost:4001\/a\?x=1&amp;ll=t0k<\/a>\./);
  });
});
