import type { IngestEnvelope, SentEvent } from '#contract/events.ts';
import { isRecord } from './is-record.ts';

/** What an envelope says once, beside its events. */
export type Head = Pick<IngestEnvelope, 'evidence' | 'identity' | 'context' | 'sheets' | 'faults'>;

/** What is sent together. It keeps its ids and its chunk number however often it is sent. `frames` are rrweb events as JSON. */
export interface Batch {
  readonly vid: string;
  readonly sid: string;
  readonly tab: string;
  readonly head: Head;
  readonly events: readonly SentEvent[];
  readonly seq: number;
  readonly frames: readonly string[];
  /** Its page was left before the core answered: it has most likely arrived. */
  readonly doubt?: true;
}

/** The envelope as JSON. The frames are joined as they are: they were made into JSON once, when they were recorded. */
export function envelopeOf({ vid, sid, tab, head, events, seq, frames }: Batch, sentAt: number): string {
  const envelope: IngestEnvelope = { v: 1, vid, sid, tab, sentAt, ...head, events: [...events] };
  const json = JSON.stringify(envelope);
  return frames.length > 0 ? `${json.slice(0, -1)},"chunks":[{"seq":${seq},"events":[${frames.join()}]}]}` : json;
}

/** Without the recording, and stylesheets by their hash alone: events matter more. */
export function lightened(batch: Batch): Batch {
  const { sheets } = batch.head;
  return { ...batch, frames: [], head: { ...batch.head, ...(sheets && { sheets: sheets.map(({ hash }) => ({ hash })) }) } };
}

export function isBatch(value: unknown): value is Batch {
  return isRecord(value) && typeof value.sid === 'string' && Array.isArray(value.events) && Array.isArray(value.frames);
}
