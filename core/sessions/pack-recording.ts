/** Cleans a recording in order, once and for all, and packs it frame by frame. */
import type { RecordedEvent } from '#contract/recording-events.ts';
import type { Platform } from '../platform.ts';
import { openCleaner } from './clean-recording.ts';
import { type CutFrame, cutFrames } from './cut-frames.ts';
import { findIdle } from './find-idle.ts';
import { packFrame } from './pack-frame.ts';
import type { RecordingFrame, RecordingTab } from './recording.ts';
import type { Dictionary } from './recording-dictionary.ts';
import { piecesOfTab, type RecordingParts } from './recording-pieces.ts';

export interface Packing {
  /** The blob. To be read to its end. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** What is in it; once it was read. */
  packed(): { readonly tabs: readonly RecordingTab[]; readonly frames: readonly RecordingFrame[] };
}

export interface PackingRules {
  readonly parts: RecordingParts;
  readonly tabs: readonly string[];
  readonly dictionary: Dictionary | null;
  readonly queryKeys: readonly string[] | undefined;
}

export function packRecording(platform: Platform, owner: { workspaceId: string; sessionId: string }, rules: PackingRules): Packing {
  const [tabs, frames]: [RecordingTab[], RecordingFrame[]] = [[], []];
  async function* bytes() {
    let offset = 0;
    for (const [place, tab] of rules.tabs.entries()) {
      const seqs: number[] = [];
      const counts: number[] = [];
      const idle = findIdle();
      for await (const frame of framesOf(tab, { seqs, counts, see: idle.see })) {
        const { lead, firstAt, lastAt } = frame;
        const page = frame.events[0]?.type === 2 || frame.events[1]?.type === 2;
        const body = packFrame(frame.events, rules.dictionary?.body ?? null);
        frames.push({ tab: place, offset, length: body.length, firstAt, lastAt, lead, page });
        offset += body.length;
        yield body;
      }
      tabs.push({ tab, seqs, counts, idle: idle.spans() });
    }
  }

  async function* framesOf(tab: string, into: TabNotes): AsyncGenerator<CutFrame> {
    const cleaner = openCleaner(rules.queryKeys);
    const cutter = cutFrames();
    for await (const { seq, events, size } of piecesOfTab(platform, owner, { parts: rules.parts, tab })) {
      const clean = cleaner.clean(events);
      into.seqs.push(seq);
      into.counts.push(clean.length);
      for (const event of clean) into.see(event);
      yield* cutter.add(clean, size);
    }
    yield* cutter.end();
  }

  return { bytes: bytes(), packed: () => ({ tabs, frames }) };
}

interface TabNotes {
  readonly seqs: number[];
  readonly counts: number[];
  see(event: RecordedEvent): void;
}
