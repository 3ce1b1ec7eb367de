import type { SessionContext } from '#contract/events.ts';
import { cleanText } from './page-life.ts';
import { clickIds } from './scrub-url.ts';

const utmKeys = ['source', 'medium', 'campaign', 'term', 'content'] as const;

/** First-party context of the session: where the visitor came from and on what kind of screen. Nothing that tells browsers apart. */
export function readContext(): SessionContext {
  const query = new URLSearchParams(location.search);
  const utm = Object.fromEntries(
    utmKeys.flatMap((key) => (query.has(`utm_${key}`) ? [[key, cleanText(query.get(`utm_${key}`) ?? '')]] : [])),
  );
  const clicks = [...query.keys()].filter((key) => clickIds.test(key));
  return {
    ...referrer(),
    ...(Object.keys(utm).length > 0 && { utm }),
    ...(clicks.length > 0 && { clickIds: clicks.slice(0, 20) }),
    screen: [screen.width, screen.height],
    viewport: [innerWidth, innerHeight],
    language: navigator.language.slice(0, 35),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    siteType: siteType(),
  };
}

function referrer(): { referrerHost?: string } {
  return document.referrer ? { referrerHost: new URL(document.referrer).hostname.slice(0, 300) } : {};
}

function siteType(): 'ecom' | 'saas' | 'unknown' {
  if (document.querySelector('a[href*="/cart"],a[href*="/checkout"],a[href*="/basket"]')) return 'ecom';
  return document.querySelector('a[href*="pricing"],a[href*="signup"],a[href*="sign-up"]') ? 'saas' : 'unknown';
}
