/**
 * Collects events and recording frames, and sends them in batches: every 5 s, at 64 KB, at once where a person at the other end waits for
 * it, and when the page goes away or is hidden. A batch that did not arrive is sent again as it was. What waits is bounded, and kept in
 * the tab in case that the page breaks.
 */
import type { IngestAnswer, SentEvent } from '#contract/events.ts';
import { postToCore } from './ask-core.ts';
import { type Batch, envelopeOf, type Head, lightened } from './batch.ts';
import { keepBatches, rememberSent, takeKept } from './kept-batches.ts';
import { gzip, outcomeOf, outliveBytes } from './post-batch.ts';
import { faults, later, listen, noteFault } from './safely.ts';
import { session, takeSeq } from './session.ts';
import { read, write } from './storage.ts';

const paceMs = 5_000;
const soonMs = 200;
const fullChars = 64_000;
const mostEvents = 500;
const mostFrameChars = 3_000_000;
const largestChunkChars = 700_000;
const mostFrames = 5_000;
/** More are not cut while these wait: what is not cut is bounded. */
const mostBatches = 4;
/** So many batches whose answer nobody waited for are kept, for as long as the core fails after a failure. */
const mostDoubts = 16;
const illMs = 600_000;
const illName = '_ll_ill';
/** So many events are kept one by one as they come, later ones now and then. */
const keptSingly = 20;

