/** The cart: stock-keeping unit → pieces, in this browser's localStorage. */
import { findSku } from './catalogue.js';

const key = 'halden.cart';
const freeDeliveryFrom = 75000;
const deliveryCents = { standard: 1900, express: 4900 };
const vatPercent = 21;

/** Rows `{ product, variant, quantity, cents }`; units that are not sold any more are left out. */
export function rows() {
  return Object.entries(read()).flatMap(([sku, quantity]) => {
    const found = findSku(sku);
    return found ? [{ ...found, quantity, cents: found.variant.cents * quantity }] : [];
  });
}

export function countPieces() {
  return rows().reduce((sum, row) => sum + row.quantity, 0);
}

export function add(sku, quantity) {
  setQuantity(sku, (read()[sku] ?? 0) + quantity);
}

/** 0 takes the row away; 99 is the most. */
export function setQuantity(sku, quantity) {
  const { [sku]: _, ...others } = read();
  const next = Math.min(99, Math.trunc(quantity));
  write(next > 0 ? { ...others, [sku]: next } : others);
}

export function empty() {
  write({});
}

/** In cents. Standard delivery is free from €750; VAT is on goods and delivery. */
export function totals(delivery = 'standard') {
  const goods = rows().reduce((sum, row) => sum + row.cents, 0);
  const free = goods === 0 || (delivery === 'standard' && goods >= freeDeliveryFrom);
  const shipping = free ? 0 : deliveryCents[delivery];
  const tax = Math.round(((goods + shipping) * vatPercent) / 100);
  return { goods, shipping, tax, total: goods + shipping + tax };
}

function read() {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? '{}');
    const pairs = Object.entries(value ?? {}).filter(([, quantity]) => Number.isInteger(quantity) && quantity > 0);
    return Object.fromEntries(pairs);
  } catch {
    return {};
  }
}

function write(basket) {
  localStorage.setItem(key, JSON.stringify(basket));
  dispatchEvent(new Event('basketchange'));
}
