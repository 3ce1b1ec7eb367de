import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanCss } from './recording-css.ts';

describe('cleaning recorded CSS', () => {
  const kept = [
    'a{color:red}',
    '.plan:hover>b~c+d{width:calc(100% - 10px);margin:-1.5em}',
    '@media (max-width:10px){a{b:c}}',
    '@supports not (x:y){a{}}',
    ':root{--x:#fff;--y:calc(var(--z)*2)}',
    '.a[href^="http://x"]{x:y!important}',
    'a{grid-template-areas:"a b" "c d"}',
    'a{filter:url("#f")}',
    'a{background:url("data:image/png;base64,AAAA")}',
  ];
  for (const css of kept) it(`keeps ${css}`, () => assert.equal(cleanCss(css), css));

  const cleaned: readonly (readonly [css: string, clean: string])[] = [
    ['a{background:url(http://x/y.png) no-repeat}', 'a{background:url("data:,") no-repeat}'],
    ['a{background:\\75rl( "http://x" )}', 'a{background:url("data:,")}'],
    ['a{background:image-set("http://x" 1x,url(y) 2x)}', 'a{background:image-set("data:," 1x,url("data:,") 2x)}'],
    ['@import "x.css";a{b:c}', ' a{b:c}'],
    ['@\\69mport url(x);a{b:c}', ' a{b:c}'],
    ['@media x{@import "a"}b{c:d}', '@media x{ }b{c:d}'],
    ['a{content:"one', 'a{content:"one"}'],
    ['a/* secret */b{}', 'a/**/b{}'],
    ['a{content:"/* rr_split */"}', 'a{content:"\\2f * rr_split */"}'],
    ['.\\31 0{a:b}', '.\\31 0{a:b}'],
    ['ur)l(x)', 'ur l(x)'],
    ['url@(x)', 'url (x)'],
  ];
  for (const [css, clean] of cleaned) it(`turns ${css} into ${clean}`, () => assert.equal(cleanCss(css), clean));

  it('gives every string and name to the scrubber, and no number', () => {
    const seen: string[] = [];
    cleanCss('.name{width:33.333333333333336%;content:"words"}', (text) => {
      seen.push(text);
      return text;
    });
    assert.deepEqual(seen, ['name', 'width', 'content', 'words']);
  });

  it('refuses what nests or runs on until a renderer falls over', () => {
    assert.equal(cleanCss(`p${':not('.repeat(20_000)}b${')'.repeat(20_000)}{}`), null);
    assert.equal(cleanCss('@media all{'.repeat(50)), null);
    assert.equal(cleanCss(`${'a '.repeat(20_000)}{}`), null);
    assert.equal(cleanCss(`${'*'.repeat(20_000)}{}`), null);
    assert.equal(cleanCss('a{b:c}'.repeat(400_000)), null);
    assert.notEqual(cleanCss(`${'a,'.repeat(20_000)}b{}`), null);
  });

  const pieces = [
    'url(',
    'u',
    'rl(',
    '\\75',
    '\\',
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '/*',
    '*/',
    '@import',
    '@',
    'import',
    ';',
    ',',
    ' ',
    '\n',
    '\0',
    'http://evil.example/x',
    'image-set(',
    'src(',
    'a',
    '-',
    '1',
    '#',
    '<!--',
  ];
  const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((parts) => parts.join(''));

  it('leaves no address outside a string, whatever it is made of', () => {
    fc.assert(
      fc.property(hostile, (css) => {
        const withoutStrings = (cleanCss(css) ?? '')
          .replace(/"(?:[^"\\]|\\[\s\S])*"/g, '""')
          .replace(/\\[0-9a-f]+ /g, 'x')
          .replaceAll('/**/', ' ');
        assert.doesNotMatch(withoutStrings, /(?<![\w@\u0080-\uffff-])url\((?!""\))|@import(?![\w-])|\/\*/i);
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing more when it cleans again', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string()), (css) => {
        const once = cleanCss(css) ?? '';
        assert.equal(cleanCss(once), once);
      }),
      { numRuns: 2_000 },
    );
  });

  it('closes what it opened, so that a neighbour cannot go on where it stopped', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const [left, right] = [cleanCss(one) ?? '', cleanCss(other) ?? ''];
        assert.equal(cleanCss(`${left}/**/${right}`), `${left}/**/${right}`.replace('/**//**/', '/**/').replace('/**//**/', '/**/'));
      }),
      { numRuns: 1_000 },
    );
  });
});
