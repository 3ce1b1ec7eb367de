/** A website of a workspace, with its public key and how visitors of it may be tracked. */
import { Schema } from 'mongoose';
import type { SiteConfig } from '#contract/events.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface SiteDocument extends Owned {
  /** Exact origins the snippet may send from. */
  origins: string[];
  /** Public: names the site, never authorises a read. */
  siteKey: string;
  config: SiteConfig;
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
    snippetSeenAt: { type: Date, default: null },
    firstVisitAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
  },
  ownedOptions('sites'),
);
// The key arrives before we know the workspace.
schema.index({ siteKey: 1 }, { unique: true });
schema.index({ workspaceId: 1 });

export const Site = defineModel<SiteDocument>('Site', schema);

export const defaultSiteConfig: SiteConfig = {
  modes: { knownContacts: true, anonymousVisitors: false, siteAnalytics: false },
  consent: 'never',
  masking: { text: 'visible' },
  queryKeys: [],
  dwellMs: 2000,
};
