/**
 * The one gate. Until a visitor may be measured, what happens is held in memory, and nothing is stored or sent. Then it goes out with its
 * original times; a visitor who turns out to be nobody's contact is forgotten, with all that was stored.
 */
import type { EventType, IngestAnswer, SentEvent, SentIdentity, SiteConfig } from '#contract/events.ts';
import type { Batch } from './batch.ts';
import { mayCollect, rememberChoice } from './consent.ts';
import { configName } from './load-config.ts';
import { flushRecorder, resnapshot, startRecorder, stopRecorder } from './load-recorder.ts';
import { newId } from './new-id.ts';
import { readContext } from './read-context.ts';
import { noteFault } from './safely.ts';
import { closeBatches, sendEvent, sendHead, sendParting, startSending, stopSending } from './send-batch.ts';
import { closeSession, count, openSession, session, touchSession } from './session.ts';
import { endOfSession } from './session-total.ts';
import { settleSheets } from './sheets.ts';
import { eraseEverything, read, readVisitor, write, writeVisitor } from './storage.ts';

export type Evidence = 'pointer' | 'scroll' | 'key' | 'touch' | 'dwell';

const mostHeld = 50;
const soonTypes = /^(?:page_view|identify|form_submit|demo_request|trial_signup|purchase|checkout_form_complete)$/;
/** What a session's totals count of its events. */
const counted: Readonly<Record<string, string>> = {
  page_view: 'pages',
  search_query: 'searches',
  form_start: 'started',
  form_submit: 'completed',
  form_abandon: 'abandoned',
} satisfies Partial<Record<EventType, string>>;
const evidenceName = '_ll_human';

let state: 'waiting' | 'opening' | 'open' | 'shut' = 'waiting';
let config: SiteConfig | null = null;
let identity: SentIdentity | null = null;
let evidence: Evidence | null = null;
/** What was told of it: asking the page's storage at each movement would cost the page. */
let shown = '';
let said = '';
let held: SentEvent[] = [];
let isReturning = false;
let onNewSession: () => void = () => {};

export function startVisitor(settings: SiteConfig, newSession: () => void): void {
  config = settings;
  onNewSession = newSession;
}

/** Opens the gate, where it may be opened. */
export function openVisitor(): void {
  if (state === 'open') rememberChoice();
  else if (config && state === 'waiting' && mayCollect(config)) openGate(config).catch(noteFault);
}

export function deliver(event: SentEvent): void {
  if (state === 'open') {
    touchSession();
    const name = counted[event.type];
    if (name) count(name);
    sendEvent(event, soonTypes.test(event.type));
  } else if (state !== 'shut' && held.length < mostHeld) held.push(event);
}

/** Who this is, in addition to what was said before. `print` tells what was said, without saying it. */
export function becomeKnown(part: SentIdentity, print = ''): void {
  identity = { ...identity, ...part };
  if (print) said = print;
  if (state === 'open') sendIdentity();
}

/** Whether this browser has said the same before. */
export function hasSaid(print: string): boolean {
  return said === print || read('_ll_uid', 'localStorage') === print;
}

function sendIdentity(): void {
  if (!identity) return;
  if (said) write('_ll_uid', said, 'localStorage');
  sendHead({ identity });
}

/** Proof that a person is here; said once a session, and once more where time alone was the first proof. */
export function showPerson(kind: Evidence): void {
  if (!evidence || evidence === 'dwell') evidence = kind;
  const told = (evidence === 'dwell' ? '?' : '') + session.sid;
  if (state !== 'open' || shown === told) return;
  const kept = read(evidenceName);
  shown = told;
  if (kept === told || kept === session.sid) return;
  write(evidenceName, told);
  sendHead({ evidence });
}

/** The page goes away (`isLeft`) or is hidden: hands over what waits. */
export function part(isLeft: boolean): void {
  if (state !== 'open') return;
  flushRecorder();
  sendParting(isLeft ? endOfSession() : undefined);
}

/** Answers whether the core has heard of this visitor. */
export function forget(): boolean {
  stopRecorder();
  const wasSent = stopSending() || isReturning;
  closeSession();
  eraseEverything();
  held = [];
  evidence = null;
  shown = '';
  if (state !== 'shut') state = 'waiting';
  return wasSent;
}

async function openGate(settings: SiteConfig): Promise<void> {
  state = 'opening';
  const known = readVisitor();
  isReturning = known !== '';
  const vid = known || newId();
  writeVisitor(vid);
  await openSession({ ending: closeBatches, renewed: beginAnew });
  if (state === 'opening') open(vid, settings);
}

function open(vid: string, settings: SiteConfig): void {
  state = 'open';
  startSending(vid, { answered, refused: shut, framesDropped: resnapshot });
  rememberChoice();
  write(configName, JSON.stringify(settings));
  sendIdentity();
  if (!read('_ll_ctx').includes(session.sid)) sendContext();
  // What was held was dropped when the visitor said no; now the page counts from here.
  if (!held.some(({ type }) => type === 'page_view')) onNewSession();
  for (const event of held.splice(0)) deliver(event);
  if (evidence) showPerson(evidence);
  if (read('_ll_rec') === session.sid) startRecorder(settings);
}

function sendContext(): void {
  const context = readContext();
  write('_ll_ctx', JSON.stringify({ sid: session.sid, ...context }));
  sendHead({ context });
}

/** An interaction after the session's end opened a new one. */
function beginAnew(): void {
  sendContext();
  resnapshot();
  onNewSession();
}

function answered(answer: IngestAnswer, batch: Batch): void {
  if (!answer.known) return shut();
  settleSheets(batch, answer);
  if (answer.record === (read('_ll_rec') === session.sid)) return;
  write('_ll_rec', answer.record ? session.sid : '');
  if (answer.record && config) startRecorder(config);
  else stopRecorder();
}

/** For the rest of this page. */
function shut(): void {
  state = 'shut';
  forget();
}
