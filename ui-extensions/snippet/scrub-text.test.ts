import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hidden, scrubText } from './scrub-text.ts';

const around = fc.stringMatching(/^[ a-zäö,.!?\n]{0,30}$/);

function withLuhnDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const twice = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}

const card = fc.stringMatching(/^[2-6]\d{11,17}$/).map(withLuhnDigit);
const email = fc
  .tuple(
    fc.stringMatching(/^[A-Za-z][A-Za-z0-9._+-]{0,20}[a-z0-9]$/),
    fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,15}[a-z0-9]$/),
    fc.constantFrom('com', 'de', 'co.uk', 'museum'),
  )
  .map(([name, host, end]) => `${name}@${host}.${end}`);

describe('scrubbing text', () => {
  it('hides every e-mail address, wherever it stands', () => {
    fc.assert(
      fc.property(around, email, around, (before, address, after) => {
        assert.ok(!scrubText(`${before} ${address} ${after}`).includes(address));
      }),
    );
  });

  it('hides every card number, however its digits are grouped', () => {
    fc.assert(
      fc.property(around, card, fc.constantFrom('', ' ', '-', '.'), around, (before, digits, gap, after) => {
        const written = digits.replace(/(.{4})(?=.)/g, `$1${gap}`);
        const left = scrubText(`${before} ${written} ${after}`).replace(/\D/g, '');
        assert.ok(!left.includes(digits.slice(2, 13)), left);
      }),
    );
  });

  it('hides a card number that is followed by its expiry', () => {
    assert.equal(scrubText('4111 1111 1111 1111 12/27').includes('1111'), false);
  });

  for (const secret of [
    'GB82 WEST 1234 5698 7654 32',
    'DE89370400440532013000',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP',
    'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
    'xoxb-1234567890-abcdefghij',
    'AKIAIOSFODNN7EXAMPLE',
    'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'Bearer abcdef0123456789',
    '+49 30 1234567',
    '+1 (415) 555-2671',
    '(415) 555-2671',
    '415-555-2671',
    '030 1234567',
    '078-05-1120',
    'ada%40example.com',
    'müller@exämple.de',
  ]) {
    it(`hides ${secret}`, () => assert.equal(scrubText(`before ${secret} after`).replace(/ +/g, ' '), `before ${hidden} after`));
  }

  for (const plain of [
    'From €1,290.00 a month',
    '15 to 80 charge points',
    '2024-01-15 10:30',
    'Version 10.4.2',
    'ISO/IEC 27001:2022',
    'Open 09:00-17:00',
    'Save 20% in 2025',
    'a_b_c',
  ]) {
    it(`leaves "${plain}" alone`, () => assert.equal(scrubText(plain), plain));
  }

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const once = scrubText(text);
        assert.equal(scrubText(once), once);
      }),
    );
  });

  it('stays quick on hostile text', () => {
    for (const text of [
      'a'.repeat(100_000),
      '1 '.repeat(50_000),
      '@'.repeat(50_000),
      '+1'.repeat(50_000),
      'eyJ.'.repeat(20_000),
      'DE11'.repeat(20_000),
    ])
      scrubText(text);
  });
});
