import { emit } from './emit.ts';
import { cleanText, onLeave, onPage, onTick } from './page-life.ts';
import { listen } from './safely.ts';

const pricingPath = /pric|plans|tarif|preise/i;
const planSelector = '[data-ll-plan],[data-plan],[class*="pricing-card"],[class*="price-card"],[class*="pricing-plan"],[class~="plan"]';
const mostVisible = 0.6;

let plans = new Map<string, number>();
let told = '';
let hovered: Element | null = null;
const visible = new Set<Element>();
let observer: IntersectionObserver | null = null;

/** On a pricing page, how long each plan was looked at: the one under the pointer, or else those in view. Totals of the page so far. */
export function watchPricing(): void {
  onPage(() => {
    plans = new Map();
    hovered = null;
    visible.clear();
    observer?.disconnect();
    if (pricingPath.test(location.pathname)) observe();
  });
  listen(document, 'pointerover', ({ target }) => {
    hovered = target instanceof Element ? target.closest(planSelector) : null;
  });
  onTick((ms) => {
    if (!ms) return;
    const looked = hovered && visible.has(hovered) ? [hovered] : visible;
    for (const plan of looked) if (nameOf(plan)) plans.set(nameOf(plan), Math.round((plans.get(nameOf(plan)) ?? 0) + ms));
  });
  onLeave(report);
}

function observe(): void {
  observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries) visible[intersectionRatio >= mostVisible ? 'add' : 'delete'](target);
    },
    { threshold: [0, mostVisible] },
  );
  for (const plan of document.querySelectorAll(planSelector)) observer.observe(plan);
}

function report(): void {
  const text = JSON.stringify([...plans]);
  if (plans.size === 0 || text === told) return;
  told = text;
  emit('pricing_engage', { plans: Object.fromEntries([...plans].slice(0, 20)) });
}

function nameOf(plan: Element): string {
  const named = plan.getAttribute('data-ll-plan') || plan.querySelector('h2,h3,h4')?.textContent || plan.getAttribute('data-plan') || '';
  return cleanText(named, 100);
}
