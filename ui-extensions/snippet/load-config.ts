import type { SiteConfig } from '#contract/events.ts';
import { askCore, readJson } from './ask-core.ts';
import { isRecord } from './is-record.ts';
import { scriptTag } from './script-tag.ts';
import { read } from './storage.ts';

const waitsMs = [2_000, 10_000, 60_000, 0];
export const configName = '_ll_cfg';

/** The settings that the page before had: a page that is left at once need not wait for the network. */
export function keptConfig(): SiteConfig | null {
  try {
    const config: unknown = JSON.parse(read(configName));
    return isConfig(config) ? config : null;
  } catch {
    return null;
  }
}

/** The site's settings; null when the core does not know this site or cannot be reached. Sends no cookie and no identifier. */
export async function loadConfig(): Promise<SiteConfig | null> {
  for (const waitMs of waitsMs) {
    try {
      const response = await askCore(scriptTag.settings);
      if (response.ok) {
        const config = await readJson(response);
        return isConfig(config) ? config : null;
      }
      if (response.status < 500 && response.status !== 429) break;
    } catch {
      // Worth asking again.
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return null;
}

function isConfig(value: unknown): value is SiteConfig {
  return isRecord(value) && isRecord(value.modes) && isRecord(value.masking) && Array.isArray(value.queryKeys);
}
