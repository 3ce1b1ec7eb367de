/**
 * Collects events and recording frames, and sends them in batches: every 5 s, at 64 KB, at once where a person at the other end waits for
 * it, and when the page goes away. A batch that did not arrive is sent again as it was. What waits is bounded.
 */
import type { IngestAnswer, SentEvent } from '#contract/events.ts';
import { type Batch, envelopeOf, type Head, isBatch } from './batch.ts';
import { outliveBytes, postBatch, postParting } from './post-batch.ts';
import { later, listen } from './safely.ts';
import { session, takeSeq } from './session.ts';
import { read, remove, write } from './storage.ts';

const paceMs = 5_000;
const soonMs = 200;
const fullChars = 64_000;
const mostEvents = 500;
const mostFrameChars = 3_000_000;
const largestChunkChars = 700_000;
const mostKeptChars = 1_000_000;
const keptName = '_ll_keep';

interface Ears {
  answered(answer: IngestAnswer): void;
  refused(): void;
  /** Recording frames had to be dropped: what follows needs a new full snapshot. */
  framesDropped(): void;
}

let vid = '';
let ears: Ears | null = null;
let head: Head = {};
let events: SentEvent[] = [];
let frames: string[] = [];
let frameChars = 0;
let queue: Batch[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let due = Number.POSITIVE_INFINITY;
let tries = 0;
let notBefore = 0;
/** The first batch of the queue: not sent, compressing or at risk of being cut off, or sent in a way that outlives the page. */
let flight: 'none' | 'fragile' | 'safe' = 'none';
let flightBytes = 0;
let heardAt = 0;

export function startSending(visitor: string, listeners: Ears): void {
  vid = visitor;
  ears = listeners;
  takeBack();
  listen(window, 'online', () => {
    notBefore = 0;
    flush();
  });
}

/** Forgets everything that waits. */
export function stopSending(): void {
  ears = null;
  clearTimeout(timer);
  due = Number.POSITIVE_INFINITY;
  head = {};
  events = [];
  frames = [];
  queue = [];
}

export function sendEvent(event: SentEvent, soon: boolean): void {
  if (!ears) return;
  events.push(event);
  if (events.length > mostEvents) events.shift();
  schedule(soon ? soonMs : paceMs);
}

export function sendFrame(json: string, soon: boolean): void {
  if (!ears) return;
  frames.push(json);
  frameChars += json.length;
  if (frameChars > mostFrameChars) dropFrames();
  schedule(frameChars > fullChars ? 0 : soon ? soonMs : paceMs);
}

/** When the core last took something. */
export function lastHeard(): number {
  return heardAt;
}

export function sendHead(part: Head): void {
  if (!ears) return;
  head = { ...head, ...part };
  schedule(soonMs);
}

/** Closes what waits, under the session it belongs to. */
export function closeBatches(chars = largestChunkChars): void {
  while (isWaiting()) cut(chars);
}

function isWaiting(): boolean {
  return events.length > 0 || frames.length > 0 || Object.keys(head).length > 0;
}

/**
 * The page may be going away for good: sends what fits, keeps the rest for the tab's next page. `end` is the last to leave, in the last
 * batch where it fits; it is not kept, because a session that goes on has not ended.
 */
export function sendParting(end?: SentEvent): void {
  if (!ears) return;
  const underWay = flight === 'none' ? [] : queue.slice(0, 1);
  const waiting = queue.slice(underWay.length);
  queue = [];
  closeBatches(outliveBytes * 0.8);
  const parting = [...(flight === 'fragile' ? underWay : []), ...waiting, ...queue];
  let room = outliveBytes - flightBytes;
  let untold = end;
  const posted = (batch: Batch) => {
    const sent = navigator.onLine ? postParting(envelopeOf(batch, end?.at ?? Date.now()), room) : 0;
    room -= sent;
    return sent > 0;
  };
  const kept = parting.filter((batch, place) => {
    const isLast = place === parting.length - 1 && batch.sid === session.sid;
    if (!isLast || !untold || !posted({ ...batch, events: [...batch.events, untold] })) return !posted(batch);
    untold = undefined;
    return false;
  });
  queue = underWay;
  keep(kept);
  if (untold) posted({ vid, sid: session.sid, tab: session.tab, head: {}, events: [untold], seq: 0, frames: [] });
}

/** The page came back from the browser's memory: what was kept is ours again. */
export function takeBack(): void {
  const parsed: unknown = JSON.parse(read(keptName) || '[]');
  remove(keptName);
  if (Array.isArray(parsed)) queue.push(...parsed.filter(isBatch));
  if (queue.length > 0) schedule(soonMs);
}

function schedule(ms: number): void {
  const at = Date.now() + ms;
  if (at >= due) return;
  clearTimeout(timer);
  due = at;
  timer = later(flush, ms);
}

function flush(): void {
  due = Number.POSITIVE_INFINITY;
  if (flight === 'none') pump().catch(() => {});
  else schedule(soonMs);
}

async function pump(): Promise<void> {
  if (queue.length === 0) cut(largestChunkChars);
  const batch = queue[0];
  const waitMs = notBefore - Date.now();
  if (!batch || !navigator.onLine || !ears) return;
  if (waitMs > 0) return schedule(waitMs);
  flight = 'fragile';
  const outcome = await postBatch(envelopeOf(batch, Date.now()), (bytes) => {
    flight = bytes > 0 ? 'safe' : 'fragile';
    flightBytes = bytes;
  });
  flight = 'none';
  flightBytes = 0;
  if (!ears) return;
  if (outcome.kind === 'refused') return ears.refused();
  if (outcome.kind === 'later') return retry(outcome.retryAfterMs);
  tries = 0;
  heardAt = Date.now();
  queue = queue.filter((other) => other !== batch);
  if (outcome.kind === 'taken') ears.answered(outcome.answer);
  if (queue.length > 0 || frameChars > fullChars) schedule(0);
}

/** Doubling waits with jitter, so that many browsers do not come back at one moment. */
function retry(retryAfterMs: number): void {
  tries++;
  const ownMs = Math.min(60_000, 500 * 2 ** tries) * (0.5 + Math.random());
  notBefore = Date.now() + Math.max(ownMs, retryAfterMs);
  schedule(notBefore - Date.now());
}

/** Moves what waits into one batch of about `chars` of recording. */
function cut(chars: number): void {
  if (!isWaiting()) return;
  let size = 0;
  const fits = frames.findIndex((frame, place) => {
    size += frame.length;
    return (size > chars && place > 0) || place === 5_000;
  });
  const taken = fits < 0 ? frames : frames.slice(0, fits);
  frames = fits < 0 ? [] : frames.slice(fits);
  frameChars = frames.reduce((sum, frame) => sum + frame.length, 0);
  const { sid, tab } = session;
  session.used = true;
  queue.push({ vid, sid, tab, head, events, seq: taken.length > 0 ? takeSeq() : 0, frames: taken });
  head = {};
  events = [];
}

function dropFrames(): void {
  frames = [];
  frameChars = 0;
  ears?.framesDropped();
}

/** Events matter more than the recording: where both do not fit, the recording goes. */
function keep(batches: readonly Batch[]): void {
  if (batches.length === 0) return;
  const light = batches.map((batch) => ({ ...batch, frames: [] }));
  [batches, light].some((choice) => {
    const json = JSON.stringify(choice);
    return json.length < mostKeptChars && write(keptName, json);
  });
}
