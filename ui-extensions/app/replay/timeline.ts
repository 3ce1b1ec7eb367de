import type { SessionDetail } from '#contract/api.ts';

export interface TimelineMoment {
  readonly id: string;
  readonly kind: 'page' | 'mark';
  readonly offsetMs: number;
  readonly text: string;
}

/** The pages of a session and what happened on them, in the order of the replay. A mark that only repeats a page is left out. */
export function timelineOf(session: Pick<SessionDetail, 'pages' | 'marks'>): readonly TimelineMoment[] {
  const pages = session.pages.map((page) => ({
    id: `page ${page.pageId}`,
    kind: 'page' as const,
    offsetMs: Math.max(0, page.offsetMs),
    text: page.title || page.path,
  }));
  const marks = session.marks
    .filter((mark) => mark.type !== 'page_view')
    .map((mark, index) => ({ id: `mark ${index}`, kind: 'mark' as const, offsetMs: Math.max(0, mark.offsetMs), text: mark.text }));
  return [...pages, ...marks].sort((a, b) => a.offsetMs - b.offsetMs);
}

/** The last moment that has begun at this offset. */
export function momentNow(moments: readonly TimelineMoment[], offsetMs: number): TimelineMoment | null {
  return moments.findLast((moment) => moment.offsetMs <= offsetMs) ?? null;
}
