import assert from 'node:assert/strict';
import { pageKind, pageKindNames } from './summarise-page-kind.ts';

const pages: readonly (readonly [string, string])[] = [
  ['https://x.test/', 'home'],
  ['https://x.test/en/', 'home'],
  ['https://x.test/index.html', 'home'],
  ['https://x.test/#/pricing', 'pricing'],
  ['https://x.test/de/preise', 'pricing'],
  ['https://x.test/plans-and-pricing', 'pricing'],
  ['https://x.test/product/pricing', 'pricing'],
  ['https://x.test/pricing/faq', 'pricing'],
  ['https://x.test/blog/pricing-strategies', 'blog'],
  ['https://x.test/careers/product-manager', 'careers'],
  ['https://careers.x.test/designer', 'careers'],
  ['https://x.test/docs/pricing-api', 'docs'],
  ['https://docs.x.test/start', 'docs'],
  ['https://x.test/help/billing', 'support'],
  ['https://x.test/request-a-demo', 'demo'],
  ['https://x.test/signup', 'trial'],
  ['https://x.test/contact-sales', 'contact'],
  ['https://x.test/acme-vs-foo', 'compare'],
  ['https://x.test/case-studies/bar', 'customers'],
  ['https://x.test/features/sso', 'product'],
  ['https://x.test/collections/shoes', 'shop'],
  ['https://x.test/shop/checkout', 'checkout'],
  ['https://x.test/account/plans', 'account'],
  ['https://x.test/privacy-policy', 'legal'],
  ['https://x.test/about', 'other'],
  ['not an address', 'other'],
];

describe('The kind of a page', () => {
  for (const [url, kind] of pages) it(`is ${kind} for ${url}`, () => assert.equal(pageKind(url, ''), kind));

  it('is told by the title when the address says nothing', () => {
    assert.equal(pageKind('https://x.test/p?id=7', 'Pricing | Acme'), 'pricing');
    assert.equal(pageKind('https://x.test/p?id=7', 'Our story | Acme pricing'), 'other');
    assert.ok(pageKindNames.includes(pageKind('https://x.test/%E0%A4%A', '\u0000')));
  });
});
