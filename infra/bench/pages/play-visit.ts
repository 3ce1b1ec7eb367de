import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type Step, visitMs } from './plan-visit.ts';

const patienceMs = 10_000;

/** Does the steps in a real browser with trusted input, each at its time or as soon after it as the page lets. */
export async function playVisit(page: Page, steps: readonly Step[]): Promise<void> {
  const start = performance.now();
  const until = (ms: number) => delay(Math.max(0, start + ms - performance.now()));
  const underWay: Promise<unknown>[] = [];
  for (const step of steps) {
    await until(step.atMs);
    // A hand does not wait for the page: only where to click must be known first.
    if (step.kind === 'click') await click(page, step.selector);
    else underWay.push(take(page, step).catch((failure: unknown) => failure));
  }
  const failed = (await Promise.all(underWay)).find((outcome) => outcome !== undefined);
  if (failed !== undefined) throw failed;
  await until(visitMs);
}

function take(page: Page, step: Exclude<Step, { kind: 'click' }>): Promise<void> {
  if (step.kind === 'move') return page.mouse.move(step.x, step.y);
  return step.kind === 'wheel' ? page.mouse.wheel(0, step.deltaY) : page.keyboard.press(step.key);
}

/** On a busy machine what is to be clicked comes into view later, or was scrolled past. */
async function click(page: Page, selector: string): Promise<void> {
  const start = performance.now();
  for (let waited = 0; waited < patienceMs; waited = performance.now() - start) {
    const place = await page.evaluate(findInView, { selector, scroll: waited > patienceMs / 5 });
    if (place !== null) return page.mouse.click(place.x, place.y);
    await delay(50);
  }
  throw new Error(`Nothing to click came into view: ${selector}`);
}

/** Runs in the page. */
function findInView({ selector, scroll }: { selector: string; scroll: boolean }): { x: number; y: number } | null {
  if (scroll) document.querySelector(selector)?.scrollIntoView({ block: 'center' });
  for (const element of document.querySelectorAll(selector)) {
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const hit = document.elementFromPoint(x, y);
    if (width > 0 && hit !== null && element.contains(hit)) return { x, y };
  }
  return null;
}
