/** What the page itself says, through `window.leadlight`. */
import type { SentIdentity } from '#contract/events.ts';
import { tell } from './announce.ts';
import { isAnnounced } from './catalogue.ts';
import { cleanProps } from './clean-props.ts';
import { emit } from './emit.ts';
import type { Call } from './hand-over.ts';
import { isRecord } from './is-record.ts';
import { newId } from './new-id.ts';
import { cleanText, cleanUrl } from './page-life.ts';
import { becomeKnown, deliver, hasSaid } from './visitor.ts';

export function hearCall([name, first, more, at]: Call): void {
  const given = isRecord(more) ? more : {};
  if (name === 'identify') identify(String(first ?? '').trim(), given, at);
  else if (name === 'track') track(String(first), given, at);
  else viewed(String(first), String(more), at);
}

/** A page of this tab that was left before this file was there. */
function viewed(address: string, referrer: string, at: number): void {
  const props = { title: '', ...(referrer && { referrer: cleanUrl(referrer) }) };
  deliver({ eid: newId(), type: 'page_view', at, pageId: newId(), url: cleanUrl(address), props });
}

function identify(id: string, traits: Readonly<Record<string, unknown>>, at: number): void {
  if (!id) return;
  const known: SentIdentity = {
    ...(id.includes('@') ? { email: id.slice(0, 254) } : { externalId: id.slice(0, 200) }),
    traits: onlyTraits(traits),
  };
  const print = fingerprint(JSON.stringify(known));
  if (!hasSaid(print)) emit('identify', {}, at);
  becomeKnown(known, print);
}

function track(name: string, props: Readonly<Record<string, unknown>>, at: number): void {
  const given = cleanProps(props, name);
  if (isAnnounced(name)) tell(name, isRecord(props.plans) ? { ...given, plans: cleanProps(props.plans) } : given, at);
  else emit('custom', { name: cleanText(name, 100) || 'unnamed', props: onlyTraits(given) }, at);
}

function onlyTraits(given: Readonly<Record<string, unknown>>): Record<string, string | number | boolean> {
  const traits: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(given).slice(0, 50)) {
    if (typeof value === 'string') traits[name.slice(0, 100)] = value.slice(0, 300);
    else if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) traits[name.slice(0, 100)] = value;
  }
  return traits;
}

/** Says whether the same was said before, without keeping what was said. */
function fingerprint(text: string): string {
  let hash = 0;
  for (let place = 0; place < text.length; place++) hash = (Math.imul(hash, 31) + text.charCodeAt(place)) | 0;
  return String(hash);
}
