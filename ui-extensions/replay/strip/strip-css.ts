/** CSS for the replayed page: nothing is fetched, nothing is too much, and links look like links though they have no address. */
import { cleanCss } from '#contract/recording-css.ts';
import type { Budget } from './budget.ts';

/** `:link` in a selector (a `{` comes before the next `;`), not in a value. */
const linkState = /:(?:-webkit-any-|any-)?link(?![\w-])(?=[^;{}]{0,2000}\{)/g;

export function stripCss(css: string, budget: Budget): string {
  budget.spend('characters', css.length);
  const clean = css.length < worthKeeping ? cleanCss(css) : cleanSheet(css);
  if (clean === null) budget.leaveOut();
  return clean?.replace(linkState, '[data-ll-link]') ?? '';
}

/** Every part of a recording begins with the sheets of its page. */
const worthKeeping = 2_000;
const mostKept = 24;
const remembered = new Map<string, string | null>();

function cleanSheet(css: string): string | null {
  const known = remembered.get(css);
  if (known !== undefined) return known;
  const clean = cleanCss(css);
  if (remembered.size >= mostKept) remembered.clear();
  remembered.set(css, clean);
  return clean;
}

/** The text of one of several nodes in a stylesheet. The comment keeps its first token from joining the last one of its neighbour. */
export function stripCssPart(css: string, budget: Budget): string {
  return css.trim() === '' ? '' : `/**/${stripCss(css, budget)}`;
}
