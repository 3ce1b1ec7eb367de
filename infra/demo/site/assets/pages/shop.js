import { pushCommerce } from '../data-layer.js';
import { gaItem, products } from '../shop/catalogue.js';

const items = products.map((product) => gaItem({ product, variant: product.variants[0] }));
pushCommerce('view_item_list', { item_list_id: 'hardware', item_list_name: 'Hardware', items });

for (const [index, product] of products.entries()) {
  for (const link of document.querySelectorAll(`main a[href="${product.path}"]`)) {
    link.addEventListener('click', () => pushCommerce('select_item', { item_list_id: 'hardware', items: [items[index]] }));
  }
}
