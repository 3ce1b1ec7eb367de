import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cut } from './cut.ts';

describe('cut', () => {
  it('leaves a text that fits as it is', () => assert.equal(cut('Pricing', 7), 'Pricing'));

  it('says that something is missing', () => assert.equal(cut('Pricing page', 8), 'Pricing…'));

  it('never cuts a character in two, and never grows beyond its room', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        const short = cut(text, max);
        assert.ok(short.length <= max);
        assert.ok(short.isWellFormed());
      }),
    );
  });
});
