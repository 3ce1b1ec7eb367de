/** Sites by their public key, remembered for seconds: a flood does not reach the database. */
import { Failure } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { Site, type SiteDocument } from '../workspaces/site.ts';
import { siteGeneration } from '../workspaces/site-generation.ts';

export interface CachedSites {
  /** Throws `missing` for a key that nobody has. */
  find(siteKey: string): Promise<SiteDocument>;
  /** Whether the key was somebody's a moment ago, without asking anybody. */
  isKnown(siteKey: string): boolean;
}

interface Remembered {
  readonly site: Promise<SiteDocument | null>;
  readonly until: number;
}

/** What was changed through another process is seen after this long; through this one, at once. */
const lifeMs = 5000;
const mostRemembered = 10_000;

export function cachedSites(platform: Platform): CachedSites {
  const known = new Map<string, Remembered>();
  /** Apart, so that made-up keys push out no real one. */
  const unknown = new Map<string, Remembered>();
  let seen = siteGeneration();

  async function look(siteKey: string): Promise<SiteDocument | null> {
    const remembered = recent(known, siteKey) ?? recent(unknown, siteKey);
    if (remembered !== undefined) return remembered.site;
    const generation = siteGeneration();
    const asked = { site: findByKey(siteKey), until: performance.now() + lifeMs };
    const memory = known.has(siteKey) ? known : unknown;
    remember(memory, siteKey, asked);
    const site = await asked.site.catch((error: unknown) => {
      memory.delete(siteKey);
      throw error;
    });
    if (memory.get(siteKey) !== asked) return site;
    memory.delete(siteKey);
    // What was read before a change is not remembered after it.
    if (generation === siteGeneration()) remember(site === null ? unknown : known, siteKey, asked);
    return site;
  }

  return {
    isKnown: (siteKey) => known.has(siteKey),
    find: async (siteKey) => {
      if (seen !== siteGeneration()) {
        seen = siteGeneration();
        known.clear();
        unknown.clear();
      }
      const site = await look(siteKey);
      if (site !== null) return site;
      platform.log.debug({}, 'a batch came with an unknown site key');
      throw new Failure('missing', 'This site key is not known. Copy the snippet again from Leadlight.', { code: 'site-key-unknown' });
    },
  };
}

function findByKey(siteKey: string): Promise<SiteDocument | null> {
  return Site.findOne({ siteKey }).setOptions(acrossWorkspaces).lean().exec();
}

function recent(memory: ReadonlyMap<string, Remembered>, siteKey: string): Remembered | undefined {
  const remembered = memory.get(siteKey);
  return remembered !== undefined && remembered.until > performance.now() ? remembered : undefined;
}

function remember(memory: Map<string, Remembered>, siteKey: string, asked: Remembered): void {
  if (memory.size >= mostRemembered) memory.clear();
  memory.set(siteKey, asked);
}
