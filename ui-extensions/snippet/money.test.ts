import assert from 'node:assert/strict';
import { moneyOf } from './money.ts';

describe('an amount of money', () => {
  it('is minor units, however a shop writes it', () => {
    for (const [amount, currency, valueMinor] of [
      ['1.234', 'EUR', 123_400],
      ['0.999', 'EUR', 100],
      ['12.345', 'KWD', 12_345],
      ['1.234,50 kr.', 'DKK', 123_450],
      ['Rs. 500', 'INR', 50_000],
      ['1’234.50', 'CHF', 123_450],
      ['1 234,-', 'NOK', 123_400],
      ['12.990', 'CLP', 12_990],
      ['¥49,900', 'JPY', 49_900],
      ['1,23,456.50', 'INR', 12_345_650],
      ['49.90 - 99.90', 'EUR', 4_990],
      ['49.9000', 'EUR', 4_990],
    ] as const)
      assert.deepEqual(moneyOf(amount, currency), { valueMinor, currency }, amount);
    for (const [amount, currency] of [
      ['free', 'EUR'],
      ['4.90', '€'],
      [Number.POSITIVE_INFINITY, 'EUR'],
    ])
      assert.deepEqual(moneyOf(amount, currency), {});
  });
});
