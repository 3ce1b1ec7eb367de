/** Whether a User-Agent is a person's browser, and if not, what may become of its batch. The one place that decides it. */
import { createIsbotFromList, list } from 'isbot';

/**
 * `named`: a crawler that runs scripts and says so is never a session. `automated`: a program drives it, and whether a person stands
 * behind it shows in what it does. Two kinds are that: a headless browser; and plain HTTP clients, which run no snippet, so that
 * their batch was made on purpose.
 */
export type BotKind = 'named' | 'automated';

/**
 * Words of the library's list that stand in the names of telephones, televisions, old browsers and people's apps more often than in those
 * of bots which no other word gives away. Measured: see `infra/docs/enrichment.md`.
 */
export const misleadingWords: ReadonlySet<string> = new Set([
  '\\b\\w+/1\\.0;',
  '^[^ ]{50,}$',
  '(?<!lib)http',
  '(?<! channel/|google/)google(?!(?:wv|app|/google| pixel))',
  'catch',
  '(?:^|[^g])news(?!sapphire)',
  'discovery',
  'download',
  'sogou',
  'java(?!;)',
  'feed',
  '\\(\\)',
  '^whatsapp',
  'tools',
  'radar',
  '^\\d+\\b',
  'chromeframe',
  'proxy',
  ';\\s\\w+;$',
]);

/** Where a word above does name bots, as they write it. */
const wordsInstead = [
  'https?:|http[-_]?client|httpunit|check_http|cyotekhttp',
  'whatsapp/[\\d.]+ [an]\\b|^whatsapp(?!/[\\d.]+ (?:android|iphone))',
  '(?<! channel/|google/|com\\.)google(?!wv|app|/google| pixel| ?tv| earth|[._ ]?play| chrome|_api|[._ ]?sdk)',
  'sogou (?:web|pic|inst|news|orion|spider|head)',
  '\\bjava/|^java\\b|\\(java\\b|worldpay java|outbrain|catchpoint|catchbot',
  'newsbot|newsblur|newsnow|newsai|^news|feed(?:fetcher|burner|ly|bin|parser|bot|press|er\\b|watch)|downloader',
  '(?:image|email)proxy|(?:lead|seo)-?(?:radar|discovery)|^coccoc',
];

const isBot = createIsbotFromList([...list.filter((word) => !misleadingWords.has(word)), ...wordsInstead]);

/** Telephones from before apps, and what Apple's and Android's own libraries send for apps: short names and odd words are usual there. */
const notByItsForm = /midp|cldc|maui|brew\/|up\.browser|cfnetwork\/.*darwin|dalvik\/|profile\/|^iphone|^dv\(|wap-?browser/i;
const saysSo = /bot|crawl|spider|https?:|headless|curl|python/i;

/** Any sign of a program in the header, by the library's words. */
function isBotName(userAgent: string): boolean {
  return isBot(userAgent) && (saysSo.test(userAgent) || !notByItsForm.test(userAgent));
}

export function classifyBot(userAgent: string): BotKind | null {
  if (!isBotName(userAgent)) return null;
  return userAgent.startsWith('Mozilla/') && isBotName(userAgent.replace('HeadlessChrome', 'Chrome')) ? 'named' : 'automated';
}
