/** What kind of place a referring host is, from the lists in `data/`. */
import { boundedMemo } from './bounded-memo.ts';
import matomo from './data/matomo-referrers.json' with { type: 'json' };
import ours from './data/referrers.json' with { type: 'json' };

export type ReferrerKind = 'search' | 'social' | 'email' | 'paid' | 'assistant' | 'other';

/** What is said later holds: our own list corrects the other. */
const kinds = new Map<string, ReferrerKind>([
  ...listed('search', matomo.search),
  ...listed('social', matomo.social),
  ...listed('assistant', matomo.assistants),
  ...listed('search', ours.search),
  ...listed('social', ours.social),
  ...listed('assistant', ours.assistants),
  ...listed('email', ours.email),
  ...listed('paid', ours.paid),
  ...listed('other', ours.referral),
]);

/** A name under any country's ending: `google.de`, `google.co.uk`. What only contains the name is somebody else's. */
const searchNames = new RegExp(`(?:^|\\.)(?:${ours.searchNames.join('|')})(?:\\.(?:com?|org|net|edu))?\\.[a-z]{2,3}$`);
/** Mailboxes read in a browser, some of them on a search engine's domain. */
const mailHosts = /^(?:e?mail|webmail|outlook|owa|zimbra|roundcube|squirrelmail)\d*\./;

/** Of a host such as `www.google.co.uk`, or of an app's name: `com.google.android.gm`. */
export const referrerKind: (host: string) => ReferrerKind = boundedMemo(10_000, (host) => listedKind(host) ?? kindByName(host));

/** The longest listed name counts: `mail.google.com` before `google.com`. */
function listedKind(host: string): ReferrerKind | undefined {
  for (let name = host; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
    const kind = kinds.get(name);
    if (kind !== undefined) return kind;
    if (mailHosts.test(name) && name === host) return 'email';
  }
  return undefined;
}

function kindByName(host: string): ReferrerKind {
  return searchNames.test(host) ? 'search' : 'other';
}

function listed(kind: ReferrerKind, hosts: readonly string[]): (readonly [string, ReferrerKind])[] {
  return hosts.map((host) => [host, kind] as const);
}

/** What a link says of its source: a host, or the bare name of one (`google`, `facebook`). */
export function sourceKind(source: string): ReferrerKind {
  return source.includes('.') ? referrerKind(source) : (bareNames.get(source) ?? 'other');
}

/** `facebook` for `facebook.com`: only names that one list has once, and shortest. */
const bareNames = new Map<string, ReferrerKind>([
  ...[...kinds].flatMap(([host, kind]) =>
    /^[a-z\d-]{4,}\.(?:com|net|org|ru|de|cz|app)$/.test(host) ? [[host.split('.')[0] ?? '', kind] as const] : [],
  ),
  ...listed('search', ours.searchNames),
  ...listed('social', [
    'fb',
    'ig',
    'x',
    'linkedin',
    'meta',
    'yt',
    'bluesky',
    'mastodon',
    'threads',
    'hackernews',
    'hacker-news',
    'telegram',
  ]),
  ...listed('assistant', ['chatgpt', 'openai', 'perplexity', 'claude', 'copilot', 'gemini']),
  ...listed('email', [
    'email',
    'e-mail',
    'e_mail',
    'e mail',
    'mail',
    'newsletter',
    'gmail',
    'outlook',
    'mailchimp',
    'klaviyo',
    'sendgrid',
    'mailjet',
    'brevo',
    'hs_email',
    'hubspot_email',
    'activecampaign',
  ]),
]);
