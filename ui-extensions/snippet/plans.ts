import { cleanText } from './page-life.ts';

/** What shows one plan among others: a card, or the head of a column. */
export const planSelector =
  '[data-ll-plan],[data-plan],[class*="pricing-card"],[class*="price-card"],[class*="pricing-plan"],[class*="plan-card"],[class*="pricing-column"],[class*="pricing-tier"],[class~="plan"],[class~="tier"]';

export function planName(plan: Element): string {
  const heading = plan.querySelector('h2,h3,h4,[class*="title"],[class*="name"]');
  const named = plan.getAttribute('data-ll-plan') || plan.getAttribute('data-plan') || (plan.matches('th') ? plan : heading)?.textContent;
  return cleanText(named ?? '', 100);
}
