/** Which of seven channels brought a visit. The policy, with its reasons, is in `infra/docs/enrichment.md`. Pure. */
import type { SessionContext } from '#contract/events.ts';
import { type ReferrerKind, referrerKind, sourceKind } from './referrer-kind.ts';

export const channels = ['organic', 'paid', 'social', 'email', 'campaign', 'referral', 'direct'] as const;
export type Channel = (typeof channels)[number];

/** Only an advertisement puts these on an address. `fbclid` and `igshid` are on every link that leaves Facebook and Instagram. */
const paidClickIds =
  /^(?:gclid|gclsrc|gad_source|gad_campaignid|gbraid|wbraid|dclid|msclkid|ttclid|li_fat_id|twclid|yclid|rdt_cid|sccid|sc_click_id|epik|qclid|tblci|dicbo|obclid|vmcid|wickedid)$/i;
const socialClickIds = /^(?:fbclid|igshid|igsh)$/i;

const media: readonly (readonly [Channel, RegExp])[] = [
  [
    'paid',
    /^(?:cp[acimpstv]|pp[civ]|sem|.*[-_ ]cp[acmv]|cp[acmv][-_ ].*|paid.*|.*[-_ ]paid|display|banners?|expandable|interstitial|content-text|re(?:targeting|marketing)|programmatic|ads?|adwords|sponsored|native)$/,
  ],
  ['email', /^(?:e[-_ ]?mails?|newsletters?|mail)$/],
  ['social', /^(?:social.*|sm)$/],
  ['organic', /^organic.*$/],
  ['referral', /^(?:referral|referrer|link|affiliates?|partners?)$/],
];

const channelOfKind: Readonly<Record<ReferrerKind, Channel>> = {
  search: 'organic',
  social: 'social',
  email: 'email',
  paid: 'paid',
  assistant: 'referral',
  other: 'referral',
};

/**
 * @param ownHosts of the site: coming from one of them, or from a part of it, says nothing.
 */
export function channelOf({ utm, clickIds = [], referrerHost }: SessionContext, ownHosts: readonly string[] = []): Channel {
  if (clickIds.some((id) => paidClickIds.test(id))) return 'paid';
  const tagged = channelOfTags(word(utm?.medium), word(utm?.source), word(utm?.campaign));
  if (tagged !== null) return tagged;
  const host = hostOf(referrerHost ?? '');
  const kind = host === '' || ownHosts.some((own) => isPartOf(host, own)) ? null : referrerKind(host);
  if ((kind === null || kind === 'other') && clickIds.some((id) => socialClickIds.test(id))) return 'social';
  return kind === null ? 'direct' : channelOfKind[kind];
}

/** What the link says of itself comes before where it was found; null when it says nothing. */
function channelOfTags(medium: string, source: string, campaign: string): Channel | null {
  const [byMedium] = media.find(([, words]) => words.test(medium)) ?? [null];
  if (byMedium !== null) return byMedium;
  const kind = sourceKind(source);
  if (kind !== 'other') return channelOfKind[kind];
  if (medium === '(none)' || source === '(direct)') return campaign === '' ? 'direct' : 'campaign';
  return medium === '' && source === '' && campaign === '' ? null : 'campaign';
}

function word(text = ''): string {
  return text.trim().toLowerCase();
}

/** Also of a whole address, and of an app: `android-app://com.google.android.gm/`. */
function hostOf(referrer: string): string {
  const [host = ''] = referrer
    .trim()
    .toLowerCase()
    .replace(/^(?:[a-z][\w+.-]*:)?\/\//, '')
    .split(/[/?#:]/);
  return host.replace(/\.$/, '');
}

function isPartOf(host: string, own: string): boolean {
  const bare = own.toLowerCase().replace(/^www\./, '');
  return host === bare || host.endsWith(`.${bare}`) || bare.endsWith(`.${host}`);
}
