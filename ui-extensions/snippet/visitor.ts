/**
 * The one gate. Until a visitor is known and may be measured, what happens is held in memory, and nothing is stored or sent. Then it goes
 * out with its original times; a visitor who turns out to be nobody's contact is forgotten, with all that was stored.
 */
import type { IngestAnswer, SentEvent, SentIdentity, SiteConfig } from '#contract/events.ts';
import { choose, mayCollect, rememberChoice } from './consent.ts';
import { keepConfig } from './load-config.ts';
import { resnapshot, startRecorder, stopRecorder } from './load-recorder.ts';
import { newId } from './new-id.ts';
import { readContext } from './read-context.ts';
import { closeBatches, sendEvent, sendHead, sendParting, startSending, stopSending } from './send-batch.ts';
import { closeSession, openSession, session, touchSession } from './session.ts';
import { endOfSession } from './session-total.ts';
import { eraseEverything, read, readVisitor, write, writeVisitor } from './storage.ts';

type Evidence = 'pointer' | 'scroll' | 'key' | 'touch' | 'dwell';

const mostHeld = 50;
const soonTypes = /^(?:page_view|identify|form_submit|demo_request|trial_signup|purchase|checkout_form_complete)$/;

let state: 'waiting' | 'opening' | 'open' | 'shut' = 'waiting';
let config: SiteConfig | null = null;
let identity: SentIdentity | null = null;
let evidence: Evidence | null = null;
let said = '';
let held: SentEvent[] = [];
let onNewSession: () => void = () => {};

export function startVisitor(settings: SiteConfig, newSession: () => void): void {
  config = settings;
  onNewSession = newSession;
  openGate().catch(() => {});
}

/** Newer settings, for the pages to come. */
export function refreshConfig(settings: SiteConfig): void {
  if (state === 'open') keepConfig(settings);
}

export function deliver(event: SentEvent): void {
  if (state === 'open') {
    touchSession();
    if (event.type === 'page_view') session.pages++;
    sendEvent(event, soonTypes.test(event.type));
  } else if (state !== 'shut' && held.length < mostHeld) held.push(event);
}

/** Who this is, in addition to what was said before. `print` tells what was said, without saying it. */
export function becomeKnown(part: SentIdentity, print = ''): void {
  identity = { ...identity, ...part };
  if (print) said = print;
  if (state === 'open') sendIdentity();
  else openGate().catch(() => {});
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

/** Proof that a person is here; said once a session. */
export function showPerson(kind: Evidence): void {
  evidence ??= kind;
  if (state === 'open' && read('_ll_sent') !== session.sid) {
    write('_ll_sent', session.sid);
    sendHead({ evidence });
  }
}

export function setConsent(granted: boolean): void {
  choose(granted);
  if (!granted) {
    forget();
    state = 'waiting';
  } else if (state === 'open') rememberChoice();
  else openGate().catch(() => {});
}

/** Hands over what waits, because the page may be going away. */
export function part(): void {
  if (state === 'open') sendParting(endOfSession());
}

async function openGate(): Promise<void> {
  if (!config || state !== 'waiting' || !mayCollect(config)) return;
  const known = readVisitor();
  const { modes } = config;
  const wanted = (modes.knownContacts && (identity || known)) || modes.anonymousVisitors || modes.siteAnalytics;
  if (!wanted) return;
  state = 'opening';
  const vid = known || newId();
  writeVisitor(vid);
  await openSession({ ending: closeBatches, renewed: beginAnew });
  if (state === 'opening') open(vid, config);
}

function open(vid: string, settings: SiteConfig): void {
  state = 'open';
  startSending(vid, { answered, refused: shut, framesDropped: resnapshot });
  rememberChoice();
  keepConfig(settings);
  sendIdentity();
  if (read('_ll_ctx') !== session.sid) sendContext();
  // What was held was dropped when the visitor said no; now the page counts from here.
  if (!held.some(({ type }) => type === 'page_view')) onNewSession();
  for (const event of held.splice(0)) deliver(event);
  if (evidence) showPerson(evidence);
  if (read('_ll_rec') === session.sid) startRecorder(settings);
}

function sendContext(): void {
  write('_ll_ctx', session.sid);
  sendHead({ context: readContext() });
}

/** An interaction after the session's end opened a new one. */
function beginAnew(): void {
  sendContext();
  resnapshot();
  onNewSession();
}

function answered(answer: IngestAnswer): void {
  if (!answer.known) return shut();
  if (answer.record === (read('_ll_rec') === session.sid)) return;
  write('_ll_rec', answer.record ? session.sid : '');
  if (answer.record && config) startRecorder(config);
  else stopRecorder();
}

/** For the rest of this page. */
function shut(): void {
  forget();
  state = 'shut';
}

function forget(): void {
  stopRecorder();
  stopSending();
  closeSession();
  eraseEverything();
  held = [];
  evidence = null;
}
