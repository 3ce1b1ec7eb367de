import type { IngestAnswer } from '#contract/events.ts';
import { readJson } from './ask-core.ts';
import { isRecord } from './is-record.ts';

/** Browsers allow 64 KiB in flight for requests that outlive their page; this leaves room for another script's. */
export const outliveBytes = 50_000;

/** What became of a batch. `retryAfterMs` 0: our own pace. */
export type Outcome =
  | { readonly kind: 'taken'; readonly answer: IngestAnswer }
  | { readonly kind: 'refused' | 'tooLarge' }
  | { readonly kind: 'later'; readonly retryAfterMs: number };

const soon: Outcome = { kind: 'later', retryAfterMs: 0 };

/** Never throws. */
export async function outcomeOf(request: Promise<Response>): Promise<Outcome> {
  try {
    const response = await request;
    const { status } = response;
    if (response.ok) {
      const answer = await readJson(response);
      return isAnswer(answer) ? { kind: 'taken', answer } : soon;
    }
    if (status === 413) return { kind: 'tooLarge' };
    if (status < 500 && status !== 429 && status !== 408) return { kind: 'refused' };
    return { kind: 'later', retryAfterMs: retryAfter(response.headers.get('retry-after')) };
  } catch {
    return soon;
  }
}

/** Gzip off the main thread; null where it does not pay, or the browser cannot. */
export async function gzip(text: string): Promise<ArrayBuffer | null> {
  const { body } = new Response(text);
  if (text.length < 1_024 || !body || !('CompressionStream' in window)) return null;
  return new Response(body.pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
}

/** Seconds or a date, as milliseconds from now; at most an hour. */
function retryAfter(header: string | null): number {
  if (!header) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Math.min(Math.max(ms || 0, 0), 3_600_000);
}

function isAnswer(value: unknown): value is IngestAnswer {
  return isRecord(value) && typeof value.known === 'boolean' && 'record' in value;
}
