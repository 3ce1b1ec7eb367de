/** Counts the changes of sites in this process, so that what remembers sites knows when to look again. */

let generation = 0;

export function siteGeneration(): number {
  return generation;
}

export function noteSiteChange(): void {
  generation += 1;
}
