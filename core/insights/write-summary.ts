/** The summary of an insight: at most 60 words that say what happened, and nothing else. */
import { counted, describeDuration, describeGap } from '#core/sessions/summarise-text.ts';
import { dayOf, type Timeline, type TimelineSession } from './build-timeline.ts';
import { type Happening, tellHappenings, tellVisits } from './tell-happenings.ts';

const mostWords = 60;
const mostPhrases = 5;

/** One visit: "Came back after 12 days. Spent 1 min on pricing and asked for a demo. 4 pages in 3 min." */
export function summariseVisit(timeline: Timeline, session: TimelineSession): string {
  const before = timeline.sessions.findLast(
    ({ sessionId, startedAt }) => sessionId !== session.sessionId && startedAt <= session.startedAt,
  );
  const opening =
    before === undefined ? 'First visit.' : `Came back after ${describeGap(session.startedAt.getTime() - before.lastEventAt.getTime())}.`;
  const { pages, activeMs } = session.summary;
  const closing = pages.length < 2 ? '' : `${counted(pages.length, 'page')}${activeMs < 1000 ? '' : ` in ${describeDuration(activeMs)}`}.`;
  return withinLength(opening, tellHappenings(session), closing);
}

/** Several visits: "3 visits on 2 days, the last on 12 May. Spent 4 min on pricing over 2 visits and asked for a demo." */
export function summariseVisits(sessions: readonly TimelineSession[]): string {
  const last = sessions.at(-1);
  if (last === undefined) return 'No visit yet.';
  const days = new Set(sessions.map(({ startedAt }) => dayOf(startedAt))).size;
  const on = last.startedAt.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const opening = sessions.length === 1 ? `1 visit, on ${on}.` : `${tellVisits(sessions.length, days)}, the last on ${on}.`;
  const activeMs = sessions.reduce((sum, { summary }) => sum + summary.activeMs, 0);
  return withinLength(
    opening,
    happeningsOfAll(sessions),
    activeMs < 1000 || sessions.length === 1 ? '' : `${describeDuration(activeMs)} on the site in all.`,
  );
}

/** The same thing on several visits is told once: pricing with its sum, anything else as it was last. */
function happeningsOfAll(sessions: readonly TimelineSession[]): Happening[] {
  const pricing = sessions.flatMap(({ sessionId, summary }) =>
    summary.goals.filter(({ kind }) => kind === 'pricing').map((goal) => ({ ...goal, sessionId })),
  );
  const latest = pricing.at(-1);
  const all = sessions.flatMap(tellHappenings);
  if (latest === undefined || pricing.length === 1) return onceEach(all);
  const spent = describeDuration(pricing.reduce((sum, { dwellMs }) => sum + dwellMs, 0));
  const told: Happening = { ...latest, phrase: `spent ${spent} on pricing over ${pricing.length} visits`, weight: 70, goal: 'pricing' };
  return onceEach([...all.filter(({ goal }) => goal !== 'pricing'), told]);
}

function onceEach(happenings: readonly Happening[]): Happening[] {
  return [...new Map(happenings.map((happening) => [happening.phrase, happening])).values()].sort(
    (one, other) => one.at.getTime() - other.at.getTime(),
  );
}

/** The weightiest phrases in the order they happened; fewer of them until the words fit. */
function withinLength(opening: string, happenings: readonly Happening[], closing: string): string {
  const ranked = happenings.toSorted((one, other) => other.weight - one.weight).slice(0, mostPhrases);
  for (let kept = ranked.length; kept > 0; kept -= 1) {
    const chosen = happenings.filter((happening) => ranked.slice(0, kept).includes(happening));
    const text = joined([opening, sentence(chosen.map(({ phrase }) => phrase)), closing]);
    if (text.split(/\s+/u).length <= mostWords) return text;
  }
  return joined([opening, closing]);
}

function sentence(phrases: readonly string[]): string {
  const list =
    phrases.length < 2 ? phrases.join('') : `${phrases.slice(0, -1).join(', ')}${phrases.length > 2 ? ',' : ''} and ${phrases.at(-1)}`;
  return list === '' ? '' : `${list.charAt(0).toUpperCase()}${list.slice(1)}.`;
}

function joined(sentences: readonly string[]): string {
  return sentences.filter(Boolean).join(' ');
}
