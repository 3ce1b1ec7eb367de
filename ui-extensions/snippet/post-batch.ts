import type { IngestAnswer } from '#contract/events.ts';
import { gzip } from './compress.ts';
import { scriptTag } from './script-tag.ts';

/** Browsers allow 64 KiB in flight for requests that outlive their page; this leaves room for another script's. */
export const outliveBytes = 50_000;
const compressFrom = 1_024;

/** What became of a batch. `retryAfterMs` 0: our own pace. */
export type Outcome =
  | { readonly kind: 'taken'; readonly answer: IngestAnswer }
  | { readonly kind: 'refused' | 'tooLarge' }
  | { readonly kind: 'later'; readonly retryAfterMs: number };

const address = `${scriptTag.core}/v1/ingest?key=${encodeURIComponent(scriptTag.siteKey)}`;

/** Sends one envelope. `onSent` is told how many bytes outlive the page; 0: the request does not. Never throws. */
export async function postBatch(json: string, onSent: (outlivingBytes: number) => void): Promise<Outcome> {
  try {
    const packed = json.length > compressFrom ? await gzip(json) : null;
    const body = packed ?? new TextEncoder().encode(json);
    const keepalive = body.byteLength < outliveBytes;
    onSent(keepalive ? body.byteLength : 0);
    return await outcomeOf(await fetch(address + (packed ? '&enc=gzip' : ''), request(body, keepalive)));
  } catch {
    return { kind: 'later', retryAfterMs: 0 };
  }
}

/** Sends while the page is going away, so without compression (which takes a turn of its own). Answers its size, or 0: it did not fit. */
export function postParting(json: string, room: number): number {
  const body = new TextEncoder().encode(json);
  if (body.length > room) return 0;
  if (!('keepalive' in Request.prototype)) return navigator.sendBeacon(address, json) ? body.length : 0;
  fetch(address, request(body, true)).catch(() => {});
  return body.length;
}

/** Plain text needs no preflight, which would double the requests and cannot be made from a page that is leaving. */
function request(body: ArrayBuffer | Uint8Array<ArrayBuffer>, keepalive: boolean): RequestInit {
  return { method: 'POST', body, keepalive, credentials: 'omit', headers: { 'content-type': 'text/plain' } };
}

async function outcomeOf(response: Response): Promise<Outcome> {
  if (response.ok) {
    const answer: unknown = await response.json();
    return isAnswer(answer) ? { kind: 'taken', answer } : { kind: 'later', retryAfterMs: 0 };
  }
  if (response.status === 413) return { kind: 'tooLarge' };
  if (response.status < 500 && response.status !== 429 && response.status !== 408) return { kind: 'refused' };
  return { kind: 'later', retryAfterMs: retryAfter(response.headers.get('retry-after')) };
}

/** Seconds or a date, as milliseconds from now; at most an hour. */
function retryAfter(header: string | null): number {
  if (!header) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Math.min(Math.max(ms || 0, 0), 3_600_000);
}

function isAnswer(value: unknown): value is IngestAnswer {
  return typeof value === 'object' && value !== null && 'known' in value && 'record' in value;
}
