/** Pushes one event in the words of Google Analytics 4, for whatever tag manager a site may use. */
export function pushEvent(event, parameters = {}) {
  window.dataLayer = window.dataLayer ?? [];
  window.dataLayer.push({ event, ...parameters });
}

/** Pushes a GA4 e-commerce event; the one before is cleared first, as GA4 asks. */
export function pushCommerce(event, ecommerce) {
  window.dataLayer = window.dataLayer ?? [];
  window.dataLayer.push({ ecommerce: null });
  window.dataLayer.push({ event, ecommerce: { currency: 'EUR', ...ecommerce } });
}
