/** Whether this visitor may be measured: what the site set, what the browser says, and what the visitor chose. */
import type { SiteConfig } from '#contract/events.ts';
import { scriptTag } from './script-tag.ts';
import { read, write } from './storage.ts';

const chosenName = '_ll_ok';
/** EU, EEA, UK and Switzerland lie in these zones; a zone outside them would only ask once too often. */
const european = /^Europe\/|^Atlantic\/(?:Az|Can|Fa|Mad|Rey)|^Arctic|\/(?:Nicosia|Famagusta|Ceuta)$/;

let choice: boolean | null = null;

export function mayCollect(config: SiteConfig): boolean {
  return choice ?? (!isNeeded(config) || read(chosenName, 'localStorage') === '1');
}

export function isRefused(): boolean {
  return choice === false;
}

/** What the visitor chose, for this page. */
export function choose(granted: boolean): void {
  choice = granted;
}

/** Remembers a yes for the next pages. Only for a visitor who is measured: of anybody else nothing is stored. */
export function rememberChoice(): void {
  if (choice) write(chosenName, '1', 'localStorage');
}

function isNeeded({ consent }: SiteConfig): boolean {
  if (scriptTag.asksConsent || consent === 'always' || Reflect.get(navigator, 'globalPrivacyControl') === true) return true;
  return consent === 'european' && european.test(Intl.DateTimeFormat().resolvedOptions().timeZone);
}
