/**
 * Decides whether anything is done for this visitor: only for one who is known, or whom the site's modes include, the second file is
 * loaded. It is there already while consent is awaited, and holds in memory what happens. Until it is there, calls wait here.
 */
import type { IngestEnvelope, SiteConfig } from '#contract/events.ts';
import { postToCore } from './ask-core.ts';
import { choose, isRefused, mayCollect } from './consent.ts';
import { early, watchEarly } from './early-events.ts';
import { type Call, handOver, type VisitControls } from './hand-over.ts';
import { configName, keptConfig, loadConfig } from './load-config.ts';
import { loadScript } from './load-script.ts';
import { newId } from './new-id.ts';
import { listen, noteFault } from './safely.ts';
import { eraseEverything, read, readVisitor, remove, write } from './storage.ts';

/** Put in by the build. */
declare const VISIT_INTEGRITY: string;

const mostCalls = 50;
const callsName = '_ll_calls';

const calls: Call[] = [];
let isOpen = false;
let isLoading = false;
let isIdentified = false;
let startedAt = 0;
let config: SiteConfig | null = null;
let visit: VisitControls | null = null;
let token: string | undefined;

export function openGate(linkToken: string | undefined): void {
  isOpen = true;
  startedAt = Date.now();
  token = linkToken;
  watchEarly();
  keepCalls();
  config = keptConfig();
  decide();
  loadConfig()
    .then((fresh) => {
      if (!fresh) return;
      // For the pages to come; this one goes on with what it started with.
      if (read(configName)) write(configName, JSON.stringify(fresh));
      config ??= fresh;
      decide();
    })
    .catch(noteFault);
}

export function callGate(name: 'identify' | 'track', first: unknown, more: unknown): void {
  const call: Call = [name, first, more, Date.now()];
  if (name === 'identify') isIdentified ||= Boolean(first);
  if (visit) visit.call(call);
  else if (calls.length < mostCalls || (name === 'identify' && calls.length < 2 * mostCalls)) calls.push(call);
  decide();
}

export function setConsent(granted: boolean): void {
  if (granted && isRefused()) startedAt = Date.now();
  choose(granted);
  if (granted) decide();
  else if (isOpen) withdraw();
}

function decide(): void {
  if (!isOpen || isRefused() || !(config ? isWanted(config) : isKnown())) return;
  if (!isLoading) {
    isLoading = true;
    handOver({
      token,
      calls,
      ready(controls) {
        visit = controls;
        decide();
      },
    });
    loadScript('visit', VISIT_INTEGRITY);
  }
  if (!config || !visit) return;
  visit.open(config, startedAt);
  early.isOver = true;
}

function isKnown(): boolean {
  return Boolean(token || isIdentified || readVisitor());
}

function isWanted({ modes }: SiteConfig): boolean {
  return modes.anonymousVisitors || modes.siteAnalytics || (modes.knownContacts && isKnown());
}

/**
 * A page that is left before the second file is there leaves its calls and its view to the next one of the tab, if this visitor is known
 * and measured. Nothing has been scrubbed by then: of an address its path is left, of who this is no traits.
 */
function keepCalls(): void {
  calls.push(...JSON.parse(read(callsName) || '[]'));
  remove(callsName);
  listen(window, 'pagehide', () => {
    const isMeasured = !early.isOver && config && readVisitor() && isWanted(config) && mayCollect(config);
    if (!isMeasured) return;
    const kept = calls.splice(0).map(([name, first, more, at]) => [name, first, name === 'identify' ? 0 : more, at]);
    const [address, referrer] = [location.href, document.referrer].map((each) => each.split(/[?#]/)[0]);
    write(callsName, JSON.stringify([['page_view', address, referrer, startedAt], ...kept]));
  });
}

/** Erases what was stored, and lets the core know where it had heard of this visitor: the last request of all. */
function withdraw(): void {
  calls.length = 0;
  const vid = readVisitor();
  const sid = read('_ll_sid') || newId();
  const wasSent = visit ? visit.forget() : true;
  eraseEverything();
  if (!vid || !wasSent) return;
  const last: IngestEnvelope = { v: 1, vid, sid, tab: newId(), sentAt: Date.now(), events: [], withdrawn: true };
  postToCore(JSON.stringify(last), true).catch(() => {});
}
