/** A batch that was read and cleaned, ready to be written. */
import type { VisitorDocument } from '../contacts/visitor.ts';
import type { RecordingChunkDocument } from '../sessions/recording-chunk.ts';
import type { Arrival } from './arrival.ts';
import type { FoundLeak } from './leak.ts';
import type { BadEvent } from './read-events.ts';
import type { StylesheetDocument } from './stylesheet.ts';

export interface Batch {
  /** What is logged, and folded in a moment later. */
  readonly arrival: Arrival;
  /** The visitor as it is now. */
  readonly visitor: VisitorDocument;
  /** The version that was read; null when the visitor was not there. What is written over another one loses the race. */
  readonly versionRead: number | null;
  readonly chunks: readonly RecordingChunkDocument[];
  /** Stylesheets whose text came. */
  readonly sheets: readonly StylesheetDocument[];
  /** Found in the two above, and told when they are stored for the first time. */
  readonly recordLeaks: readonly FoundLeak[];
  /** What the writer says. */
  readonly outcome: Outcome;
}

export interface Outcome {
  /** Somebody else changed the visitor meanwhile, and nothing of this batch was written. */
  raceLost: boolean;
  /** Recording chunks whose number stands for another content already. */
  clashes: readonly BadEvent[];
}

/** Whether more is to be written than one row of the log. */
export function isPlain({ versionRead, visitor, chunks, sheets }: Batch): boolean {
  return versionRead === visitor.version && chunks.length === 0 && sheets.length === 0;
}
