/** `window.leadlight`: what a site may call. Calls made before the file was there wait in `leadlight.q` as `[name, ...arguments]`. */
import type { SentIdentity } from '#contract/events.ts';
import { isAnnounced } from './catalogue.ts';
import { cleanProps, isRecord } from './clean-props.ts';
import { emit } from './emit.ts';
import { cleanText } from './page-life.ts';
import { safely } from './safely.ts';
import { becomeKnown, hasSaid, setConsent } from './visitor.ts';

export interface Leadlight {
  /** Says who the visitor is: an e-mail address or the site's own id. */
  identify(idOrEmail: string, traits?: Readonly<Record<string, string | number | boolean>>): void;
  /** An event of the catalogue by its name, or the site's own. */
  track(name: string, props?: Readonly<Record<string, unknown>>): void;
  /** What the visitor chose. */
  consent(granted?: boolean): void;
}

declare global {
  interface Window {
    leadlight?: Partial<Leadlight> & { readonly q?: readonly unknown[] };
  }
}

export function installApi(): void {
  const waiting = window.leadlight?.q;
  const api = { identify: safely(identify), track: safely(track), consent: safely(consent) };
  window.leadlight = api;
  for (const call of Array.isArray(waiting) ? waiting : []) replay(api, Array.from(call));
}

function replay(api: Leadlight, [name, first, second]: readonly unknown[]): void {
  const more = isRecord(second) ? second : {};
  if (name === 'identify') api.identify(String(first), onlyTraits(more));
  else if (name === 'track') api.track(String(first), more);
  else if (name === 'consent') api.consent(first !== false);
}

function identify(idOrEmail: string, traits: Readonly<Record<string, unknown>> = {}): void {
  const id = String(idOrEmail ?? '').trim();
  if (!id) return;
  const known: SentIdentity = {
    ...(id.includes('@') ? { email: id.slice(0, 254) } : { externalId: id.slice(0, 200) }),
    traits: onlyTraits(traits),
  };
  const print = fingerprint(JSON.stringify(known));
  if (!hasSaid(print)) emit('identify', {});
  becomeKnown(known, print);
}

function track(name: string, props: Readonly<Record<string, unknown>> = {}): void {
  const given = cleanProps(props);
  if (isAnnounced(name)) emit(name, isRecord(props.plans) ? { ...given, plans: cleanProps(props.plans) } : given);
  else emit('custom', { name: cleanText(String(name), 100) || 'unnamed', props: onlyTraits(given) });
}

function consent(granted = true): void {
  setConsent(granted !== false);
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
