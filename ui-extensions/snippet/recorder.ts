/** The second file, for visitors who are recorded: rrweb with our masking between it and the network. */
import { record } from 'rrweb';
import { createMasker } from './mask-recording.ts';
import type { RecorderHost } from './recorder-host.ts';
import { eventType, isRecord, type RecordedEvent, source } from './recording-shapes.ts';
import { listen, safely } from './safely.ts';
import { watchFields } from './watch-fields.ts';

const idleMs = 300_000;
const lookMs = 10_000;
/** What is blocked is a box of its size. Documents within documents and drawings are not ours to read. */
const blocked = '[data-ll-block],iframe[srcdoc],iframe[src^="data:" i],iframe[src^="blob:" i],object,embed,canvas';

const host = window.leadlightRecorder;
delete window.leadlightRecorder;
if (host) safely(start)(host);

function start(host: RecorderHost): void {
  for (const field of document.querySelectorAll('input')) host.rememberTyped(field);
  const mask = createMasker(host, (id) => record.mirror.getNode(id));
  let paused = document.visibilityState === 'hidden';
  let missed = false;

  const emit = safely((event: RecordedEvent) => {
    if (paused) {
      missed = true;
      return;
    }
    const clean = mask(event);
    if (clean) host.send(JSON.stringify(clean), event.type === eventType.fullSnapshot);
    if (event.type === eventType.fullSnapshot) fields.tellAll();
    if (losesMask(event)) setTimeout(resnapshot);
  });
  const fields = watchFields(
    (node) => record.mirror.getId(node),
    (data) => emit({ type: eventType.incremental, timestamp: Date.now(), data }),
  );
  const resnapshot = safely(() => record.takeFullSnapshot());
  const pause = (now: boolean) => {
    const resumed = paused && !now;
    paused = now;
    if (!resumed || !missed) return;
    missed = false;
    resnapshot();
  };
  const stop = record({
    emit,
    blockSelector: blocked,
    slimDOMOptions: 'all',
    inlineStylesheet: true,
    recordAfter: 'DOMContentLoaded',
    sampling: { mousemove: 50, mousemoveCallback: 500, scroll: 150 },
    errorHandler: () => true,
  });
  pauseWhenAway(pause);
  listen(window, 'pageshow', (event) => {
    if (event instanceof PageTransitionEvent && event.persisted) resnapshot();
  });
  host.ready({ resnapshot, stop: () => stop?.() });
}

/** Nobody watches a hidden page, or one that was left alone for five minutes. */
function pauseWhenAway(pause: (now: boolean) => void): void {
  let lastSign = Date.now();
  listen(document, 'visibilitychange', () => pause(document.visibilityState === 'hidden'));
  listen(window, 'pointermove pointerdown keydown wheel touchstart', () => {
    const wasIdle = Date.now() - lastSign > idleMs;
    lastSign = Date.now();
    if (wasIdle) pause(document.visibilityState === 'hidden');
  });
  setInterval(() => {
    if (Date.now() - lastSign > idleMs) pause(true);
  }, lookMs);
}

/** A region that became masked or editable later: what it holds was recorded before, and is taken again as it is now. */
function losesMask({ data }: RecordedEvent): boolean {
  if (!isRecord(data) || data.source !== source.mutation || !Array.isArray(data.attributes)) return false;
  return data.attributes.some(
    (change) =>
      isRecord(change) &&
      isRecord(change.attributes) &&
      /"(?:data-ll-(?:mask|block)|contenteditable)"/.test(JSON.stringify(Object.keys(change.attributes))),
  );
}
