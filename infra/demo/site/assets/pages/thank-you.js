/** The page after paying: the order, once as structured data and once as a purchase. */
import { pushCommerce } from '../data-layer.js';
import { element, structuredData } from '../shop/element.js';
import { money } from '../shop/money.js';

const order = readOrder();
document.querySelector('#order').hidden = order === null;
document.querySelector('#no-order').hidden = order !== null;
if (order !== null) {
  showOrder();
  document.head.append(structuredData(orderData()));
  announceOnce();
}

function showOrder() {
  document.querySelector('#order-number').textContent = order.id;
  document.querySelector('#order-total').textContent = money(order.total);
  document
    .querySelector('#order-rows')
    .replaceChildren(
      ...order.items.map((item) =>
        element(
          'li',
          {},
          element('span', {}, `${item.quantity} × ${item.item_name}, ${item.item_variant}`),
          element('span', { class: 'numeric' }, money(Math.round(item.price * item.quantity * 100))),
        ),
      ),
    );
}

/** A reload shows the order again, but it is bought once. */
function announceOnce() {
  if (order.announced) return;
  sessionStorage.setItem('halden.order', JSON.stringify({ ...order, announced: true }));
  pushCommerce('purchase', {
    transaction_id: order.id,
    // GA4 counts the goods alone as value: tax and delivery have places of their own.
    value: order.goods / 100,
    tax: order.tax / 100,
    shipping: order.shipping / 100,
    items: order.items,
  });
}

function orderData() {
  return {
    '@type': 'Order',
    orderNumber: order.id,
    orderStatus: 'https://schema.org/OrderProcessing',
    merchant: { '@type': 'Organization', name: 'Halden' },
    priceCurrency: 'EUR',
    price: (order.total / 100).toFixed(2),
    acceptedOffer: order.items.map((item) => ({
      '@type': 'Offer',
      priceCurrency: 'EUR',
      price: item.price.toFixed(2),
      eligibleQuantity: { '@type': 'QuantitativeValue', value: item.quantity },
      itemOffered: { '@type': 'Product', sku: item.item_id, name: item.item_name },
    })),
  };
}

function readOrder() {
  try {
    return JSON.parse(sessionStorage.getItem('halden.order') ?? 'null');
  } catch {
    return null;
  }
}
