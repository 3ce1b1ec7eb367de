import assert from 'node:assert/strict';
import { noHints } from '../enrich/client-hints.ts';
import { channelOf, deviceOf, isAutomated, isNamedBot } from './enrich.ts';

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

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
    ['what is this', 'bot', 'unknown', 'unknown'],
  ];
  for (const [userAgent, device, browser, os] of table) {
    it(`is read from: ${userAgent || '(nothing)'}`, () => assert.deepEqual(deviceOf(userAgent), { device, browser, os }));
  }

  it('is never a piece of the header that says something else', () => {
    for (const text of ['ada@secret.example/1.0 (x)', '4111 1111 1111 1111 <b>', `${'x'.repeat(500)}/1.0`]) {
      const { browser, os } = deviceOf(text);
      assert.deepEqual({ browser, os }, { browser: 'unknown', os: 'unknown' }, text.slice(0, 40));
    }
  });

  it('is an iPad where a Mac’s User-Agent comes from a screen as narrow as no Mac’s', () => {
    const safari = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15';
    assert.deepEqual(deviceOf(safari, noHints, [820, 1180]), { device: 'tablet', browser: 'Safari', os: 'iOS' });
    assert.equal(deviceOf(safari, noHints, [1512, 982]).device, 'desktop');
    assert.equal(deviceOf(safari, noHints, [1080, 1920]).device, 'desktop');
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

describe('where a visit came from', () => {
  it('is nowhere when it came from the site itself, whatever the port', () => {
    const origins = ['https://www.example.com', 'http://localhost:4001'];
    assert.equal(channelOf({ referrerHost: 'example.com' }, origins), 'direct');
    assert.equal(channelOf({ referrerHost: 'localhost' }, origins), 'direct');
    assert.equal(channelOf({ referrerHost: 'www.google.com' }, origins), 'organic');
  });
});
