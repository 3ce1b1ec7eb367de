/** CSS for the replayed page: nothing is fetched, nothing is too much, and links look like links though they have no address. */
import { cleanCss } from '#contract/recording-css.ts';
import type { Budget } from './budget.ts';

/** `:link` in a selector (a `{` comes before the next `;`), not in a value. */
const linkState = /:(?:-webkit-any-|any-)?link(?![\w-])(?=[^;{}]{0,2000}\{)/g;

export function stripCss(css: string, budget: Budget): string {
  budget.spend('characters', css.length);
  const clean = cleanCss(css);
  if (clean === null) budget.leaveOut();
  return clean?.replace(linkState, '[data-ll-link]') ?? '';
}

/** The text of one of several nodes in a stylesheet. The comment keeps its first token from joining the last one of its neighbour. */
export function stripCssPart(css: string, budget: Budget): string {
  return css.trim() === '' ? '' : `/**/${stripCss(css, budget)}`;
}
