/** An amount in the catalogue's shape: minor units and ISO 4217 code. Empty where either is missing. */
export function moneyOf(amount: unknown, currency: unknown): { valueMinor?: number; currency?: string } {
  const code = String(currency ?? '').toUpperCase();
  const value = numberOf(amount, code);
  if (!Number.isFinite(value) || !/^[A-Z]{3}$/.test(code)) return {};
  return { valueMinor: Math.round(value * 10 ** minorDigits(code)), currency: code };
}

/** Yen has no minor unit, dinars have three. */
function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Separators of thousands alone: a comma before three last digits, or a dot that comes twice. */
const parted = /^[^.]*,\d{3}$|^[^,]*\.[^,]*\.\d{3}$/;
/** A dot before three last digits too, where the currency has not as many of its own. */
const dotted = /^[1-9]\d{0,2}\.\d{3}$/;
const thousandths = /^(?:BHD|IQD|JOD|KWD|LYD|OMR|TND)$/;

/** The first in `1.234,50`, `1,234.50`, `49,90`, `1'234`, `Rs. 1234.5` and `49.90 - 99.90`. Not a number where there is none. */
export function numberOf(amount: unknown, currency: unknown): number {
  if (typeof amount !== 'string') return typeof amount === 'number' ? amount : Number.NaN;
  const text = (amount.match(/-?\d[\d\s.,'’]*/)?.[0] ?? '').replace(/[\s'’]|[.,]\D*$/g, '');
  const isParted = parted.test(text) || (dotted.test(text) && !thousandths.test(String(currency)));
  return Number.parseFloat(isParted ? text.replace(/[.,]/g, '') : text.replace(/[.,](?=.*[.,])/g, '').replace(',', '.'));
}
