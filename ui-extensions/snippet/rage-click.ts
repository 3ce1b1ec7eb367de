import { scrubName } from './scrub-name.ts';

const withinMs = 1_000;
const withinPx = 40;

let series: readonly { readonly at: number; readonly x: number; readonly y: number }[] = [];

/** Whether this is the third click in one place within a second. */
export function isRage({ clientX: x, clientY: y }: MouseEvent): boolean {
  const at = Date.now();
  series = [...series.filter((click) => at - click.at < withinMs && Math.hypot(click.x - x, click.y - y) < withinPx), { at, x, y }];
  return series.length === 3;
}

/** Where it was, in words of the page's own code; never in words of its text. */
export function selectorOf(target: Element): string {
  const id = scrubName(target.id);
  const classes = [...target.classList].map(scrubName).filter(Boolean).slice(0, 2);
  return [target.localName, id && `#${id}`, ...classes.map((name) => `.${name}`)].join('').slice(0, 300);
}
