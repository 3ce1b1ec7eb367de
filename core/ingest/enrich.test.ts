import assert from 'node:assert/strict';
import type { SessionContext } from '#contract/events.ts';
import { channelOf, deviceOf, isAutomated, isNamedBot } from './enrich.ts';

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

describe('the channel of a visit', () => {
  const table: readonly (readonly [string, string, SessionContext])[] = [
    ['direct', 'nothing is known', {}],
    ['organic', 'it comes from Google', { referrerHost: 'www.google.com' }],
    ['organic', 'it comes from Google in another country', { referrerHost: 'www.google.co.uk' }],
    ['organic', 'it comes from Bing', { referrerHost: 'cn.bing.com' }],
    ['organic', 'it comes from DuckDuckGo', { referrerHost: 'duckduckgo.com' }],
    ['organic', "it comes from Yahoo's search", { referrerHost: 'uk.search.yahoo.com' }],
    ['email', 'it comes from Gmail in a browser', { referrerHost: 'mail.google.com' }],
    ['email', 'it comes from Gmail on a telephone', { referrerHost: 'com.google.android.gm' }],
    ['email', 'it comes from Outlook in a browser', { referrerHost: 'outlook.live.com' }],
    ['social', 'it comes from LinkedIn', { referrerHost: 'www.linkedin.com' }],
    ['social', "it comes from LinkedIn's short address", { referrerHost: 'lnkd.in' }],
    ['social', "it comes from X's short address", { referrerHost: 't.co' }],
    ['social', 'it comes from X', { referrerHost: 'x.com' }],
    ['social', 'it comes from Reddit', { referrerHost: 'old.reddit.com' }],
    ['referral', 'it comes from a website', { referrerHost: 'blog.partner.example' }],
    ['referral', 'the host only looks like a search engine', { referrerHost: 'www.google.com.partner.example' }],
    ['referral', 'the host only ends like a search engine', { referrerHost: 'notgoogle.com' }],
    ['referral', 'the host only ends like a network', { referrerHost: 'netflix.com' }],
    ['referral', 'a part of the host is called like a network', { referrerHost: 'x.partner.example' }],
    ['paid', 'an advertisement was clicked, whatever it came from', { clickIds: ['gclid'], referrerHost: 'www.google.com' }],
    ['paid', "Microsoft's advertisement was clicked", { clickIds: ['fbclid', 'msclkid'] }],
    ['paid', 'the medium says so', { utm: { source: 'google', medium: 'CPC' } }],
    ['paid', 'the medium says paid social', { utm: { medium: 'paid-social' } }],
    ['email', 'the medium is e-mail', { utm: { source: 'spring', medium: 'email' } }],
    ['email', 'the medium is E-Mail', { utm: { medium: 'E-Mail' } }],
    ['email', 'the medium is a newsletter', { utm: { medium: 'newsletter' } }],
    ['campaign', 'the medium only starts like e-mail', { utm: { source: 's', medium: 'emailing-partner' } }],
    ['campaign', 'the medium only ends like newsletter', { utm: { source: 's', medium: 'no-newsletter' } }],
    ['social', 'the medium is social', { utm: { source: 'linkedin', medium: 'social' } }],
    ['campaign', 'a campaign is named', { utm: { campaign: 'spring' }, referrerHost: 'www.google.com' }],
    ['social', 'a click id came that no advertisement proves', { clickIds: ['fbclid'], referrerHost: 'l.facebook.com' }],
  ];
  for (const [channel, why, context] of table) it(`is ${channel} when ${why}`, () => assert.equal(channelOf(context), channel));
});

describe('the device of a visitor', () => {
  const table: readonly (readonly [string, string, string, string])[] = [
    [chrome, 'desktop', 'Chrome', 'Windows'],
    [`${chrome} Edg/141.0.0.0`, 'desktop', 'Microsoft Edge', 'Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', 'desktop', 'Firefox', 'Linux'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
      'desktop',
      'Safari',
      'macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
      'mobile',
      'Safari',
      'iOS',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
      'mobile',
      'Chrome',
      'Android',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1',
      'tablet',
      'Safari',
      'iOS',
    ],
    ['', 'unknown', 'unknown', 'unknown'],
    ['what is this', 'unknown', 'unknown', 'unknown'],
  ];
  for (const [userAgent, device, browser, os] of table) {
    it(`is read from: ${userAgent || '(nothing)'}`, () => assert.deepEqual(deviceOf(userAgent), { device, browser, os }));
  }

  it('is never a piece of the header that says something else', () => {
    for (const text of ['ada@secret.example/1.0 (x)', '4111 1111 1111 1111 <b>', `${'x'.repeat(500)}/1.0`]) {
      assert.deepEqual(deviceOf(text), { device: 'unknown', browser: 'unknown', os: 'unknown' }, text.slice(0, 40));
    }
  });

  it('never fails and never leaves a gap, whatever is sent', () => {
    for (const userAgent of ['Mozilla/5.0', '(((((', '\u0000\uffff', 'x'.repeat(10_000), '__proto__', 'Mozilla/5.0 (constructor)']) {
      for (const value of Object.values(deviceOf(userAgent))) assert.ok(typeof value === 'string' && value !== '', userAgent.slice(0, 40));
    }
  });
});

describe('a named bot', () => {
  for (const userAgent of [
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0 Safari/537.36',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  ]) {
    it(`is known: ${userAgent}`, () => assert.ok(isNamedBot(userAgent)));
  }

  for (const userAgent of [chrome, chrome.replace('Chrome/', 'HeadlessChrome/'), 'curl/8.5.0', '']) {
    it(`is not: ${userAgent || '(nothing)'}`, () => assert.ok(!isNamedBot(userAgent)));
  }
});

describe('a browser that a program drives', () => {
  it('is told by the browser itself or by its name; any other is a person’s', () => {
    assert.ok(isAutomated(chrome, { automated: true }));
    assert.ok(isAutomated(chrome.replace('Chrome/', 'HeadlessChrome/'), {}));
    assert.ok(isAutomated('curl/8.5.0', {}));
    assert.ok(!isAutomated(chrome, {}));
    assert.ok(!isAutomated(chrome, { automated: false }));
  });
});
