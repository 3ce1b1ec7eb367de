/** Shopify's order status page leaves the order in `Shopify.checkout`, before anything else runs. */
(() => {
  const order = JSON.parse(sessionStorage.getItem('halden.spares.order') ?? 'null');
  if (order === null) return;
  const cents = order.rows.reduce((sum, row) => sum + row.cents * row.quantity, 0);
  window.Shopify = window.Shopify ?? {};
  window.Shopify.checkout = {
    created_at: new Date().toISOString(),
    currency: 'EUR',
    order_id: order.id,
    presentment_currency: 'EUR',
    total_price: (cents / 100).toFixed(2),
    subtotal_price: (cents / 100).toFixed(2),
    line_items: order.rows.map(({ id, title, cents: each, quantity }) => ({
      variant_id: id,
      title,
      price: (each / 100).toFixed(2),
      quantity,
    })),
  };
  addEventListener('DOMContentLoaded', () => {
    document.querySelector('#spares-order').textContent = `Order #${order.id}, €${(cents / 100).toFixed(2)}. It leaves Utrecht today.`;
  });
})();
