import type { SiteConfig } from '#contract/events.ts';
import { scriptTag } from './script-tag.ts';
import { read, write } from './storage.ts';

const waitsMs = [2_000, 10_000, 60_000];
const keptName = '_ll_cfg';

/** The settings that the page before had: a page that is left at once need not wait for the network. */
export function keptConfig(): SiteConfig | null {
  try {
    const config: unknown = JSON.parse(read(keptName) || 'null');
    return isConfig(config) ? config : null;
  } catch {
    return null;
  }
}

/** Only for a visitor who is measured: of anybody else nothing is stored. */
export function keepConfig(config: SiteConfig): void {
  write(keptName, JSON.stringify(config));
}

/** The site's settings; null when the core does not know this site or cannot be reached. Sends no cookie and no identifier. */
export async function loadConfig(): Promise<SiteConfig | null> {
  for (const waitMs of [...waitsMs, 0]) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return null;
}

/** Undefined: worth asking again. */
async function ask(): Promise<SiteConfig | null | undefined> {
  try {
    const response = await fetch(`${scriptTag.core}/v1/sites/${encodeURIComponent(scriptTag.siteKey)}/config`, { credentials: 'omit' });
    if (!response.ok) return response.status < 500 && response.status !== 429 ? null : undefined;
    const config: unknown = await response.json();
    return isConfig(config) ? config : null;
  } catch {
    return undefined;
  }
}

function isConfig(value: unknown): value is SiteConfig {
  return (
    typeof value === 'object' &&
    value !== null &&
    'modes' in value &&
    'masking' in value &&
    'queryKeys' in value &&
    Array.isArray(value.queryKeys)
  );
}
