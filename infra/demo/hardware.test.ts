import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const offer = z.object({ sku: z.string(), name: z.string(), price: z.string(), priceCurrency: z.literal('EUR') });
const productData = z.object({ '@type': z.literal('Product'), productID: z.string(), name: z.string(), offers: z.array(offer) });
const catalogue = z.object({
  products: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      path: z.string(),
      variants: z.array(z.object({ sku: z.string(), name: z.string(), cents: z.number().int() })),
    }),
  ),
});

describe('the hardware of the demo shop', () => {
  it('has the same names and prices in the catalogue, on the product pages and in their structured data', async () => {
    const file = new URL('site/assets/shop/catalogue.js', import.meta.url).href;
    const { products } = catalogue.parse(await import(file));
    assert.equal(products.length, 4);
    for (const product of products) {
      const html = await readFile(new URL(`site/pages${product.path}.html`, import.meta.url), 'utf8');
      const data = productData.parse(JSON.parse(/<script type="application\/ld\+json">(.*)<\/script>/.exec(html)?.[1] ?? ''));
      const sold = product.variants.map(({ sku, name, cents }) => ({ sku, name, price: (cents / 100).toFixed(2), priceCurrency: 'EUR' }));
      assert.deepEqual(data, { '@type': 'Product', productID: product.id, name: product.name, offers: sold });
      for (const { sku, cents } of product.variants) {
        assert.match(html, new RegExp(`value="${sku}".*€${(cents / 100).toFixed(2)}`), sku);
      }
    }
  });
});
