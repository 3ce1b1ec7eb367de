/** A batch that was read and cleaned, ready to be written. */
import type { VisitorDocument } from '../contacts/visitor.ts';
import type { EventDocument } from '../sessions/event.ts';
import type { RecordingChunkDocument } from '../sessions/recording-chunk.ts';
import type { SessionDocument, SessionMode } from '../sessions/session.ts';
import type { FaultDocument } from './fault.ts';
import type { FoundLeak } from './leak.ts';
import type { BadEvent } from './read-events.ts';
import type { StylesheetDocument } from './stylesheet.ts';

export interface Batch {
  readonly workspaceId: string;
  readonly siteId: string;
  readonly sessionId: string;
  readonly visitorId: string;
  /** The visitor as it is now. */
  readonly visitor: VisitorDocument;
  /** The version that was read; null when the visitor was not there. What is written over another one loses the race. */
  readonly versionRead: number | null;
  /** Said by the writer: somebody else changed the visitor meanwhile, and nothing of this batch was written. */
  readonly race: { lost: boolean };
  readonly contactId: string | null;
  readonly mode: SessionMode;
  /** The tracked link that was clicked, if it was one. */
  readonly linkId: string | null;
  readonly cameBy: SessionDocument['cameBy'];
  /** No visit of the site was noted yet, as far as we know. */
  readonly siteIsNew: boolean;
  readonly receivedAt: Date;
  /** First and last moment that the batch tells of, on the corrected clock. */
  readonly span: { readonly first: Date; readonly last: Date };
  readonly evidence: string | null;
  /** A program drives the browser. */
  readonly automated: boolean;
  readonly session: Pick<SessionDocument, 'context' | 'device' | 'browser' | 'os' | 'channel'>;
  readonly events: readonly EventDocument[];
  readonly chunks: readonly RecordingChunkDocument[];
  /** Stylesheets whose text came. */
  readonly sheets: readonly StylesheetDocument[];
  readonly faults: readonly FaultDocument[];
  /** What had to be taken out of the records above. */
  readonly leaks: readonly FoundLeak[];
  readonly bad: readonly BadEvent[];
  /** The browser said that its last page was left. */
  readonly left: boolean;
}
