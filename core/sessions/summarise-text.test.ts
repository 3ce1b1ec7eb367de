import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanText, describeDuration, describeGap, titleCore } from './summarise-text.ts';

describe('Text of strangers', () => {
  it('loses addresses, e-mails and invisible characters', () => {
    assert.equal(cleanText('  See\u200b \u202ehttps://evil.test/a?b c\n\td '), 'See c d');
    assert.equal(cleanText('h\u200bttps://evil.test'), '');
    assert.equal(cleanText('Ask eve@evil.test | now'), 'Ask | now');
    assert.equal(cleanText('Pricing – acme.com'), 'Pricing');
    assert.equal(cleanText('go to evil.zone/login today'), 'go to today');
    assert.equal(cleanText('javascript:alert(1) fun'), 'fun');
  });

  it('keeps what only looks like an address', () => {
    for (const title of ['Node.js 24.1 guide', 'Big data: the future', 'Preise für Größe XL', '5 tips & tricks (2026)']) {
      assert.equal(cleanText(title), title);
    }
  });

  it('is one line of at most 80 characters, free of addresses, whatever it was', () => {
    const odd = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.emailAddress(), fc.constant('\r\n\u2028')), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(odd, (parts) => {
        const line = cleanText(parts.join(' '));
        assert.ok([...line].length <= 80);
        assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]|\s\s|:\/\/\S|\bwww\./u);
      }),
    );
  });

  it('is cleaned in no time, however long', () => {
    for (const evil of ['a.', '@a', 'a-', 'www.', 'x://']) assert.ok(cleanText(evil.repeat(50_000)).length <= 80);
  });

  it('is told by the part of a title that names the page', () => {
    assert.equal(titleCore('Product tour | Acme'), 'Product tour');
    assert.equal(titleCore('How to “win” — Acme blog'), 'How to win');
    assert.equal(titleCore('one two three four five six seven eight'), 'one two three four five six…');
  });
});

describe('A duration', () => {
  it('is said as people say it', () => {
    assert.deepEqual([0, 40_000, 59_700, 125_000, 3_600_000, 3_900_000].map(describeDuration), [
      '1 s',
      '40 s',
      '1 min',
      '2 min',
      '1 h',
      '1 h 5 min',
    ]);
    const hour = 3_600_000;
    assert.deepEqual([0, hour / 3, 3 * hour, 24 * hour, 12 * 24 * hour].map(describeGap), [
      '1 minute',
      '20 minutes',
      '3 hours',
      '1 day',
      '12 days',
    ]);
  });
});
