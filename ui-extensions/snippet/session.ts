/**
 * One visit: over the page loads of a tab (sessionStorage) and over the tabs of a browser (they tell each other). It ends 30 minutes after
 * the last interaction or after 60 minutes; the next interaction opens a new one.
 */
import { newId } from './new-id.ts';
import { listen, safely } from './safely.ts';
import { scriptTag } from './script-tag.ts';
import { read, write } from './storage.ts';

const idleMs = 1_800_000;
const longestMs = 3_600_000;
const answerMs = 80;
const tellMs = 10_000;

/** What the session came to so far: numbers by name, and the last messages of errors. Pages are counted under their own name. */
export interface Totals {
  counts: Record<string, number>;
  messages: string[];
}

const nothing = (): Totals => ({ counts: {}, messages: [] });
/**
 * `seq`: the number of the tab's next recording chunk in this session. `counts` and `messages` are this tab's, and those of tabs that were
 * closed. `used`: something left the browser under this session's id.
 */
export const session = { sid: '', tab: '', startedAt: 0, lastAt: 0, seq: 0, used: false, ...nothing() };

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
  const early = totals();
  openTab();
  const sid = read('_ll_sid');
  const kept = totals();
  // What was counted while the visitor might not be measured yet, and what is while others are asked.
  Object.assign(session, early, { sid, used: true, startedAt: Number(read('_ll_ss')) });
  openChannel();
  if (isOver()) await askOthers();
  if (!isOpen) return;
  if (isOver()) begin(newId(), Date.now());
  session.lastAt = Date.now();
  if (session.sid === sid) inherit(kept);
  save();
  greet();
  change = onChange;
}

const totals = (): Totals => ({ counts: session.counts, messages: session.messages });

export function count(name: string, amount = 1): void {
  session.counts[name] = (session.counts[name] ?? 0) + amount;
}

/** Whether the session is over, and nothing has happened since. */
export function hasEnded(): boolean {
  return session.sid !== '' && isOver();
}

/** The page goes away. Answers whether it was the last of the session; otherwise another tab takes over what was counted here. */
export function leaveSession(): boolean {
  const [heir = ''] = others;
  tellOthers(heir);
  if (heir) Object.assign(session, nothing());
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
  readTab();
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
  Object.assign(session, { sid, startedAt, lastAt: Date.now(), seq: 0, used: false }, change && nothing());
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
  if (session.tab) {
    Object.assign(session, nothing());
    return;
  }
  const { tab, open } = keptTab();
  session.tab = typeof tab === 'string' && open === 0 ? tab : newId();
  readTab();
  listen(window, 'pagehide', () => markTab(0));
}

function readTab(): void {
  const { tab, seq, lastAt, counts, messages } = keptTab();
  session.lastAt = Number(lastAt ?? 0);
  const same = tab === session.tab;
  Object.assign(session, same ? { seq, counts, messages } : { seq: 0, ...nothing() });
  if (same) session.counts.pages = Number(read('_ll_pc'));
}

function keptTab(): Record<string, unknown> {
  try {
    return Object(JSON.parse(read('_ll_tab')));
  } catch {
    return {};
  }
}

/** `open`: a page of this tab is. */
function markTab(open: 0 | 1): void {
  const { sid, tab, seq, lastAt, counts, messages } = session;
  if (!sid) return;
  write('_ll_tab', JSON.stringify({ tab, open, seq, lastAt, counts, messages }));
  write('_ll_pc', String(counts.pages ?? 0));
}

interface Word {
  readonly sid: string;
  readonly tab: string;
  readonly startedAt: number;
  readonly lastAt: number;
  /** When the page goes away: the tab that takes over what was counted, or '' where there is none. */
  readonly heir?: string | undefined;
  readonly left?: Totals;
}

function openChannel(): void {
  if (!('BroadcastChannel' in window)) return;
  channel = new BroadcastChannel(`_ll_${scriptTag.siteKey}`);
  // Pages of one origin alone can speak here, and they are the site's own.
  channel.onmessage = safely(({ data }: MessageEvent<Word | null>) => {
    if (data) hear(data);
    else if (session.sid && !isOver()) tellOthers();
  });
}

function hear({ sid, tab, startedAt, lastAt, heir, left }: Word): void {
  // A page of this very tab that is slow to go away is no other tab: nobody would tell the end.
  if (tab === session.tab) return;
  const leaves = heir !== undefined;
  if (sid === session.sid) session.lastAt = Math.max(session.lastAt, lastAt);
  else if (isOver() && !leaves) begin(sid, startedAt);
  else if (!session.used && !leaves && startedAt < session.startedAt) adopt(sid, startedAt);
  others[sid === session.sid && !leaves ? 'add' : 'delete'](tab);
  silent.delete(tab);
  if (sid === session.sid && heir === session.tab && left) inherit(left);
}

/** Another tab was slow to say which session is open: nobody has heard of ours yet. */
function adopt(sid: string, startedAt: number): void {
  Object.assign(session, { sid, startedAt, used: true });
  save();
}

function inherit({ counts, messages }: Totals): void {
  for (const [name, amount] of Object.entries(counts)) count(name, amount);
  session.messages.push(...messages);
}

/** Tells that this tab is open, and asks who else is. Tabs that were killed said no farewell: they are gone when they do not answer. */
function greet(): void {
  for (const tab of silent) others.delete(tab);
  silent = new Set(others);
  tellOthers();
  channel?.postMessage(null);
}

function tellOthers(heir?: string): void {
  lastTold = Date.now();
  const { sid, tab, startedAt, lastAt, counts, messages } = session;
  const word: Word = { sid, tab, startedAt, lastAt, heir, ...(heir && { left: { counts, messages } }) };
  channel?.postMessage(word);
}

function askOthers(): Promise<void> | void {
  if (!channel) return;
  channel.postMessage(null);
  return new Promise((resolve) => {
    const done = () => resolve();
    setTimeout(done, answerMs);
    channel?.addEventListener('message', done, { once: true });
  });
}
