import { emit } from './emit.ts';
import { aboutPath } from './page-data.ts';
import { onLeave, onPage, onTick } from './page-life.ts';
import { planName, planSelector } from './plans.ts';
import { listen } from './safely.ts';

const pricingPath = /pric|plans|tarif|preise/i;
const pricingPart = '#pricing,#plans,[class*="pricing-table"],[data-ll-plan]';
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
    observer = null;
    if ((pricingPath.test(location.pathname) && !aboutPath.test(location.pathname)) || document.querySelector(pricingPart)) observe();
  });
  listen(document, 'pointerover', ({ target }) => {
    if (!observer) return;
    hovered = target instanceof Element ? (target.closest(planSelector) ?? headOf(target.closest('td'))) : null;
  });
  onTick((ms) => {
    if (!ms) return;
    const looked = hovered && visible.has(hovered) ? [hovered] : visible;
    for (const plan of looked) plans.set(planName(plan), Math.round((plans.get(planName(plan)) ?? 0) + ms));
    plans.delete('');
  });
  onLeave(report);
}

/** Cards, not their parts; or the columns of a table. */
function observe(): void {
  const cards = [...document.querySelectorAll(planSelector)].filter((plan) => !plan.parentElement?.closest(planSelector));
  observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries) visible[intersectionRatio >= mostVisible ? 'add' : 'delete'](target);
    },
    { threshold: [0, mostVisible] },
  );
  for (const plan of cards.length > 0 ? cards : document.querySelectorAll('thead th:not(:first-child)')) observer.observe(plan);
}

function headOf(cell: HTMLTableCellElement | null): Element | null {
  return cell?.closest('table')?.tHead?.rows[0]?.cells[cell.cellIndex] ?? null;
}

function report(): void {
  const text = JSON.stringify([...plans]);
  if (plans.size === 0 || text === told) return;
  told = text;
  emit('pricing_engage', { plans: Object.fromEntries([...plans].slice(0, 20)) });
}
