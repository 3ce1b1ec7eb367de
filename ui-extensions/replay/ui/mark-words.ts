/** A mark's look and its words. */
import type { PlayerRecording } from '#contract/recording.ts';

type Mark = PlayerRecording['marks'][number];

export type MarkKind = 'goal' | 'form' | 'trouble' | 'plain';

/** By the event's type: what sells, what is filled in, what annoys. */
export function markKind(type: string): MarkKind {
  if (/purchase|checkout|cart|signup|demo|pricing|subscription|identify/.test(type)) return 'goal';
  if (/rage|error|cancel|abandon/.test(type)) return 'trouble';
  return /form|search/.test(type) ? 'form' : 'plain';
}

export function markText(mark: Mark): string {
  const words = mark.type.replaceAll('_', ' ');
  return mark.text || words.charAt(0).toUpperCase() + words.slice(1);
}
