import type { SessionContext } from '#contract/events.ts';
import { isRecord } from './is-record.ts';
import { cleanText } from './page-life.ts';
import { clickIds } from './scrub-url.ts';
import { read, write } from './storage.ts';

type SiteType = 'ecom' | 'saas' | 'unknown';

const utmKeys = ['source', 'medium', 'campaign', 'term', 'content'] as const;
const typeName = '_ll_type';
const typeSigns: readonly (readonly [SiteType, string])[] = [
  ['ecom', 'a[href*="/cart"],a[href*="/checkout"],a[href*="/basket"],form[action*="/cart"],[itemtype$="/Product"],meta[content="product"]'],
  ['saas', 'a[href*="pricing"],a[href*="signup"],a[href*="sign-up"],a[href*="trial"]'],
];

/** First-party context of the session: where the visitor came from and on what kind of screen. Nothing that tells browsers apart. */
export function readContext(): SessionContext {
  const query = new URLSearchParams(location.search);
  const utm = Object.fromEntries(
    utmKeys.flatMap((key) => (query.has(`utm_${key}`) ? [[key, cleanText(query.get(`utm_${key}`) ?? '')]] : [])),
  );
  const clicks = [...query.keys()].filter((key) => clickIds.test(key));
  const network: unknown = Reflect.get(navigator, 'connection');
  return {
    ...(document.referrer && { referrerHost: new URL(document.referrer).hostname.slice(0, 300) }),
    ...(Object.keys(utm).length > 0 && { utm }),
    ...(clicks.length > 0 && { clickIds: clicks.slice(0, 20) }),
    screen: [screen.width, screen.height],
    viewport: [innerWidth, innerHeight],
    language: navigator.language.slice(0, 35),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    siteType: kindOfSite(),
    ...(isRecord(network) && typeof network.effectiveType === 'string' && { connection: network.effectiveType.slice(0, 20) }),
    ...(navigator.webdriver && { automated: true }),
  };
}

/** What kind of site this is, as far as its pages showed it in this session. */
export function kindOfSite(): SiteType {
  const kept = typeSigns.find(([type]) => type === read(typeName));
  const [type] = kept ?? typeSigns.find(([, signs]) => document.querySelector(signs)) ?? (['unknown'] as const);
  if (!kept && read('_ll_sid')) write(typeName, type);
  return type;
}
