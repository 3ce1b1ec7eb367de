// @ts-check
const togetherMs = 500;
const parentPollMs = 500;

/**
 * Calls back for each signal that asks to end, with its number. Ctrl-C reaches us from the terminal and again through npm: what comes
 * together is one. An npm that was killed cannot pass anything on: under npm, losing it is a signal too.
 * @param {(signal: NodeJS.Signals, count: number) => void} end
 * @returns {AbortController} Stops listening.
 */
export function onWishToEnd(end) {
  const stop = new AbortController();
  let count = 0;
  let last = 0;
  /** @param {NodeJS.Signals} signal */
  const hear = (signal) => {
    if (Date.now() - last < togetherMs) return;
    last = Date.now();
    count += 1;
    end(signal, count);
  };
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(name, hear);
    stop.signal.addEventListener('abort', () => process.off(name, hear));
  }
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    hear('SIGTERM');
  }, parentPollMs);
  if (process.env.npm_lifecycle_event === undefined) clearInterval(watch);
  stop.signal.addEventListener('abort', () => clearInterval(watch));
  return stop;
}
