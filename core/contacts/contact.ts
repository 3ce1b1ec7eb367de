/** A person, known by a CRM record or by identify. The newest score and insight are kept here, so that lists read one row each. */
import { Schema } from 'mongoose';
import type { Insight, IntentScore } from '#contract/snapshot.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface CrmRecord {
  connectionId: string;
  provider: string;
  recordId: string;
  url: string;
  ownerId: string | null;
  lifecycle: string | null;
}

export interface ContactTotals {
  sessions: number;
  pageviews: number;
  activeMs: number;
}

export interface ContactDocument extends Owned {
  name: string;
  /** Lower case. */
  email: string | null;
  /** The site's own id, from identify. */
  externalId: string | null;
  company: string;
  crm: CrmRecord[];
  /** Carried by merge-tag links in `ll`. Random, revocable. */
  linkToken: string;
  /** The browser that the token in `linkVisitorToken` is bound to: the first that opened it with a person in front. */
  linkVisitorId: string | null;
  linkVisitorToken: string | null;
  intent: IntentScore;
  trend: 'rising' | 'steady' | 'falling';
  /** Last score of each of the last days, oldest first; at most 30. */
  scoreHistory: { at: Date; value: number }[];
  insight: Insight | null;
  lastSeenAt: Date | null;
  lastSessionId: string | null;
  sessions30d: number;
  /** Of all visits that count, ever. Missing until the first is counted. */
  totals?: ContactTotals;
  createdAt: Date;
}

const schema = new Schema<ContactDocument>(
  {
    ...ownedFields,
    name: { type: String, default: '' },
    email: { type: String, default: null },
    externalId: { type: String, default: null },
    company: { type: String, default: '' },
    crm: {
      type: [
        new Schema(
          { connectionId: String, provider: String, recordId: String, url: String, ownerId: String, lifecycle: String },
          { _id: false },
        ),
      ],
      required: true,
    },
    linkToken: { type: String, required: true },
    linkVisitorId: { type: String, default: null },
    linkVisitorToken: { type: String, default: null },
    intent: { type: Schema.Types.Mixed, required: true },
    trend: { type: String, required: true },
    scoreHistory: { type: [new Schema({ at: Date, value: Number }, { _id: false })], required: true },
    insight: { type: Schema.Types.Mixed, default: null },
    lastSeenAt: { type: Date, default: null },
    lastSessionId: { type: String, default: null },
    sessions30d: { type: Number, required: true },
    totals: { type: new Schema({ sessions: Number, pageviews: Number, activeMs: Number }, { _id: false }) },
    createdAt: { type: Date, required: true },
  },
  ownedOptions('contacts'),
);
schema.index({ workspaceId: 1, linkToken: 1 }, { unique: true });
schema.index({ workspaceId: 1, email: 1 }, { unique: true, partialFilterExpression: { email: { $type: 'string' } } });
schema.index({ workspaceId: 1, externalId: 1 }, { unique: true, partialFilterExpression: { externalId: { $type: 'string' } } });
schema.index({ workspaceId: 1, 'crm.connectionId': 1, 'crm.recordId': 1 });
schema.index({ workspaceId: 1, 'intent.value': -1, _id: 1 });
schema.index({ workspaceId: 1, lastSeenAt: -1, _id: 1 });

export const Contact = defineModel<ContactDocument>('Contact', schema);
