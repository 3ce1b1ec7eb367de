/** An amount in the catalogue's shape: minor units and ISO 4217 code. Empty where either is missing. */
export function moneyOf(amount: unknown, currency: unknown): { valueMinor?: number; currency?: string } {
  const value = Number(amount);
  const code = String(currency ?? '').toUpperCase();
  if (amount === undefined || amount === null || amount === '' || !Number.isFinite(value) || !/^[A-Z]{3}$/.test(code)) return {};
  return { valueMinor: Math.round(value * 10 ** minorDigits(code)), currency: code };
}

/** Yen has no minor unit, dinars have three. */
function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
