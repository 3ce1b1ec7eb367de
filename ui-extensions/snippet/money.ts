/** An amount in the catalogue's shape: minor units and ISO 4217 code. Empty where either is missing. */
export function moneyOf(amount: unknown, currency: unknown): { valueMinor?: number; currency?: string } {
  const value = numberOf(amount);
  const code = String(currency ?? '').toUpperCase();
  if (!Number.isFinite(value) || !/^[A-Z]{3}$/.test(code)) return {};
  return { valueMinor: Math.round(value * 10 ** minorDigits(code)), currency: code };
}

/** Yen has no minor unit, dinars have three. */
function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * `1.234,50`, `1,234.50`, `49,90` and `€ 1234.5`; a comma before three last digits parts thousands, and so does a dot that comes twice. Not
 * a number where there is none.
 */
export function numberOf(amount: unknown): number {
  if (typeof amount !== 'string') return typeof amount === 'number' ? amount : Number.NaN;
  const text = amount.replace(/[^\d.,-]/g, '');
  const digits = /\..*\.\d{3}$/.test(text) ? text.replace(/\./g, '') : text;
  const comma = digits.lastIndexOf(',');
  const dot = digits.lastIndexOf('.');
  const isDecimal = comma > dot && (dot >= 0 || !/,\d{3}$/.test(digits));
  return Number.parseFloat(isDecimal ? digits.replace(/\./g, '').replace(',', '.') : digits.replace(/,/g, ''));
}
