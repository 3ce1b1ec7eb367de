/** A site as its workspace sees it. */
import type { Site as SiteView } from '#contract/api.ts';
import type { Platform } from '../platform.ts';
import { exclusionOf, locationOf, type SiteDocument, siteName } from './site.ts';

export function presentSite(platform: Platform, site: SiteDocument): SiteView {
  return {
    id: site._id,
    name: siteName(site),
    origins: site.origins,
    siteKey: site.siteKey,
    snippet: snippetTag(platform, site.siteKey),
    snippetSeenAt: site.snippetSeenAt?.toISOString() ?? null,
    firstVisitAt: site.firstVisitAt?.toISOString() ?? null,
    config: site.config,
    exclusion: exclusionOf(site),
    location: locationOf(site),
  };
}

/** The script tag as a customer pastes it. */
export function snippetTag(platform: Platform, siteKey: string): string {
  return `<script async src="${platform.config.publicUrl}/ll.js" data-key="${siteKey}"></script>`;
}
