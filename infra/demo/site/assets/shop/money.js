const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** Cents → `€1,234.50`. */
export function money(cents) {
  return euros.format(cents / 100);
}
