/** Writes the page as it is, and from then on what changes in it. */

import { eventType, isObject } from './format.ts';
import { guard, host, listen, targetOf, whenStopped } from './host.ts';
import { knownOf, knowRoot, startOver } from './known-nodes.ts';
import { endRound, forgetChanges, isRestyled, note, noteSheet, noteSize, pendingChanges, takeExchanged } from './note-changes.ts';
import { emit, emitAll, holdBack } from './outbox.ts';
import { createPace } from './pace.ts';
import { whenIsCalled } from './patch.ts';
import { blocked, sealed, sized, styled } from './regions.ts';
import { type Found, isElement, serialise, whatWasFound } from './serialise.ts';
import { forgetAdopted, noteAdopting, watchAdopted, writeAdopted } from './watch-adopted.ts';
import { tellField, watchFields } from './watch-fields.ts';
import { frameOf, writeFrame } from './watch-frames.ts';
import { watchPointer, writeMoves } from './watch-pointer.ts';
import { forgetRules, pendingRules, watchRules, writeRules } from './watch-rules.ts';
import { viewport, watchResize, watchScroll, writeScrolls } from './watch-scroll.ts';
import { writeChanges } from './write-changes.ts';

/** More places than this are not followed one by one: the page is taken again. */
const mostPending = 60_000;
const everything: MutationObserverInit = {
  ...{ childList: true, subtree: true, characterData: true },
  ...{ attributes: true, attributeOldValue: true },
};

export interface PageRecorder {
  /** Takes the whole page. */
  snapshot(): void;
  /** Hands over whatever waits. */
  flush(): void;
  pause(): void;
  resume(): void;
}

const pages = new WeakSet<Window>();
let isPaused = false;
/** What is in the recording is not what is in the page. */
let isStale = true;
const observer = new MutationObserver(guard(take));
const pace = createPace({ write, retake: snapshot });
const carefully = guard(writeAll);
const careful = guard(loaded);

export function recordPage(): PageRecorder {
  whenStopped(() => observer.disconnect());
  watchResize();
  return {
    snapshot: guard(snapshot),
    flush: guard(flush),
    pause: guard(pause),
    resume: guard(resume),
  };
}

function flush(): void {
  write();
  emitAll();
}

function pause(): void {
  if (isPaused) return;
  write();
  isPaused = true;
  holdBack(true);
}

function resume(): void {
  if (!isPaused) return;
  isPaused = false;
  if (holdBack(false) || isStale) snapshot();
}

function take(records: readonly MutationRecord[]): void {
  if (isPaused || isStale) {
    isStale = true;
    return;
  }
  note(records);
  if (pendingChanges() > mostPending) retakeLater();
  else wake();
}

function wake(): void {
  if (isPaused) isStale = true;
  else if (!isStale && pendingChanges() + pendingRules() > 0) pace.soon();
}

function retakeLater(): void {
  isStale = true;
  forgetChanges();
  forgetRules();
  pace.retake();
}

function snapshot(): void {
  if (isPaused) {
    isStale = true;
    return;
  }
  writeMoves();
  observer.takeRecords();
  forgetChanges();
  forgetRules();
  forgetAdopted();
  startOver();
  isStale = true;
  const found = whatWasFound();
  const node = serialise(document, null, found);
  emit(eventType.meta, { href: host.cleanUrl(location.href), ...viewport() });
  emit(eventType.fullSnapshot, { node, initialOffset: { left: window.scrollX, top: window.scrollY } }, found.sheets);
  isStale = false;
  watchRoot(document);
  lookAt(found);
  writeAdopted();
}

function write(): void {
  if (isPaused || isStale) return;
  carefully();
  // What was written may be half of it.
  if (isStale) pace.retake();
}

function writeAll(): void {
  writeMoves();
  writeScrolls();
  writeChanged();
}

function writeChanged(): void {
  note(observer.takeRecords());
  const found = whatWasFound();
  isStale = true;
  const data = writeChanges(found);
  if (data) emit(eventType.incremental, data, found.sheets);
  isStale = false;
  lookAt(found);
  for (const exchanged of takeExchanged()) {
    const frame = frameOf(exchanged);
    if (!frame) return retakeLater();
    openFrame(frame, true);
  }
  writeRules(writeAdopted());
  endRound();
}

function lookAt({ roots, frames, fields }: Found): void {
  for (const root of roots) watchRoot(root);
  for (const frame of frames) openFrame(frame, false);
  for (const field of fields) tellField(field);
}

function openFrame(frame: Element, isExchanged: boolean): void {
  const written = writeFrame(frame, isExchanged);
  if (!written) return;
  watchRoot(written.content);
  lookAt(written.found);
}

function watchRoot(root: Document | ShadowRoot): void {
  observer.observe(root, everything);
  watchScroll(root, idOf, pace.soon);
  watchFields(root);
  noteAdopting(root);
  listen(root, 'load', careful);
  if (!('defaultView' in root)) return;
  watchPointer(root, idOf);
  const page = root.defaultView;
  if (!page || pages.has(page)) return;
  pages.add(page);
  watchRules(page, { wake, rewrite: noteSheet, isRewritten: isRestyled });
  watchAdopted(page, () => pace.soon());
  whenIsCalled(page.Element.prototype, 'attachShadow', attached);
}

/** From now on what is put into it is seen. */
function attached(owner: Element): void {
  const known = knownOf(owner);
  const root = owner.shadowRoot;
  if (!known || known.flags & sealed || !root || isPaused || isStale) return;
  knowRoot(root, known);
  watchRoot(root);
}

/** A sheet, an image or a frame came. */
function loaded(event: Event): void {
  const target = targetOf(event);
  if (!isNode(target) || !isElement(target) || !knownOf(target) || isPaused || isStale) return;
  if (target.localName === 'iframe') write();
  const flags = knownOf(target)?.flags ?? sealed;
  if (target.localName === 'iframe' && !(flags & blocked)) openFrame(target, false);
  if (flags & styled) noteSheet(target);
  else if (flags & sized) noteSize(target);
  wake();
}

function idOf(target: EventTarget | null | undefined): number {
  if (isPaused || isStale || !isNode(target)) return -1;
  const known = knownOf(target);
  if (known) return known.id;
  // It may be newer than what was written last.
  write();
  return knownOf(target)?.id ?? -1;
}

function isNode(target: unknown): target is Node {
  return isObject(target) && 'nodeType' in target;
}
