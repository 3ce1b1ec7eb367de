/** The time on pricing as one goal of the session, with the plan that was looked at longest. */
import { eventProps } from '#contract/events.ts';
import { compareText, readProps } from './summarise-events.ts';
import type { Goal, PageSummary, StoredEvent } from './summarise-shapes.ts';
import { describeDuration, titleCore } from './summarise-text.ts';

/** Shorter than this, a page was opened rather than looked at. */
const glanceMs = 3000;

export function pricingGoal(events: readonly StoredEvent[], pages: readonly PageSummary[]): Omit<Goal, 'offsetMs'> | null {
  const pricing = pages.filter((page) => page.kind === 'pricing');
  const [first] = pricing;
  if (first === undefined) return null;
  const dwellMs = pricing.reduce((sum, page) => sum + page.activeMs, 0);
  const plan = longestPlan(events);
  const spent = dwellMs < glanceMs ? 'Opened pricing' : `Spent ${describeDuration(dwellMs)} on pricing`;
  return { kind: 'pricing', at: first.at, dwellMs, text: plan === '' ? spent : `${spent}, longest on ${plan}` };
}

function longestPlan(events: readonly StoredEvent[]): string {
  const longest = new Map<string, number>();
  for (const event of events) {
    for (const [plan, ms] of Object.entries(readProps(event, 'pricing_engage', eventProps.pricing_engage)?.plans ?? {})) {
      longest.set(plan, Math.max(ms, longest.get(plan) ?? 0));
    }
  }
  const [top] = [...longest].sort(([one, oneMs], [other, otherMs]) => otherMs - oneMs || compareText(one, other));
  return top === undefined || top[1] < glanceMs ? '' : titleCore(top[0]);
}
