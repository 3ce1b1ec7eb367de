import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeMrkdwn, oneLine } from './escape-mrkdwn.ts';

const nasty = fc.stringMatching(/^[&<>*_~`:@#|!\s\w\u202e\u200b\u{1f600}-]{0,80}$/u);

describe('text from outside in Slack', () => {
  const examples: readonly [what: string, text: string, shown: string][] = [
    ['calls nobody', '<!channel> <@U123> <!here|now>', '&lt;!channel&gt; &lt;@U123&gt; &lt;!here|now&gt;'],
    ['links nowhere', '<https://evil.example|Click>', '&lt;https://evil.example|Click&gt;'],
    ['keeps its ampersands', 'Fish & Chips &lt;', 'Fish &amp; Chips &amp;lt;'],
    ['is not bold, struck or code', '*bold* ~gone~ `code`', '∗bold∗ ∼gone∼ ˋcodeˋ'],
    ['is not italic', '_italic_ snake_case', '＿italic＿ snake_case'],
    ['keeps e-mail addresses as they are', 'ada_b.park@x.example', 'ada_b.park@x.example'],
    ['makes no picture', ':rotating_light: 10:30', '꞉rotating_light: 10:30'],
    ['makes no picture of what stands between many colons', '::#: a::b', '꞉꞉#: a::b'],
    ['stays on its line', 'one\n> two\r\n\tthree', 'one &gt; two three'],
    ['opens no quotation', '>> quoted', '›› quoted'],
    ['cannot turn the line around', 'a\u202edcb\u2066e\u200b', 'adcbe'],
    ['loses halves of characters', 'a\ud800b', 'a\ufffdb'],
  ];
  for (const [what, text, shown] of examples) it(what, () => assert.equal(escapeMrkdwn(text, 200), shown));

  it('never cuts an entity in two', () => {
    assert.equal(escapeMrkdwn('ab<cd', 6), 'ab…');
    assert.equal(escapeMrkdwn('<<', 8), '&lt;&lt;');
    assert.equal(escapeMrkdwn('<<<', 8), '&lt;…');
  });

  it('leaves nothing that Slack would act on, within its room', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), fc.integer({ min: 1, max: 60 }), (text, max) => {
        const shown = escapeMrkdwn(text, max);
        assert.ok(shown.length <= max, 'length');
        assert.ok(shown.isWellFormed(), 'characters');
        assert.doesNotMatch(shown, /[<>*~`\n\r\u202e]/);
        assert.doesNotMatch(shown, /&(?!amp;|lt;|gt;)/, 'entities');
        assert.doesNotMatch(shown, /:[^\s:]{1,100}:/, 'emoji');
        assert.doesNotMatch(shown, /^&gt;/, 'quotation');
      }),
      { numRuns: 500 },
    );
  });

  it('says all there is room for', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z ]{0,40}$/), (text) => assert.equal(escapeMrkdwn(text, 40), oneLine(text))));
  });
});
