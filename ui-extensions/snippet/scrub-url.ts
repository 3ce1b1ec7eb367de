import { decodeBase64, decodeFully, scrubText } from './scrub-text.ts';

const dots = /^(?:\.|%2e){1,2}$/i;
const hiddenPart = ':id';
/** Query keys that say from which advertiser a click came. That one was there is kept, never which. */
export const clickIds =
  /^(?:(?:[dgqtwy]|fb|ob|t[tw])clid|gclsrc|gad_(?:source|campaignid)|msclkid|[gw]braid|li_fat_id|rdt_cid|sccid|sc_click_id|epik|tblci|dicbo|vmcid|wickedid|igsh(?:id)?|irclickid)$/i;

export interface UrlRules {
  /** Where relative addresses start. */
  readonly base: string;
  /** Query keys that are kept beside `utm_*`. */
  readonly keys: readonly string[];
  /** What else must not stay, in plain text. */
  readonly isPrivate?: (plain: string) => boolean;
}

/**
 * The part of an address that may be stored: origin and path without what looks like a person or a secret; `utm_*` and allowed query
 * keys; that a click id was there, not which; the hash only where it is a route. Anything but http(s) answers the empty string.
 */
export function scrubUrl(raw: string, { base, keys, isPrivate = () => false }: UrlRules): string {
  const url = raw ? parse(raw, base) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return '';
  const tells = (plain: string): boolean => {
    const decoded = decodeBase64(plain);
    return isTelling(plain) || isPrivate(plain) || (decoded !== '' && (isPrivate(decoded) || scrubText(decoded) !== decoded));
  };
  const query: string[] = [];
  for (const [key, value] of new URLSearchParams(url.search)) {
    if (/^utm_[a-z_]{2,20}$/i.test(key) || keys.includes(key))
      query.push(`${encodeURIComponent(key)}=${encodeURIComponent(scrubWords(value, tells))}`);
    else if (clickIds.test(key)) query.push(`${key}=1`);
  }
  const route = /^#!?\//.test(url.hash) ? scrubPath(url.hash.split('?')[0] ?? '', { tells, isPrivate }) : '';
  return (url.origin + scrubPath(url.pathname, { tells, isPrivate }) + (query.length > 0 ? `?${query.join('&')}` : '') + route).slice(
    0,
    2048,
  );
}

interface Signs {
  readonly tells: (plain: string) => boolean;
  readonly isPrivate: (plain: string) => boolean;
}

function parse(raw: string, base: string): URL | null {
  try {
    return new URL(raw, base);
  } catch {
    return null;
  }
}

function scrubPath(path: string, { tells, isPrivate }: Signs): string {
  const names = path.split('/');
  // What was typed may be spread over the path.
  if (isPrivate(decodeFully(names.join('')))) return names.fill(hiddenPart, 1).join('/');
  return names
    .map((segment) => {
      const [name = ''] = segment.split(';');
      // Cut off from its parameters, a dot would be a step in the path.
      if (dots.test(name)) return '';
      return tells(decodeFully(name)) ? hiddenPart : name;
    })
    .join('/');
}

/** A query value keeps its words; one that tells something is replaced whole. */
function scrubWords(value: string, tells: (plain: string) => boolean): string {
  return tells(decodeFully(value)) ? hiddenPart : value.slice(0, 200);
}

/** Whether a piece of an address looks like an e-mail address, a token, or the id of one record. */
function isTelling(plain: string): boolean {
  return plain.includes('@') || /\d{7,}/.test(plain) || scrubText(plain) !== plain || isRandom(plain);
}

/** Long and without rhythm: hexadecimal, or changing between lower case, upper case and digits more often than words do. */
function isRandom(text: string): boolean {
  if (/(?=[a-f]*\d)(?=\d*[a-f])[a-f\d]{12,}|[a-f\d]{8}-[a-f\d]{4}-[a-f\d]{4}|[a-z\d]{32,}/i.test(text)) return true;
  const changes = text.match(/[a-z](?=[A-Z\d])|[A-Z](?=[a-z\d])|\d(?=[A-Za-z])/g);
  return text.length > 15 && /\d/.test(text) && (changes?.length ?? 0) > 4;
}
