import { scrubName } from './scrub-name.ts';

const withinMs = 1_000;
const withinPx = 40;

let isTold = false;
let series: readonly { readonly at: number; readonly x: number; readonly y: number }[] = [];

/** Whether this is the third click in one place within a second; once as long as they go on. */
export function isRage({ clientX: x, clientY: y, timeStamp: at, detail }: MouseEvent): boolean {
  // Of a key, or of a label that passes it on.
  if (!detail) return false;
  series = [...series.filter((click) => at - click.at < withinMs && Math.hypot(click.x - x, click.y - y) < withinPx), { at, x, y }];
  if (series.length === 1) isTold = false;
  if (isTold || series.length < 3) return false;
  isTold = true;
  return true;
}

/** Where it was, in words of the page's own code; never in words of its text. */
export function selectorOf(target: Element): string {
  const id = scrubName(target.id);
  const classes = [...target.classList].map(scrubName).filter(Boolean).slice(0, 2);
  return [target.localName, id && `#${id}`, ...classes.map((name) => `.${name}`)].join('').slice(0, 300);
}
