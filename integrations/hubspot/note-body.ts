import type { PageLine, SessionSnapshot } from '#contract/snapshot.ts';
import { cut } from '../shared/cut.ts';
import { describeDuration } from '../shared/describe-duration.ts';

/** Opens every note of ours: with the replay link, it tells our note from one in which somebody pasted the link. */
const HEADING = 'Website visit seen by Leadlight';

/** HubSpot takes 65,536 characters; the list of pages gives way first. */
const PAGES_ROOM = 50_000;

/** The HTML of a visit's note: what was looked at, for how long, with what intent, and where to watch it. */
export function noteBody(session: SessionSnapshot): string {
  const parts = [
    `<p><strong>${HEADING}</strong></p>`,
    `<p>${facts(session).map(escapeHtml).join(' · ')}</p>`,
    session.summary === '' ? '' : `<p>${escapeHtml(cut(session.summary, 2000))}</p>`,
    pageList(session.pages),
    `<p>${replayLine(session)}</p>`,
  ];
  return parts.join('');
}

/** The session a note of ours tells about, or null for somebody else's note. */
export function sessionOfNote(body: string): string | null {
  if (!body.includes(HEADING)) return null;
  // The last one: what stands above it is the visitor's, and may look like an address of ours.
  return [...body.matchAll(/\/r\/([A-Za-z0-9_-]{8,64})(?![A-Za-z0-9_-])/g)].at(-1)?.[1] ?? null;
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function facts(session: SessionSnapshot): string[] {
  const time = `${describeDuration(session.activeMs)} active`;
  const score = `Intent score ${session.score} (${session.band})`;
  return [session.endedAt === null ? `${time} so far, still on the site` : time, score, `Intent: ${session.intent}`];
}

function pageList(pages: readonly PageLine[]): string {
  const lines: string[] = [];
  let room = PAGES_ROOM;
  for (const page of pages) {
    const line = pageLine(page);
    room -= line.length;
    if (room < 0) break;
    lines.push(line);
  }
  const left = pages.length - lines.length;
  if (left > 0) lines.push(`<li>and ${left} more</li>`);
  return lines.length === 0 ? '' : `<ul>${lines.join('')}</ul>`;
}

function pageLine({ title, path, activeMs }: PageLine): string {
  const name = title === '' ? path : `${cut(title, 150)} (${cut(path, 200)})`;
  return `<li>${escapeHtml(cut(name, 400))}: ${describeDuration(activeMs)}</li>`;
}

/** The address holds `/r/SESSION`, which is how the note is found again; without one, the reference says it. */
function replayLine({ replayUrl, sessionId }: SessionSnapshot): string {
  if (/^https?:\/\//.test(replayUrl)) return `<a href="${escapeHtml(replayUrl)}">Watch the replay</a>`;
  return `Leadlight reference: /r/${escapeHtml(sessionId)}`;
}
