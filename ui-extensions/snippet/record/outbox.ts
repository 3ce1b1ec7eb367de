/** What is recorded leaves here, in order. A long stylesheet leaves once by itself, and in the recording stands its hash. */
import { type Attributes, eventType } from './format.ts';
import { guard, host } from './host.ts';

const longSheet = 1_000;

/** A sheet's text in the attributes of an event that has not left. */
export interface Written {
  readonly attributes: Attributes;
  readonly css: string;
}

interface Frame {
  readonly event: { readonly type: number; readonly timestamp: number; readonly data: unknown };
  waits: number;
}

let isHeld = false;
let hasMissed = false;
const frames: Frame[] = [];
const hashes = new Map<string, string>();

/** `sheets`: those in `data`. */
export function emit(type: number, data: unknown, sheets: readonly Written[] = []): void {
  if (isHeld) {
    hasMissed = true;
    return;
  }
  const frame: Frame = { event: { type, timestamp: Date.now(), data }, waits: 0 };
  frames.push(frame);
  for (const sheet of sheets) if (sheet.css.length >= longSheet) replaceByHash(sheet, frame);
  drain();
}

export function emitIncrement(data: object): void {
  emit(eventType.incremental, data);
}

/** Nothing is written until it is let go; answers whether something should have been. */
export function holdBack(isNow: boolean): boolean {
  const missed = hasMissed;
  isHeld = isNow;
  hasMissed = false;
  return missed;
}

/** The page is leaving: what waits for a hash goes with its text. */
export function emitAll(): void {
  for (const frame of frames) frame.waits = 0;
  drain();
}

function drain(): void {
  for (let frame = frames[0]; frame && frame.waits === 0; frame = frames[0]) {
    frames.shift();
    host.send(JSON.stringify(frame.event), frame.event.type === eventType.fullSnapshot);
  }
}

function replaceByHash(sheet: Written, frame: Frame): void {
  const before = hashes.get(sheet.css);
  if (before) {
    put(sheet, before);
    return;
  }
  const digest = host.sheet && digestOf(sheet.css);
  if (!digest) return;
  frame.waits++;
  const arrived = guard((hash: string) => {
    // Already gone with its text.
    if (frame.waits === 0) return;
    frame.waits--;
    if (hash) {
      if (!hashes.has(sheet.css)) host.sheet?.(hash, sheet.css);
      hashes.set(sheet.css, hash);
      put(sheet, hash);
    }
    drain();
  });
  digest.then(arrived, () => arrived(''));
}

function put({ attributes }: Written, hash: string): void {
  attributes._cssText = `ll-css:${hash}`;
}

/** SHA-256 in hexadecimal; null where the browser does not do it, as on pages without https. */
function digestOf(text: string): Promise<string> | null {
  const { subtle } = window.crypto;
  if (!subtle) return null;
  return subtle
    .digest('SHA-256', new TextEncoder().encode(text))
    .then((bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join(''));
}
