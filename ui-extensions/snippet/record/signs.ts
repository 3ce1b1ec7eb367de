/** When a person last did something: nobody watches a page that was left alone. */
const idleMs = 300_000;

let lastAt = Date.now();
let back = () => {};

export function isIdle(): boolean {
  return Date.now() - lastAt > idleMs;
}

/** The person did something. */
export function sign(): void {
  const wasIdle = isIdle();
  lastAt = Date.now();
  if (wasIdle) back();
}

/** To be done at the first sign after a long time. */
export function whenBack(work: () => void): void {
  back = work;
}
