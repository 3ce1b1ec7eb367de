import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SessionContext } from '#contract/events.ts';
import { type Channel, channelOf, channels } from './channel.ts';

const own = ['www.example.com'];

describe('the channel of a visit', () => {
  const table: Readonly<Record<Channel, Readonly<Record<string, SessionContext>>>> = {
    direct: {
      'nothing is known': {},
      'it comes from the site itself': { referrerHost: 'example.com' },
      'it comes from a part of the site': { referrerHost: 'shop.example.com' },
      'the link says so': { utm: { source: '(direct)', medium: '(none)' } },
    },
    organic: {
      'it comes from Google': { referrerHost: 'www.google.com' },
      'it comes from Google in another country': { referrerHost: 'www.google.co.uk' },
      'it comes from Google pictures': { referrerHost: 'images.google.de' },
      "it comes from Google's app": { referrerHost: 'android-app://com.google.android.googlequicksearchbox/' },
      'it comes from Bing': { referrerHost: 'cn.bing.com' },
      'it comes from DuckDuckGo': { referrerHost: 'duckduckgo.com' },
      "it comes from Yahoo's search": { referrerHost: 'uk.search.yahoo.com' },
      'it comes from Brave': { referrerHost: 'search.brave.com' },
      'it comes from Naver': { referrerHost: 'search.naver.com' },
      'the medium says so': { utm: { source: 'google', medium: 'organic' } },
      'the source is a search engine': { utm: { source: 'bing', campaign: 'autumn' } },
    },
    paid: {
      'an advertisement was clicked, whatever it came from': { clickIds: ['gclid'], referrerHost: 'www.google.com' },
      "Microsoft's advertisement was clicked": { clickIds: ['fbclid', 'msclkid'] },
      'an advertisement was clicked in an app': { clickIds: ['wbraid'] },
      "LinkedIn's advertisement was clicked": { clickIds: ['li_fat_id'], referrerHost: 'www.linkedin.com' },
      "TikTok's advertisement was clicked, and the link says social": { clickIds: ['ttclid'], utm: { medium: 'social' } },
      'the medium says so': { utm: { source: 'google', medium: 'CPC' } },
      'the medium says paid social': { utm: { source: 'facebook', medium: 'paid-social' } },
      'the medium is a banner': { utm: { source: 'partner', medium: 'display' } },
      'it comes from a network of advertisements': { referrerHost: 'googleads.g.doubleclick.net' },
    },
    email: {
      'it comes from Gmail in a browser': { referrerHost: 'mail.google.com' },
      'it comes from Gmail on a telephone': { referrerHost: 'com.google.android.gm' },
      'it comes from Outlook in a browser': { referrerHost: 'outlook.live.com' },
      "it comes from a company's own mailbox": { referrerHost: 'webmail.partner.example' },
      'the medium is e-mail': { utm: { source: 'spring', medium: 'email' } },
      'the medium is E-Mail': { utm: { medium: 'E-Mail' } },
      'the medium is a newsletter': { utm: { medium: 'newsletter' } },
      'the source is the newsletter': { utm: { source: 'newsletter', campaign: 'may' } },
    },
    social: {
      'it comes from LinkedIn': { referrerHost: 'www.linkedin.com' },
      "it comes from LinkedIn's app": { referrerHost: 'com.linkedin.android' },
      "it comes from LinkedIn's short address": { referrerHost: 'lnkd.in' },
      "it comes from X's short address": { referrerHost: 't.co' },
      'it comes from X': { referrerHost: 'x.com' },
      'it comes from Reddit': { referrerHost: 'old.reddit.com' },
      'it comes from Bluesky': { referrerHost: 'go.bsky.app' },
      'it comes from YouTube': { referrerHost: 'm.youtube.com' },
      'the medium is social': { utm: { source: 'linkedin', medium: 'social' } },
      'the medium is a social network': { utm: { medium: 'Social-Network' } },
      'a click id came that no advertisement proves': { clickIds: ['fbclid'], referrerHost: 'l.facebook.com' },
      'the app told nothing but its click id': { clickIds: ['fbclid'] },
    },
    campaign: {
      'the medium only starts like e-mail': { utm: { source: 's', medium: 'emailing-partner' } },
      'the medium only ends like newsletter': { utm: { source: 's', medium: 'no-newsletter' } },
      'a campaign is named': { utm: { campaign: 'spring' }, referrerHost: 'www.google.com' },
      'a leaflet was read': { utm: { source: 'leaflet', medium: 'qr' } },
      'a message was pushed': { utm: { source: 'app', medium: 'push' } },
    },
    referral: {
      'it comes from a website': { referrerHost: 'blog.partner.example' },
      'the host only looks like a search engine': { referrerHost: 'www.google.com.partner.example' },
      'the host only ends like a search engine': { referrerHost: 'notgoogle.com' },
      'the host only ends like a network': { referrerHost: 'netflix.com' },
      'a part of the host is called like a network': { referrerHost: 'x.partner.example' },
      'an assistant linked to it': { referrerHost: 'chatgpt.com' },
      'an assistant marked its link': { utm: { source: 'chatgpt.com' }, referrerHost: 'chatgpt.com' },
      "it comes from Google's assistant, not its search": { referrerHost: 'gemini.google.com' },
      'it comes from a document': { referrerHost: 'docs.google.com' },
      'the medium says so': { utm: { source: 'partner', medium: 'referral' } },
      'a site only begins like ours': { referrerHost: 'example.com.partner.example' },
    },
  };
  for (const channel of channels) {
    it(`is ${channel} when so much speaks for it`, () => {
      for (const [why, context] of Object.entries(table[channel])) assert.equal(channelOf(context, own), channel, why);
    });
  }

  it('is one of the seven, whatever is sent', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom('__proto__', 'constructor', '.', '..', 'google.', 'https://google.de/x'),
    );
    const context = fc.record(
      {
        referrerHost: text,
        clickIds: fc.array(text),
        utm: fc.record({ source: text, medium: text, campaign: text }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(context, fc.array(text), (sent, hosts) => channels.includes(channelOf(sent, hosts))));
  });
});
