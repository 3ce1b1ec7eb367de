import assert from 'node:assert/strict';
import fc from 'fast-check';
import { boundedMemo } from './bounded-memo.ts';
import { readClientHints } from './client-hints.ts';
import { deviceClasses } from './device-rules.ts';
import { readBrowser } from './read-browser.ts';

const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)';
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const phone = 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36';
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const hints = (brands: string, platform: string, mobile = '?0') => {
  const sent: Record<string, string> = { 'Sec-CH-UA': brands, 'Sec-CH-UA-Platform': platform, 'Sec-CH-UA-Mobile': mobile };
  return readClientHints((name) => sent[name] ?? '');
};

describe('what a User-Agent tells', () => {
  const table: readonly (readonly [string, string, string, string])[] = [
    ['desktop', 'Chrome', 'Windows', windows],
    ['desktop', 'Microsoft Edge', 'Windows', `${windows} Edg/141.0.0.0`],
    ['desktop', 'Opera', 'Windows', `${windows} OPR/124.0.0.0`],
    ['desktop', 'Vivaldi', 'macOS', `${mac} Chrome/141.0.0.0 Safari/537.36 Vivaldi/7.6`],
    ['desktop', 'Chrome', 'Chrome OS', windows.replace('Windows NT 10.0; Win64; x64', 'X11; CrOS x86_64 14541.0.0')],
    ['desktop', 'Internet Explorer', 'Windows', 'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko'],
    ['mobile', 'Samsung Internet', 'Android', phone.replace('Chrome/', 'SamsungBrowser/28.0 Chrome/')],
    ['mobile', 'Chrome', 'Android', phone.replace('Pixel 9)', 'Pixel 9; wv)').replace('Chrome/', 'Version/4.0 Chrome/')],
    ['mobile', 'Opera', 'Android', `${phone} OPR/88.0`],
    [
      'mobile',
      'Huawei Browser',
      'HarmonyOS',
      phone.replace('Android 15; Pixel 9', 'Android 12; HarmonyOS; NOH-AL00').replace('Mobile', 'HuaweiBrowser/14 Mobile'),
    ],
    ['mobile', 'Chrome', 'iOS', `${iphone} CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1`],
    ['mobile', 'Microsoft Edge', 'iOS', `${iphone} Version/18.0 EdgiOS/141.0 Mobile/15E148 Safari/604.1`],
    ['mobile', 'Firefox', 'iOS', `${iphone} FxiOS/144.0 Mobile/15E148 Safari/605.1.15`],
    ['mobile', 'Google Search App', 'iOS', `${iphone} GSA/390.0 Mobile/15E148 Safari/604.1`],
    ['mobile', 'Facebook', 'iOS', `${iphone} Mobile/22G86 [FBAN/FBIOS;FBAV/530.0;FBDV/iPhone15,2]`],
    ['mobile', 'Instagram', 'iOS', `${iphone} Mobile/22G86 Instagram 400.0.0.20 (iPhone15,2; iOS 18_6)`],
    ['mobile', 'LinkedIn', 'iOS', `${iphone} Mobile/22G86 [LinkedInApp]/9.31`],
    ['tablet', 'Chrome', 'Android', phone.replace('Mobile ', '').replace('Pixel 9', 'SM-X910')],
    [
      'tablet',
      'Amazon Silk',
      'Android',
      phone.replace('Pixel 9', 'KFTRWI').replace('Chrome/', 'Silk/140 like Chrome/').replace('Mobile ', ''),
    ],
    ['tv', 'Chrome', 'webOS', windows.replace('Windows NT 10.0; Win64; x64', 'Web0S; Linux/SmartTV')],
    [
      'tv',
      'Samsung Internet',
      'Tizen',
      'Mozilla/5.0 (SMART-TV; LINUX; Tizen 8.0) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/5.0 Chrome/108 TV Safari/537.36',
    ],
    ['tv', 'Chrome', 'Android', phone.replace('Pixel 9', 'BRAVIA 4K VH2').replace('Mobile ', '')],
    ['console', 'Microsoft Edge', 'Xbox', `${windows.replace('x64)', 'x64; Xbox; Xbox One)')} Edge/44.18363`],
    [
      'console',
      'Safari',
      'PlayStation',
      'Mozilla/5.0 (PlayStation; PlayStation 5/6.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4 Safari/605.1.15',
    ],
    ['wearable', 'Chrome', 'Android', phone.replace('Pixel 9', 'SM-R890 Wear OS')],
    [
      'bot',
      'Chrome',
      'unknown',
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot) Chrome/116.0 Safari/537.36',
    ],
    ['unknown', 'unknown', 'unknown', ''],
  ];
  it('is device, browser and system', () => {
    for (const [device, browser, os, userAgent] of table) {
      const { bot: _, ...told } = readBrowser(userAgent);
      assert.deepEqual(told, { device, browser, os }, userAgent);
    }
  });

  it('is said better by the client hints, of which invented brands say nothing', () => {
    const brave = hints('"Brave";v="141", "Not?A_Brand";v="8", "Chromium";v="141"', '"macOS"');
    assert.deepEqual(readBrowser(`${mac} Chrome/141.0.0.0 Safari/537.36`, brave), {
      device: 'desktop',
      browser: 'Brave',
      os: 'macOS',
      bot: null,
    });
    const grease = hints('"(Not(A:Brand";v="8", "Chromium";v="141", "Google Chrome";v="141"', '"Android"', '?1');
    assert.deepEqual(readBrowser(windows, grease), { device: 'mobile', browser: 'Chrome', os: 'Android', bot: null });
    assert.equal(readBrowser(windows, hints('"HeadlessChrome";v="141", "Chromium";v="141"', '"Windows"')).bot, 'automated');
    assert.equal(readBrowser(`${windows} Edg/141.0`, hints('"Chromium";v="141"', '"Windows"')).browser, 'Microsoft Edge');
  });

  it('is always a family that is known, whatever is sent, and never a piece of the header', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 900 }),
      fc.constantFrom('(((((', '__proto__', 'Mozilla/5.0 (constructor)', 'android '.repeat(2000)),
    );
    fc.assert(
      fc.property(odd, odd, (userAgent, brands) => {
        const { device, browser, os } = readBrowser(userAgent, hints(brands, brands));
        assert.ok(deviceClasses.includes(device) && /^[\w .+/-]{1,40}$/.test(browser) && /^[\w .+/-]{1,40}$/.test(os));
      }),
    );
    for (const text of ['ada@secret.example/1.0 (x)', '4111 1111 1111 1111 <b>', `${'x'.repeat(500)}/1.0`]) {
      const { browser, os } = readBrowser(text);
      assert.deepEqual([browser, os], ['unknown', 'unknown']);
    }
  });

  it('is remembered for so many and no more', () => {
    let asked = 0;
    const memo = boundedMemo(10, (text) => {
      asked += 1;
      return text.length;
    });
    for (let round = 0; round < 3; round += 1) for (const text of ['a', 'bb', 'ccc']) assert.equal(memo(text), text.length);
    assert.equal(asked, 3);
    for (let number = 0; number < 100; number += 1) memo(`${number}`);
    asked = 0;
    memo('a');
    memo('99');
    assert.equal(asked, 1, 'the oldest is forgotten, the newest is not');
  });
});
