import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fillState } from '../seed/fill-state.ts';
import { openState } from '../state/open-state.ts';
import { mrkdwn, plainText } from './mrkdwn.ts';
import { sanitise } from './sanitise.ts';

const state = openState(null, fillState);
const hostile = fc.array(
  fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '&',
    '/',
    '=',
    ' ',
    '<a href=',
    'javascript:',
    'https://a.example',
    '<script>',
    '</b>',
    '<b',
    ' onclick=',
    '<!--',
    '&#60;',
    '*',
    '_',
    '|',
    '`',
    'x',
    '\n',
    '<!date^1^',
    '\uE000',
    '0\uE001',
  ),
  { maxLength: 25 },
);

describe('the sandbox pages: what others wrote', () => {
  it('shows the notes of Leadlight with their formatting and links', () => {
    const note =
      '<p><b>Visit</b>, 3 pages &amp; more<br><a href="https://app.example/r/1?t=3&amp;x=1">Watch</a></p><ul><li>Pricing</li></ul>';
    assert.equal(
      sanitise(note).text,
      '<p><b>Visit</b>, 3 pages &amp; more<br><a href="https://app.example/r/1?t=3&amp;x=1" target="_blank" rel="noopener noreferrer">Watch</a></p><ul><li>Pricing</li></ul>',
    );
  });

  it('drops scripts, handlers and addresses that are not http', () => {
    const note =
      '<img src=x onerror=alert(1)><a href="javascript:alert(1)" onclick="x()">a</a><script>alert(1)</script><b onmouseover=x()>b</b>';
    assert.equal(sanitise(note).text, '<a>a</a><b>b</b>');
  });

  it('closes what was left open', () => {
    assert.equal(sanitise('<ul><li><b>x').text, '<ul><li><b>x</b></li></ul>');
  });

  it('never lets anything but its own tags through, whatever comes', () => {
    const own =
      /<\/?(p|b|i|a|br|strong|em|s|code|pre|span)>|<a href="https?:[^"<>]*" target="_blank" rel="noopener noreferrer">|<a href="mailto:[^"<>]*" target="_blank" rel="noopener noreferrer">|<span class="(mention|quote)">/g;
    fc.assert(
      fc.property(hostile, (parts) => {
        for (const made of [sanitise(parts.join('')), mrkdwn(parts.join(''), state), plainText(parts.join(''))]) {
          assert.doesNotMatch(made.text.replace(own, ''), /[<>]/);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('renders Slack’s mrkdwn', () => {
    assert.equal(
      mrkdwn('*Ada &lt;3* _now_ `x*y*` <https://a.example/?a=1&amp;b=2|see &gt;>', state).text,
      '<strong>Ada &lt;3</strong> <em>now</em> <code>x*y*</code> <a href="https://a.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">see &gt;</a>',
    );
    assert.match(
      mrkdwn('*<https://a.example|Ada>* left', state).text,
      /<strong><a href="https:\/\/a.example"[^>]*>Ada<\/a><\/strong> left/,
    );
    assert.equal(mrkdwn('<!date^1795360557^{date_short_pretty} {time}|then>', state).text, '22 Nov 2026 15:15 UTC');
    assert.match(mrkdwn('<@U0MAYA> in <#C0SALES>', state).text, /@Maya Lindqvist.*#sales/);
    assert.equal(plainText('*no* &amp; <b>').text, '*no* &amp;amp; &lt;b&gt;');
  });
});
