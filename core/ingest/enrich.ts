/** What the server adds to a session from the request itself: device, browser, system, and where the visit came from. */
import type { SessionContext } from '#contract/events.ts';
import { channelOf as channelByContext } from '../enrich/channel.ts';
import { type ClientHints, noHints } from '../enrich/client-hints.ts';
import { readBrowser } from '../enrich/read-browser.ts';

export interface Device {
  readonly device: string;
  readonly browser: string;
  readonly os: string;
}

/**
 * Device class, browser family and system family, `unknown` where nothing tells. An iPad asks for desktop pages with a Mac's User-Agent;
 * its screen is still as narrow as no Mac's.
 */
export function deviceOf(userAgent: string, hints: ClientHints = noHints, screen?: SessionContext['screen']): Device {
  const { device, browser, os } = readBrowser(userAgent, hints);
  return os === 'macOS' && browser === 'Safari' && isTabletScreen(screen)
    ? { device: 'tablet', browser, os: 'iOS' }
    : { device, browser, os };
}

/** In points, upright: from the iPad mini to the iPad Pro of 13 inches. */
function isTabletScreen([width, height]: readonly [number, number] = [0, 0]): boolean {
  return width >= 700 && width <= 1032 && height > width && height <= 1376;
}

/** Crawlers that run scripts and say so are never sessions: see `classifyBot`. */
export function isNamedBot(userAgent: string): boolean {
  return readBrowser(userAgent).bot === 'named';
}

/** Whether the browser says that a program drives it: then time alone is no evidence of a person. */
export function isAutomated(userAgent: string, { automated }: Pick<SessionContext, 'automated'>, hints: ClientHints = noHints): boolean {
  return automated === true || readBrowser(userAgent, hints).bot !== null;
}

/** One of organic, paid, social, email, campaign, referral, direct. */
export function channelOf(context: SessionContext, origins: readonly string[] = []): string {
  return channelByContext(context, origins.map(hostOfOrigin));
}

function hostOfOrigin(origin: string): string {
  return origin.replace(/^[a-z]+:\/\//, '').replace(/:\d+$/, '');
}

/**
 * The channel of a visit whose address and referrer say nothing, but which came by a link of ours: mail programs send no referrer. The
 * contact's own token travels in e-mails, so it is `email`; a link made for one contact may be pasted anywhere, so it is `campaign`.
 */
export const channelOfLink = { mergeTag: 'email', tracked: 'campaign' } as const;
