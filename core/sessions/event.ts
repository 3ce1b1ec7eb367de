/** A raw event. Its `_id` is session and `eid`, so that a retry never counts twice. Lives 30 days. */
import { Schema } from 'mongoose';
import type { EventType } from '#contract/events.ts';
import { defineModel, type Owned, ownedFields, ownedOptions } from '../store/define-model.ts';

export interface EventDocument extends Owned {
  sessionId: string;
  eid: string;
  type: EventType;
  at: Date;
  pageId: string;
  url: string;
  props: Record<string, unknown>;
  receivedAt: Date;
}

const schema = new Schema<EventDocument>(
  {
    ...ownedFields,
    sessionId: { type: String, required: true },
    eid: { type: String, required: true },
    type: { type: String, required: true },
    at: { type: Date, required: true },
    pageId: { type: String, required: true },
    url: { type: String, required: true },
    props: { type: Schema.Types.Mixed, required: true },
    receivedAt: { type: Date, required: true },
  },
  ownedOptions('events'),
);
schema.index({ workspaceId: 1, sessionId: 1, at: 1 });
schema.index({ receivedAt: 1 }, { expireAfterSeconds: 30 * 24 * 3600 });

export const Event = defineModel<EventDocument>('Event', schema);
