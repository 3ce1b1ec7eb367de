/** Lines above the stage that say what a viewer should know about this recording. */
import { make } from './element.ts';

export interface NoticeFacts {
  readonly missingChunks: number;
  /** Stylesheets that were too complex to be played. */
  readonly leftOut: number;
}

export function makeNotices({ missingChunks, leftOut }: NoticeFacts): HTMLElement[] {
  const lines: string[] = [];
  if (missingChunks > 0)
    lines.push(`${missingChunks} ${missingChunks === 1 ? 'part' : 'parts'} of this recording never arrived. Some moments may be missing.`);
  if (leftOut > 0) lines.push('Some styles of this page were too large to play safely and are left out.');
  return lines.map((text) => make('p', { class: 'notice', text, attributes: { role: 'note' } }));
}
