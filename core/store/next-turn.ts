/**
 * Waits for the next turn of the event loop, so that what is asked at one moment goes to the database together.
 *
 * Not with `setImmediate`: a socket that the other side closed is destroyed in one phase of a turn and says so in its last, and immediates
 * run in between. The driver, which does not know yet, would write to it, and wait for ever for a buffer to empty that nothing empties
 * (mongodb 7.8, also with `timeoutMS`). Timers run when all sockets have said so.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
