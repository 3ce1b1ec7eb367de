/** What the server adds to a session from the request itself: device, browser, system, and where the visit came from. */
import bowser from 'bowser';
import { isbot } from 'isbot';
import type { SessionContext } from '#contract/events.ts';

export interface Device {
  readonly device: string;
  readonly browser: string;
  readonly os: string;
}

/** Device type, browser family and system family, `unknown` where the User-Agent does not tell. */
export function deviceOf(userAgent: string): Device {
  if (userAgent === '') return { device: 'unknown', browser: 'unknown', os: 'unknown' };
  const { platform, browser, os } = bowser.parse(userAgent);
  return { device: nameOf(platform.type), browser: nameOf(browser.name), os: nameOf(os.name) };
}

/** For what it does not know, the parser gives back a piece of the header, which may be anything. */
function nameOf(found: string | undefined): string {
  return found !== undefined && /^[\w .+-]{1,40}$/.test(found) ? found : 'unknown';
}

/**
 * Crawlers that run scripts and say so are never sessions. Two kinds are let through here: a headless browser, because whether a
 * person drives it shows in what it does; and plain HTTP clients, which run no snippet, so that their batch was made on purpose.
 */
export function isNamedBot(userAgent: string): boolean {
  return userAgent.startsWith('Mozilla/') && isbot(userAgent.replace('HeadlessChrome', 'Chrome'));
}

/** Whether the browser says that a program drives it: then time alone is no evidence of a person. */
export function isAutomated(userAgent: string, { automated }: Pick<SessionContext, 'automated'>): boolean {
  return automated === true || isbot(userAgent);
}

const paidClickIds = ['gclid', 'gbraid', 'wbraid', 'msclkid', 'dclid'];
const paidMedia = /^(cpc|ppc|paid.*|display|cpm|retargeting)$/i;
/** A name, under any country's ending: `google.de`, `google.co.uk`. What only contains the name is somebody else's. */
const searchHosts = /(^|\.)(google|bing|duckduckgo|ecosia|yahoo|baidu|yandex|qwant|startpage|brave)(\.[a-z]{2,3}){1,2}$/i;
const socialHosts =
  /(^|\.)(linkedin\.com|lnkd\.in|facebook\.com|instagram\.com|threads\.net|t\.co|twitter\.com|x\.com|reddit\.com|youtube\.com|tiktok\.com|xing\.com|bsky\.app|mastodon\.[a-z]+)$/i;
/** Mailboxes read in a browser or in Android's mail app, some of them on a search engine's domain. */
const mailHosts = /^(e?mail|webmail|outlook)\.|^com\.google\.android\.gm$/i;

/** One of organic, paid, social, email, campaign, referral, direct. */
export function channelOf({ utm, clickIds, referrerHost }: SessionContext): string {
  const medium = utm?.medium ?? '';
  if (paidMedia.test(medium) || clickIds?.some((id) => paidClickIds.includes(id))) return 'paid';
  if (/^(e-?mail|newsletter)$/i.test(medium)) return 'email';
  if (/^social/i.test(medium)) return 'social';
  if (utm?.source !== undefined || utm?.campaign !== undefined) return 'campaign';
  return referrerHost === undefined ? 'direct' : channelOfReferrer(referrerHost);
}

/**
 * The channel of a visit whose address and referrer say nothing, but which came by a link of ours: mail programs send no referrer. The
 * contact's own token travels in e-mails, so it is `email`; a link made for one contact may be pasted anywhere, so it is `campaign`.
 */
export const channelOfLink = { mergeTag: 'email', tracked: 'campaign' } as const;

function channelOfReferrer(host: string): string {
  if (mailHosts.test(host)) return 'email';
  if (searchHosts.test(host)) return 'organic';
  return socialHosts.test(host) ? 'social' : 'referral';
}
