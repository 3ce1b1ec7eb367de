/**
 * One visit: over the page loads of a tab (sessionStorage) and over the tabs of a browser (they tell each other). It ends 30 minutes after
 * the last interaction or after 60 minutes; the next interaction opens a new one.
 */
import { newId } from './new-id.ts';
import { listen } from './safely.ts';
import { scriptTag } from './script-tag.ts';
import { read, write } from './storage.ts';

const idleMs = 1_800_000;
const longestMs = 3_600_000;
const answerMs = 80;
const tellMs = 10_000;

const nothing = { pages: 0, activeMs: 0, errors: 0 };
/**
 * `seq`: the number of the tab's next recording chunk in this session. `pages`, `activeMs` and `errors` (those not told yet) are this
 * tab's, and those of tabs that were closed. `used`: something left the browser under this session's id.
 */
export const session = { sid: '', tab: '', startedAt: 0, lastAt: 0, seq: 0, used: false, ...nothing };

/** The other tabs that have this session open, and those of them that have not answered yet. */
const others = new Set<string>();
let silent = new Set<string>();
let channel: BroadcastChannel | null = null;
let lastTold = 0;
let isOpen = false;
let change: SessionChange | null = null;

/** When a later interaction opens a new session: what to do under the old one, then under the new one. */
export interface SessionChange {
  ending(): void;
  renewed(): void;
}

/** Goes on with this tab's session, or joins another tab's, or opens one; nothing, where it was closed meanwhile. */
export async function openSession(onChange: SessionChange): Promise<void> {
  isOpen = true;
  openTab();
  session.sid = read('_ll_sid');
  session.used = true;
  session.startedAt = Number(read('_ll_ss'));
  openChannel();
  if (isOver()) await askOthers();
  if (!isOpen) return;
  if (isOver()) begin(newId(), Date.now());
  session.lastAt = Date.now();
  save();
  greet();
  change = onChange;
}

/** Whether the session is over, and nothing has happened since. */
export function hasEnded(): boolean {
  return session.sid !== '' && isOver();
}

/** The page goes away. Answers whether it was the last of the session; otherwise another tab takes over what was counted here. */
export function leaveSession(): boolean {
  const [heir = ''] = others;
  tellOthers(Date.now(), heir);
  if (heir) Object.assign(session, nothing);
  return !heir;
}

export function closeSession(): void {
  channel?.close();
  channel = null;
  change = null;
  isOpen = false;
  session.sid = '';
}

/** An interaction or a page view. */
export function touchSession(): void {
  if (!session.sid) return;
  const now = Date.now();
  const over = isOver();
  if (over) begin(newId(), now);
  session.lastAt = now;
  if (over || now - lastTold > tellMs) greet();
}

/** The page is back from the browser's memory. Meanwhile other pages of this tab went on counting, perhaps in a new session. */
export function comeBack(): void {
  if (!session.sid) return;
  session.sid = read('_ll_sid') || session.sid;
  session.startedAt = Number(read('_ll_ss')) || session.startedAt;
  readCounts();
  markTab(1);
  greet();
}

/** The number of the next chunk; kept at once, so that no number is used twice. */
export function takeSeq(): number {
  const seq = session.seq++;
  save();
  return seq;
}

function isOver(): boolean {
  const now = Date.now();
  return !session.sid || now - session.lastAt > idleMs || now - session.startedAt > longestMs;
}

function begin(sid: string, startedAt: number): void {
  change?.ending();
  Object.assign(session, { sid, startedAt, lastAt: Date.now(), seq: 0, used: false, ...nothing });
  save();
  change?.renewed();
}

function save(): void {
  write('_ll_sid', session.sid);
  write('_ll_ss', String(session.startedAt));
  markTab(1);
}

/**
 * The tab's id survives its page loads. A duplicated tab copies it: then the mark that a page of this tab is open is still set, and the
 * copy takes an id of its own.
 */
function openTab(): void {
  const [tab = '', , lastAt, open] = read('_ll_tab').split(',');
  session.tab = tab !== '' && open === '0' ? tab : newId();
  readCounts();
  session.lastAt = Number(lastAt ?? 0);
  listen(window, 'pagehide', () => markTab(0));
}

function readCounts(): void {
  const [tab, ...kept] = read('_ll_tab').split(',');
  const [seq = 0, lastAt = 0, , pages = 0, activeMs = 0, errors = 0] = tab === session.tab ? kept.map(Number) : [];
  Object.assign(session, { seq, lastAt, pages, activeMs, errors });
}

function markTab(open: 0 | 1): void {
  const { sid, tab, seq, lastAt, pages, activeMs, errors } = session;
  if (sid) write('_ll_tab', [tab, seq, lastAt, open, pages, activeMs, errors].join());
}

function openChannel(): void {
  if (!('BroadcastChannel' in window)) return;
  channel = new BroadcastChannel(`_ll_${scriptTag.siteKey}`);
  listen(channel, 'message', (event) => {
    if (event instanceof MessageEvent) hear(event.data);
  });
}

/** `''` asks; an array tells, see `tellOthers`. */
function hear(message: unknown): void {
  if (message === '') {
    if (session.sid && !isOver()) tellOthers(Date.now());
    return;
  }
  if (!Array.isArray(message)) return;
  const [sid = '', tab = '', heir, ...numbers] = message.map(String);
  const [startedAt = 0, lastAt = 0, leaves = 0, ...counts] = numbers.map(Number);
  if (!sid) return;
  if (sid === session.sid) session.lastAt = Math.max(session.lastAt, lastAt);
  else if (isOver() && !leaves) begin(sid, startedAt);
  else if (!session.used && !leaves && startedAt < session.startedAt) adopt(sid, startedAt);
  others[sid === session.sid && !leaves ? 'add' : 'delete'](tab);
  silent.delete(tab);
  if (sid === session.sid && heir === session.tab) inherit(counts);
}

/** Another tab was slow to say which session is open: nobody has heard of ours yet. */
function adopt(sid: string, startedAt: number): void {
  Object.assign(session, { sid, startedAt, used: true });
  save();
}

function inherit([pages = 0, activeMs = 0, errors = 0]: readonly number[]): void {
  session.pages += pages;
  session.activeMs += activeMs;
  session.errors += errors;
}

/** Tells that this tab is open, and asks who else is. Tabs that were killed said no farewell: they are gone when they do not answer. */
function greet(): void {
  for (const tab of silent) others.delete(tab);
  silent = new Set(others);
  tellOthers(Date.now());
  channel?.postMessage('');
}

/** `heir`, when the page goes away: the tab that takes over what was counted, or '' where there is none. */
function tellOthers(now: number, heir?: string): void {
  lastTold = now;
  const { sid, tab, startedAt, lastAt, pages, activeMs, errors } = session;
  channel?.postMessage([sid, tab, heir ?? '', startedAt, lastAt, heir === undefined ? 0 : 1, pages, activeMs, errors]);
}

function askOthers(): Promise<void> | void {
  if (!channel) return;
  channel.postMessage('');
  return new Promise((resolve) => {
    const done = () => resolve();
    setTimeout(done, answerMs);
    channel?.addEventListener('message', done, { once: true });
  });
}
