/** A raw event. Session and `eid` name it, so that a retry never counts twice. Many lie in one row: see `event-bucket.ts`. */
import type { EventType } from '#contract/events.ts';
import type { Owned } from '../store/define-model.ts';

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
