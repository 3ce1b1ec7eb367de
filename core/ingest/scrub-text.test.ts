import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isIban } from './scrub-iban.ts';
import { type Leak, scrubText } from './scrub-text.ts';

const word = fc.stringMatching(/^[a-z]{1,10}$/);
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

/** Prose around a find: a find stands alone or between marks. */
const prose = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));

const email = fc.tuple(word, word, fc.constantFrom('com', 'co.uk', 'museum')).map(([name, host, end]) => `${name}.b+x@${host}.${end}`);
const card = fc
  .integer({ min: 12, max: 18 })
  .chain(digits)
  .filter((body) => !/^0+$/.test(body))
  .map(withLuhn);
const grouped = card.map((number) => number.replace(/(\d{4})(?=\d)/g, '$1 '));
const iban = fc
  .tuple(fc.constantFrom(['DE', 22], ['GB', 22], ['FR', 27], ['NL', 18]), fc.stringMatching(/^[A-Z0-9]{30}$/))
  .map(([[country, length], body]) => withCheck(String(country), body.slice(0, Number(length) - 4)));
const jwt = fc.stringMatching(/^eyJ[A-Za-z0-9_-]{20}\.[A-Za-z0-9_-]{20}\.[A-Za-z0-9_-]{20}$/);
const key = fc.oneof(
  fc.stringMatching(/^sk_live_[A-Za-z0-9]{20}$/),
  fc.stringMatching(/^pk_test_[A-Za-z0-9]{20}$/),
  fc.stringMatching(/^xoxb-[0-9]{10}-[A-Za-z0-9]{20}$/),
  fc.stringMatching(/^ya29\.[A-Za-z0-9_-]{30}$/),
  fc.stringMatching(/^AKIA[A-Z0-9]{16}$/),
);
const phone = fc.oneof(
  fc.stringMatching(/^\+[1-9][0-9]{9,13}$/),
  fc.stringMatching(/^\([2-9][0-9]{2}\) [2-9][0-9]{2}-[0-9]{4}$/),
  fc.stringMatching(/^[2-9][0-9]{2}-[2-9][0-9]{2}-[0-9]{4}$/),
  fc.stringMatching(/^0[1-9][0-9] [0-9]{4} [0-9]{4}$/),
);
const ssn = fc.stringMatching(/^[1-5][0-9]{2}-[1-9][0-9]-[1-9][0-9]{3}$/);
const finds: readonly (readonly [Leak, fc.Arbitrary<string>])[] = [
  ['email', email],
  ['card', fc.oneof(card, grouped)],
  ['iban', iban],
  ['token', jwt],
  ['key', key],
  ['phone', phone],
  ['ssn', ssn],
];

const disguises: Readonly<Record<string, (text: string) => string>> = {
  nothing: (text) => text,
  'percent-encoding': (text) => Array.from(text, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''),
  'percent-encoding twice': (text) => Array.from(text, (char) => `%25${char.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''),
  'HTML entities': (text) => Array.from(text, (char) => `&#x${char.charCodeAt(0).toString(16)};`).join(''),
  '\\u escapes': (text) => Array.from(text, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  base64: (text) => Buffer.from(text).toString('base64'),
  'full-width characters': (text) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  'invisible characters': (text) => Array.from(text).join('\u200b'),
};

describe('scrubbing a text', () => {
  for (const [kind, find] of finds) {
    for (const [disguise, hide] of Object.entries(disguises)) {
      it(`takes out every ${kind} behind ${disguise}`, () => {
        fc.assert(
          fc.property(prose, find, prose, (before, secret, after) => {
            const { text, caught } = scrubText(`${before} ${hide(secret)} ${after}`);
            assert.ok(!text.includes(secret) && !text.includes(hide(secret)), text);
            assert.ok(Object.keys(caught).length > 0);
          }),
          { numRuns: 25 },
        );
      });
    }
  }

  it('names what it caught, and how often', () => {
    assert.deepEqual(scrubText('ada@x.com, bob@y.org and 4111 1111 1111 1111'), {
      text: '[email], [email] and [card]',
      caught: { email: 2, card: 1 },
    });
  });

  const innocent = [
    'Starter €19 per month, billed yearly',
    'Published on 2026-01-02 at 10:20, changed 02.01.2026 10:30',
    'Order 12345678 of 1,234,567 items',
    'width: 33.333333333333336%',
    'Version 10.15.7 (build 19H2) of @scope/package',
    '12 345 678 views since 2020',
    'css-1q2w3e-container__header--active',
    'Follow us @leadlight · 24/7 · 100% free &amp; open',
    'M12.5 30.25 1024.75 2048.125 L 0 0',
  ];
  for (const text of innocent) {
    it(`leaves “${text}” as it is`, () => assert.deepEqual(scrubText(text), { text, caught: {} }));
  }

  it('changes nothing more when it scrubs again', () => {
    const any = fc.oneof(...finds.map(([, find]) => find), prose, fc.string(), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(any, fc.constantFrom(...Object.values(disguises)), fc.constantFrom('', ' ', '/', '=', '@', '.'))),
        (parts) => {
          const once = scrubText(parts.map(([text, hide, gap]) => hide(text) + gap).join('')).text;
          assert.equal(scrubText(once).text, once);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('answers any text at all, however it is built', () => {
    const pieces = [
      'a',
      '1',
      '@',
      '.',
      '-',
      ' ',
      'eyJ',
      'eyJa.',
      'DE89',
      '%',
      '%25',
      '%40',
      '&#',
      '&#64',
      '\\u',
      '\\u0040',
      '(',
      '+',
      'sk_',
      'YWxp',
      '=',
      '/',
      '\u200b',
      '１',
      '\ud800',
      '\0',
    ];
    for (const one of pieces) {
      for (const other of pieces) assert.equal(typeof scrubText((one + other).repeat(2_000)).text, 'string');
    }
  });

  it('looks at each character of a hostile text a bounded number of times', () => {
    for (const piece of ['a@', 'a', '1 ', '1', 'eyJ', 'DE89', '@a.', '%25', '&#x40;', 'aaaa@aaaa.', 'sk_', '(', '+1']) {
      const [short, long] = [1_000, 16_000].map((times) => charactersRead(piece.repeat(times)));
      assert.ok(Number(long) <= Number(short) * 24, `${piece}: ${short} characters looked at, then ${long}`);
    }
  });

  it('hides a text that is encoded more often than anybody encodes', () => {
    assert.equal(scrubText(`ada&${'amp;'.repeat(20)}commat;x.com`).text, '[encoded]');
  });
});

/** Counts single-character reads, which all of the walks go by. */
function charactersRead(text: string): number {
  const original = String.prototype.charAt;
  let reads = 0;
  String.prototype.charAt = function (at: number) {
    reads += 1;
    return original.call(this, at);
  };
  try {
    scrubText(text);
  } finally {
    String.prototype.charAt = original;
  }
  return reads + text.length;
}

function withLuhn(body: string): string {
  for (let check = 0; check < 10; check += 1) if (luhnSum(body + check) % 10 === 0) return body + check;
  throw new Error('Every body has a check digit');
}

function luhnSum(number: string): number {
  return Array.from(number)
    .toReversed()
    .map((digit, back) => (back % 2 === 0 ? Number(digit) : ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)] ?? 0)))
    .reduce((sum, digit) => sum + digit, 0);
}

function withCheck(country: string, body: string): string {
  for (let check = 2; check < 100; check += 1) {
    const value = `${country}${String(check).padStart(2, '0')}${body}`;
    if (isIban(value)) return value;
  }
  throw new Error('Every account has check digits');
}
