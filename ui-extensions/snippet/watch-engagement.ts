import { classifyClick } from './classify-click.ts';
import { emit } from './emit.ts';
import { cleanText, onClick, onLeave, onPage, onTick } from './page-life.ts';
import { isRage, selectorOf } from './rage-click.ts';
import { later, listen } from './safely.ts';
import { lastHeard } from './send-batch.ts';
import { count, session } from './session.ts';

/** With the pace of sending, the core hears of an active visitor every 30 s. */
const signOfLifeMs = 22_000;
const passedOnMs = 50;
const sectionSelector = 'section[id],[data-ll-section]';

const nothing = () => ({
  activeMs: 0,
  clicks: new Map<string, number>(),
  rage: new Map<string, number>(),
  sections: new Map<string, number>(),
});

let totals = nothing();
let depth = 0;
/** Since it was measured, the page may be scrolled to another place. */
let isMoved = true;
/** As much of it as the session's mean knows. */
let depthCounted = 0;
let told = '';
let labelled: HTMLLabelElement | null = null;
let labelledAt = 0;
let toldAt = 0;
let observer: IntersectionObserver | null = null;
const visible = new Set<string>();

/** What was looked at and clicked: the totals of the page so far, each time it is left or hidden, and where nothing else was heard. */
export function watchEngagement(): void {
  onPage(() => {
    totals = nothing();
    depth = depthCounted = 0;
    isMoved = true;
    toldAt = Date.now();
    observeSections();
  });
  onTick((ms, active) => {
    totals.activeMs += ms;
    if (ms) {
      for (const name of visible) add(totals.sections, name, ms);
      // Right after a frame the browser knows it; at any other time it would have to lay the page out for us.
      if (isMoved) requestAnimationFrame(() => later(measureDepth, 0));
    }
    if (active && session.sid && Date.now() - Math.max(lastHeard(), toldAt) > signOfLifeMs) report();
  });
  onClick(({ event, target }) => {
    if (!event.isTrusted || isPassedOn(event, target)) return;
    const kind = classifyClick(target);
    count(kind);
    add(totals.clicks, kind, 1);
    if (isRage(event)) add(totals.rage, selectorOf(target), 1);
  });
  listen(document, 'scroll', () => {
    isMoved = true;
  });
  onLeave(report);
}

/** A label passes its click on to its field, as another click at the same place. */
function isPassedOn({ timeStamp }: Event, target: Element): boolean {
  const isSame = labelled?.control === target && timeStamp - labelledAt < passedOnMs;
  labelled = target.closest('label');
  labelledAt = timeStamp;
  return isSame;
}

function report(): void {
  if (isMoved) measureDepth();
  if (!depthCounted) count('depths');
  count('depth', depth - depthCounted);
  depthCounted = depth;
  const props = {
    scrollDepth: depth,
    activeMs: Math.round(totals.activeMs),
    clicks: Object.fromEntries(totals.clicks),
    rageClicks: [...totals.rage].slice(0, 20).map(([selector, count]) => ({ selector, count })),
    sections: Object.fromEntries(totals.sections),
  };
  const text = JSON.stringify(props);
  if (text === told) return;
  told = text;
  toldAt = Date.now();
  emit('engagement', props);
}

function add(counts: Map<string, number>, name: string, amount: number): void {
  counts.set(name, Math.round((counts.get(name) ?? 0) + amount));
}

function measureDepth(): void {
  isMoved = false;
  const height = Math.max(document.documentElement.scrollHeight, 1);
  depth = Math.max(depth, Math.min(100, Math.round(((scrollY + innerHeight) / height) * 100)));
}

function observeSections(): void {
  observer?.disconnect();
  visible.clear();
  observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) visible[isIntersecting ? 'add' : 'delete'](nameOf(target));
  });
  for (const section of document.querySelectorAll(sectionSelector)) observer.observe(section);
}

function nameOf(section: Element): string {
  return cleanText(section.getAttribute('data-ll-section') || section.id, 100);
}
