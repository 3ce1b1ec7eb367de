/** A website of a workspace, with its public key and how visitors of it may be tracked. */
import { Schema } from 'mongoose';
import type { Exclusion, Location } from '#contract/api.ts';
import type { SiteConfig } from '#contract/events.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';
import { newId } from '../store/new-id.ts';

export interface SiteDocument extends Owned {
  /** Exact origins the snippet may send from. */
  origins: string[];
  /** Public: names the site, never authorises a read. */
  siteKey: string;
  config: SiteConfig;
  /** Missing on sites from before there was one: read it with `exclusionOf`. */
  exclusion?: Exclusion;
  /** Missing while nobody switched it on: read it with `locationOf`. */
  location?: Location;
  snippetSeenAt: Date | null;
  firstVisitAt: Date | null;
  createdAt: Date;
}

const schema = new Schema<SiteDocument>(
  {
    ...ownedFields,
    origins: { type: [String], required: true },
    siteKey: { type: String, required: true },
    config: { type: Schema.Types.Mixed, required: true },
    exclusion: { type: Schema.Types.Mixed },
    location: { type: Schema.Types.Mixed },
    snippetSeenAt: { type: Date, default: null },
    firstVisitAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
  },
  ownedOptions('sites'),
);
// The key arrives before we know the workspace.
schema.index({ siteKey: 1 }, { unique: true });
// One origin is one site of a workspace, also when two people add it at the same moment.
schema.index({ workspaceId: 1, origins: 1 }, { unique: true });

export const Site = defineModel<SiteDocument>('Site', schema);

/** Of a new site. Who records a person they know by name, and joins it to a CRM, needs consent where the European rules hold. */
const defaultSiteConfig: SiteConfig = {
  modes: { knownContacts: true, anonymousVisitors: false, siteAnalytics: false },
  consent: 'european',
  masking: { text: 'visible' },
  queryKeys: [],
  dwellMs: 30_000,
};

const defaultExclusion: Exclusion = { members: true, emailDomains: [] };

/** Whose visits of this site are never kept. */
export function exclusionOf({ exclusion }: Pick<SiteDocument, 'exclusion'>): Exclusion {
  return { ...defaultExclusion, ...exclusion };
}

/** What is kept of the place that its visits come from: nothing, until somebody switches it on. */
export function locationOf({ location }: Pick<SiteDocument, 'location'>): Location {
  return { contacts: 'off', anonymous: 'off', ...location };
}

/** A site as it is before anybody set anything. */
export function newSite({ workspaceId, origins, createdAt }: Pick<SiteDocument, 'workspaceId' | 'origins' | 'createdAt'>): SiteDocument {
  return {
    _id: newId('site'),
    workspaceId,
    origins,
    siteKey: newSiteKey(),
    config: defaultSiteConfig,
    exclusion: defaultExclusion,
    snippetSeenAt: null,
    firstVisitAt: null,
    createdAt,
  };
}

export function newSiteKey(): string {
  return newId('site').replace('site_', 'pk_');
}

/** The first origin without its scheme, for people. */
export function siteName(site: Pick<SiteDocument, 'origins'>): string {
  return site.origins[0]?.replace(/^https?:\/\//, '') ?? '';
}
