/** What a person does on the typical page in six seconds, decided beforehand: the same for every tool. */
import { randomFrom } from './random.ts';

export type Step =
  | { readonly atMs: number; readonly kind: 'move'; readonly x: number; readonly y: number }
  | { readonly atMs: number; readonly kind: 'wheel'; readonly deltaY: number }
  /** The first element of this selector that is in view. */
  | { readonly atMs: number; readonly kind: 'click'; readonly selector: string }
  | { readonly atMs: number; readonly kind: 'key'; readonly key: string };

export const visitMs = 6_000;
export const viewport = { width: 1280, height: 800 };
const moveEveryMs = 40;

/** Looks around, searches, scrolls, puts something into the cart, goes to another route and fills in a form. In the order of time. */
export function planVisit(seed: number): Step[] {
  const steps: Step[] = [
    ...wander(seed),
    click(300, '[data-bench=search]'),
    ...type('lamp', 420, 110),
    ...type(['Backspace', 'Backspace', 'Backspace', 'Backspace'], 1_150, 90),
    ...scroll(1_700, 10, 140),
    click(2_750, '.card .add'),
    click(3_000, '.card .compare'),
    ...scroll(3_150, 6, -90),
    click(3_750, '[data-route="/quote"]'),
    click(4_000, '#quote-name'),
    ...type('Ada Park', 4_100, 65),
    click(4_700, '#quote-mail'),
    ...type('ada@example.com', 4_800, 45),
    ...scroll(5_550, 3, 120),
  ];
  return steps.sort((a, b) => a.atMs - b.atMs);
}

function click(atMs: number, selector: string): Step {
  return { atMs, kind: 'click', selector };
}

function type(keys: string | readonly string[], fromMs: number, everyMs: number): Step[] {
  return Array.from(keys, (key, place): Step => ({ atMs: fromMs + place * everyMs, kind: 'key', key }));
}

function scroll(fromMs: number, times: number, deltaY: number): Step[] {
  return Array.from({ length: times }, (_, place): Step => ({ atMs: fromMs + place * 100, kind: 'wheel', deltaY }));
}

/** A hand on a mouse: always on the way to somewhere, never in a straight line. */
function wander(seed: number): Step[] {
  const random = randomFrom(seed);
  let [x, y, goalX, goalY] = [640, 300, 300, 80];
  return Array.from({ length: Math.floor(visitMs / moveEveryMs) }, (_, place): Step => {
    if (place % 25 === 0) [goalX, goalY] = [60 + random() * (viewport.width - 120), 120 + random() * (viewport.height - 200)];
    x += (goalX - x) * 0.14 + (random() - 0.5) * 4;
    y += (goalY - y) * 0.14 + (random() - 0.5) * 4;
    return { atMs: place * moveEveryMs, kind: 'move', x: Math.round(x), y: Math.round(y) };
  });
}
