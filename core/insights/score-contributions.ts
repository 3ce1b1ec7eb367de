/** What each moment of a timeline adds to the intent score, in raw points, faded by its age. */

import type { PageKind } from '#core/sessions/summarise-page-kind.ts';
import type { PageSummary } from '#core/sessions/summarise-shapes.ts';
import { counted, describeDuration } from '#core/sessions/summarise-text.ts';
import type { Timeline, TimelineSession } from './build-timeline.ts';
import { type Contribution, dwelt, fading, reached } from './contribution.ts';
import type { IntentWeights } from './intent-weights.ts';
import { matchesPath, pageName } from './name-page.ts';
import { returnVisits } from './score-returning.ts';

/** Every contribution fades by the same half-life, so that with time alone a score can only fall. */
export function contributionsOf(timeline: Timeline, weights: IntentWeights, now: Date): Contribution[] {
  const ofSessions = timeline.sessions.flatMap((session) => {
    const left = fading(session.lastEventAt, weights.halfLifeDays, now);
    const all = [
      ...ofGoals(session, weights),
      ...ofGoalPages(session, weights),
      ...ofPages(session, weights),
      ...ofNature(session, weights),
    ];
    return all.map((contribution) => ({ ...contribution, sessionId: session.sessionId, raw: contribution.raw * left }));
  });
  return [...ofSessions, ...returnVisits(timeline, weights, now)];
}

type Moment = Omit<Contribution, 'sessionId'>;

function ofGoals({ summary }: TimelineSession, weights: IntentWeights): Moment[] {
  return summary.goals.map(({ kind, text, at, offsetMs, dwellMs }) => ({
    category: `goal ${kind}`,
    raw: kind === 'pricing' ? dwelt(weights.pricing, dwellMs) : weights.goals[kind],
    text,
    at,
    offsetMs,
  }));
}

function ofGoalPages({ summary }: TimelineSession, weights: IntentWeights): Moment[] {
  return weights.goalPages.flatMap(({ path, weight, dwellMs }) => {
    const pages = summary.pages.filter((page) => matchesPath(path, page.path));
    const [first] = pages;
    const spentMs = activeOn(pages);
    if (first === undefined || spentMs < dwellMs) return [];
    return [{ category: `page ${path}`, raw: weight, text: spentOn(pageName(first), spentMs), at: first.at, offsetMs: first.offsetMs }];
  });
}

const offer: ReadonlySet<PageKind> = new Set(['product', 'compare', 'customers', 'shop']);

function ofPages({ summary, startedAt }: TimelineSession, weights: IntentWeights): Moment[] {
  const offered = summary.pages.filter(({ kind }) => offer.has(kind));
  const [longest] = offered.toSorted((one, other) => other.activeMs - one.activeMs);
  const depth = depthOf(summary.pages, weights);
  const moments: Moment[] = [];
  if (longest !== undefined) {
    const spentMs = activeOn(offered);
    const where = offered.length === 1 ? pageName(longest) : `${offered.length} pages about the offer`;
    moments.push({
      category: 'interest',
      raw: dwelt(weights.interest, spentMs),
      text: spentOn(where, spentMs),
      at: longest.at,
      offsetMs: longest.offsetMs,
    });
  }
  if (depth > 0) {
    const pages = counted(summary.pages.length, 'page');
    const text = summary.activeMs < 1000 ? `Opened ${pages} in one visit` : `Looked at ${pages} for ${describeDuration(summary.activeMs)}`;
    moments.push({ category: 'depth', raw: depth, text, at: startedAt, offsetMs: 0 });
  }
  return moments;
}

function depthOf(pages: readonly PageSummary[], { depth, relevance }: IntentWeights): number {
  const activeMs = pages.reduce((sum, page) => sum + page.activeMs * relevance[page.kind], 0);
  const relevanceOf = new Map(pages.map((page) => [page.path, relevance[page.kind]]));
  const further = Math.max(0, [...relevanceOf.values()].reduce((sum, each) => sum + each, 0) - 1);
  const scrolled = Math.max(0, ...pages.map((page) => (relevance[page.kind] * (page.scrollDepth ?? 0)) / 100));
  return depth.active * reached(activeMs, depth.halfMs) + depth.pages * reached(further, depth.halfPages) + depth.scroll * scrolled;
}

function ofNature({ nature, startedAt, summary }: TimelineSession, weights: IntentWeights): Moment[] {
  const moment = { category: nature, at: startedAt, offsetMs: 0 };
  // A form that was sent there lowers the score by itself.
  if (summary.goals.some(({ kind }) => kind !== 'pricing' && weights.goals[kind] < 0)) return [];
  if (nature === 'careers') return [{ ...moment, raw: weights.careersOnly, text: 'Looked mainly at jobs' }];
  return nature === 'support' ? [{ ...moment, raw: weights.supportOnly, text: 'Looked mainly for help' }] : [];
}

function activeOn(pages: readonly PageSummary[]): number {
  return pages.reduce((sum, page) => sum + page.activeMs, 0);
}

function spentOn(where: string, ms: number): string {
  return ms < 3000 ? `Opened ${where}` : `Spent ${describeDuration(ms)} on ${where}`;
}