interface Ears {
  answered(answer: IngestAnswer, batch: Batch): void;
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
/** Left with their pages, unanswered: sent again only where the core fails now, or did lately. */
let doubts: Batch[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let due = Number.POSITIVE_INFINITY;
let tries = 0;
let notBefore = 0;
/** What is on its way, and how many of its bytes outlive the page; 0: it would be cut off. */
let flights = new Map<Batch, number>();
let heardAt = 0;
let isListening = false;
let hasSent = false;

export function startSending(visitor: string, listeners: Ears): void {
  vid = visitor;
  ears = listeners;
  takeBack();
  if (isListening) return;
  isListening = true;
  listen(window, 'online', () => {
    notBefore = 0;
    flush();
  });
}

/** Forgets everything that waits. Answers whether anything was sent. */
export function stopSending(): boolean {
  ears = null;
  clearTimeout(timer);
  due = Number.POSITIVE_INFINITY;
  flights = new Map();
  head = {};
  events = [];
  frames = [];
  frameChars = 0;
  queue = [];
  doubts = [];
  return hasSent;
}

export function sendEvent(event: SentEvent, soon: boolean): void {
  if (!ears) return;
  events.push(event);
  if (events.length > mostEvents) events.shift();
  if (events.length < keptSingly || events.length % keptSingly === 0) keepWaiting();
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
  head = { ...head, ...part, ...(part.sheets && { sheets: [...(head.sheets ?? []), ...part.sheets] }) };
  schedule(soonMs);
}

/** In a batch of its own, because it is large. */
export function sendApart(part: Head): void {
  queue.push(batchOf(part, [], []));
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
 * The page may be going away for good: sends what fits, uncompressed (compressing takes a turn of its own), and keeps the rest for the
 * tab's next page. `end` is the last to leave, in the last batch where it fits; it is not kept, because a session that goes on has not
 * ended.
 */
export function sendParting(end?: SentEvent): void {
  if (!ears) return;
  closeBatches(outliveBytes * 0.8);
  let room = outliveBytes;
  for (const bytes of flights.values()) room -= bytes;
  let untold = end;
  const post = (batch: Batch): Promise<Response> | null => {
    const body = new TextEncoder().encode(envelopeOf(batch, Math.max(end?.at ?? 0, Date.now())));
    if (body.length > room || !navigator.onLine || notBefore > Date.now()) return null;
    room -= body.length;
    hasSent = true;
    return postToCore(body, true);
  };
  for (const batch of queue) {
    if (flights.get(batch)) continue;
    const before = room;
    const isLast = batch === queue.at(-1) && batch.sid === session.sid;
    let request = isLast && untold ? post({ ...batch, events: [...batch.events, untold] }) : null;
    if (request) untold = undefined;
    else request = post(batch);
    if (request) settle(batch, request, before - room).catch(noteFault);
  }
  doubts = [...new Set([...doubts, ...queue.filter((batch) => flights.get(batch))])].slice(-mostDoubts);
  keepBatches([...atRisk(), ...inDoubt()], false);
  if (untold) post(batchOf({}, [untold], []))?.catch(() => {});
}

/** What was kept is ours again: at the start, and when the page came back from the browser's memory. */
export function takeBack(): void {
  const kept = takeKept();
  doubts = isIll() ? [] : kept.filter(({ doubt }) => doubt);
  queue = [...queue.filter((batch) => flights.has(batch)), ...kept.filter((batch) => !doubts.includes(batch))];
  keepWaiting();
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
  if (flights.size === 0) pump().catch(noteFault);
  else schedule(soonMs);
}

async function pump(): Promise<void> {
  const waitMs = notBefore - Date.now();
  if (waitMs > 0) return schedule(waitMs);
  if (queue.length < mostBatches) cut(largestChunkChars);
  const [batch] = queue;
  if (!batch || !navigator.onLine || !ears) return;
  flights.set(batch, 0);
  const json = envelopeOf(batch, Date.now());
  const packed = await gzip(json).catch(() => null);
  // Meanwhile it was sent as the page went away, or nothing is sent any more.
  if (flights.get(batch) !== 0) return;
  const body = packed ?? new TextEncoder().encode(json);
  const outlives = body.byteLength < outliveBytes;
  hasSent = true;
  await settle(batch, postToCore(body, outlives, packed ? '&enc=gzip' : ''), outlives ? body.byteLength : 0);
}

async function settle(batch: Batch, request: Promise<Response>, outlivingBytes: number): Promise<void> {
  flights.set(batch, outlivingBytes);
  const outcome = await outcomeOf(request);
  if (!ears || !flights.delete(batch)) return;
  if (outcome.kind === 'refused') return ears.refused();
  doubts = doubts.filter((other) => other !== batch);
  if (outcome.kind === 'later') return retry(outcome.retryAfterMs);
  tries = 0;
  heardAt = Date.now();
  queue = queue.filter((other) => other !== batch);
  rememberSent(batch);
  keepWaiting();
  if (outcome.kind === 'taken') ears.answered(outcome.answer, batch);
  if (queue.length > 0 || frameChars > fullChars) schedule(0);
}

/** Doubling waits with jitter, so that many browsers do not come back at one moment. */
function retry(retryAfterMs: number): void {
  tries++;
  write(illName, String(Date.now()));
  queue = [...queue, ...doubts.splice(0).filter((batch) => !queue.includes(batch))];
  keepWaiting();
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
    return (size > chars && place > 0) || place === mostFrames;
  });
  const taken = frames.splice(0, fits < 0 ? frames.length : fits);
  frameChars = frames.reduce((sum, frame) => sum + frame.length, 0);
  queue.push(batchOf({ ...head, ...(faults.length > 0 && { faults: faults.splice(0) }) }, events, taken));
  head = {};
  events = [];
}

function batchOf(part: Head, some: readonly SentEvent[], taken: readonly string[]): Batch {
  session.used = true;
  return { vid, sid: session.sid, tab: session.tab, head: part, events: some, seq: taken.length > 0 ? takeSeq() : 0, frames: taken };
}

function dropFrames(): void {
  frames = [];
  frameChars = 0;
  ears?.framesDropped();
}

function keepWaiting(): void {
  const { sid, tab } = session;
  keepBatches([...atRisk(), ...inDoubt(), ...(events.length > 0 ? [{ vid, sid, tab, head, events, seq: 0, frames: [] }] : [])], true);
}

/** All but what outlives the page; where the core did not answer lately, that too. */
function atRisk(): Batch[] {
  return queue.filter((batch) => isIll() || !flights.get(batch));
}

function inDoubt(): Batch[] {
  return isIll() ? [] : doubts.map((batch) => ({ ...lightened(batch), doubt: true }));
}

function isIll(): boolean {
  return Date.now() - Number(read(illName)) < illMs;
}
