/** A batch that was read and cleaned, ready to be written. */
import type { EventDocument } from '../sessions/event.ts';
import type { RecordingChunkDocument } from '../sessions/recording-chunk.ts';
import type { SessionDocument } from '../sessions/session.ts';
import type { BadEvent } from './read-events.ts';

export interface Batch {
  readonly workspaceId: string;
  readonly siteId: string;
  readonly sessionId: string;
  readonly visitorId: string;
  readonly contactId: string;
  readonly vid: string;
  readonly bind: 'link' | 'identify' | null;
  readonly linkId: string | null;
  /** No visit of the site was noted yet, as far as we know. */
  readonly siteIsNew: boolean;
  readonly receivedAt: Date;
  /** First and last moment that the batch tells of, on the corrected clock. */
  readonly span: { readonly first: Date; readonly last: Date };
  readonly evidence: string | null;
  readonly session: Pick<SessionDocument, 'context' | 'device' | 'browser' | 'os' | 'channel'>;
  readonly events: readonly EventDocument[];
  readonly chunks: readonly RecordingChunkDocument[];
  readonly bad: readonly BadEvent[];
  /** The browser said that its last page was left. */
  readonly left: boolean;
}
