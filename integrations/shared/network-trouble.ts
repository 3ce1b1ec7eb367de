/**
 * Names why a request got no answer: `timeout`, or the system's code (`ECONNRESET`). Only a code leaves this file: the
 * message of a network error may hold the headers that were sent, and with them a token.
 */
export function networkTrouble(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return 'timeout';
    if ('code' in cause && typeof cause.code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(cause.code)) return cause.code;
  }
  return 'no-answer';
}
