import assert from 'node:assert/strict';
import { list } from 'isbot';
import { classifyBot, misleadingWords } from './classify-bot.ts';

const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const asChrome = (name: string) => `Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ${name}) Chrome/141.0.0.0 Safari/537.36`;

describe('a bot', () => {
  it('is named when it runs scripts and says who it is', () => {
    const names = [
      'GPTBot/1.2; +https://openai.com/gptbot',
      'ClaudeBot/1.0; +claudebot@anthropic.com',
      'PerplexityBot/1.0',
      'OAI-SearchBot/1.0',
      'Amazonbot/0.1',
      'Googlebot/2.1',
      'bingbot/2.0',
      'Bytespider; spider-feedback@bytedance.com',
      'Applebot/0.1',
      'AhrefsBot/7.0',
      'SemrushBot/7~bl',
      'Discordbot/2.0',
      'UptimeRobot/2.0',
      'Google-Read-Aloud; +https://support.google.com/webmasters/answer/1061943',
    ];
    for (const name of names) assert.equal(classifyBot(asChrome(name)), 'named', name);
    assert.equal(classifyBot(`${chrome} Chrome-Lighthouse`), 'named');
    assert.equal(classifyBot('Mozilla/5.0 (compatible; Pingdom.com_bot_version_1.4)'), 'named');
  });

  it('is automated when only what it does tells whether a person stands behind it', () => {
    const programs = [
      'curl/8.5.0',
      'python-requests/2.32.3',
      'Go-http-client/2.0',
      'okhttp/4.12.0',
      'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
      'Twitterbot/1.0',
      'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
      'WhatsApp/2.23.20.0 A',
      'LinkedInBot/1.0 (compatible; Mozilla/5.0; Jakarta Commons-HttpClient/3.1)',
    ];
    for (const name of [...programs, chrome.replace('Chrome/', 'HeadlessChrome/')]) assert.equal(classifyBot(name), 'automated', name);
  });

  it('is no telephone, television or app whose name only sounds like one', () => {
    const people = [
      '',
      chrome,
      chrome.replace('Windows NT 10.0; Win64; x64', 'Linux; Android 4.4.2; GM Discovery II'),
      chrome.replace('Windows NT 10.0; Win64; x64', 'Linux; Android 8.1.0; Newsday_E1'),
      chrome.replace('Windows NT 10.0; Win64; x64', 'Linux; Android 11; Xming Google TV'),
      'SonyEricssonW20/R1x Browser/NetFront/3.5 Profile/MIDP-2.1 Configuration/CLDC-1.1 JavaPlatform/JP-8.5',
      'WhatsApp/2.17.395 Android/6.0 Device/Meizu-M5_Note',
    ];
    for (const userAgent of people) assert.equal(classifyBot(userAgent), null, userAgent);
  });

  it('is still told by the words that were taken out of the library’s list', () => {
    assert.deepEqual(
      [...misleadingWords].filter((word) => !list.includes(word)),
      [],
    );
  });
});
