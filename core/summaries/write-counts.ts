/** Brings a site's days, and its contacts' totals, in line with what some of its sessions are now. Exact: what a session added is what is taken back. */
import type { ClientSession } from 'mongoose';
import { Contact } from '../contacts/contact.ts';
import { Session } from '../sessions/session.ts';
import type { SessionCount } from '../sessions/session-counts.ts';
import { type CountableSession, countOfSession, pageviewsOf } from './count-of-session.ts';
import { monthOf, SiteDay, type SiteDayDocument } from './site-day.ts';
import { claimOrders, giveBackOrders } from './site-order.ts';
import { noTotals, type SiteTotals, withSession } from './site-totals.ts';
import { type DayOfSession, visitorChanges } from './visitors-of-days.ts';

interface Site {
  readonly workspaceId: string;
  readonly siteId: string;
}

interface Change {
  readonly session: CountableSession;
  readonly before: SessionCount | null;
  readonly after: SessionCount | null;
}

/** @param going the sessions are being erased. @returns the months that changed. */
export async function writeCounts(
  site: Site,
  { sessions, going = false }: { readonly sessions: readonly CountableSession[]; readonly going?: boolean },
  transaction: ClientSession,
): Promise<string[]> {
  const changes: Change[] = [];
  // Of two visits that tell the same order, it is the earlier one's.
  const inOrder = sessions.toSorted((one, two) => one.startedAt.getTime() - two.startedAt.getTime());
  for (const session of inOrder) changes.push(await changeOf(session, going, transaction));
  await writeDays(site, changes, transaction);
  await writeContacts(site, changes, transaction);
  const settled = changes.map(({ session: { workspaceId, _id }, after }) => ({
    updateOne: { filter: { workspaceId, _id }, update: { $set: { counted: after }, $unset: { owed: true } } },
  }));
  if (!going && settled.length > 0) await Session.bulkWrite(settled, { session: transaction });
  return [...new Set(changes.flatMap(daysOf).map(monthOf))];
}

async function changeOf(session: CountableSession, going: boolean, transaction: ClientSession): Promise<Change> {
  const before = session.counted ?? null;
  const counts = !going && countOfSession(session, []) !== null;
  if (!counts && before !== null && before.orders.length > 0) await giveBackOrders(session.workspaceId, session._id, transaction);
  const after = counts ? countOfSession(session, await claimOrders(session, transaction)) : null;
  return { session, before, after };
}

function daysOf({ before, after }: Change): string[] {
  return [before, after].flatMap((count) => count?.day ?? []);
}

async function writeDays({ workspaceId, siteId }: Site, changes: readonly Change[], transaction: ClientSession): Promise<void> {
  const names = [...new Set(changes.flatMap(daysOf))];
  if (names.length === 0) return;
  const found: SiteDayDocument[] = await SiteDay.find({ workspaceId, siteId, day: { $in: names } })
    .session(transaction)
    .lean();
  const days = new Map(
    names.map((day) => [day, { _id: `${siteId}:${day}`, workspaceId, siteId, day, totals: noTotals, monthVisitors: 0 }]),
  );
  for (const { _id, day, totals, monthVisitors } of found) days.set(day, { _id, workspaceId, siteId, day, totals, monthVisitors });
  const change = (day: string, by: (totals: SiteTotals) => SiteTotals, monthVisitors = 0) => {
    const row = days.get(day);
    if (row !== undefined) days.set(day, { ...row, totals: by(row.totals), monthVisitors: row.monthVisitors + monthVisitors });
  };
  for (const { before, after } of changes) {
    if (before !== null) change(before.day, (totals) => withSession(totals, before, -1));
    if (after !== null) change(after.day, (totals) => withSession(totals, after, 1));
  }
  for (const { day, visitors, monthVisitors } of await changedVisitors(workspaceId, changes, transaction)) {
    change(day, (totals) => ({ ...totals, visitors: totals.visitors + visitors }), monthVisitors);
  }
  const writes = [...days.values()].map(({ _id, ...row }) => ({
    replaceOne: { filter: { workspaceId, _id }, replacement: { _id, ...row }, upsert: true },
  }));
  await SiteDay.bulkWrite(writes, { session: transaction });
}

async function changedVisitors(workspaceId: string, changes: readonly Change[], transaction: ClientSession) {
  const moving = changes.filter(({ before, after }) => before?.day !== after?.day);
  if (moving.length === 0) return [];
  const months = [...new Set(moving.flatMap(daysOf).map(monthOf))].sort();
  const visitorId = { $in: [...new Set(moving.map(({ session }) => session.visitorId))] };
  // A session counts on the day of its start, which may still have moved by less than a day.
  const first = new Date(`${months[0]}-01T00:00:00Z`).getTime() - aDayMs;
  const last = new Date(`${months.at(-1)}-01T00:00:00Z`).getTime() + 33 * aDayMs;
  const startedAt = { $gte: new Date(first), $lte: new Date(last) };
  const rows = await Session.find({ workspaceId, visitorId, startedAt, counted: { $type: 'object' } }, { visitorId: 1, counted: 1 })
    .session(transaction)
    .lean();
  const before = rows.map((row): DayOfSession => ({ sessionId: row._id, visitorId: row.visitorId, day: row.counted?.day ?? null }));
  const moved = (count: 'before' | 'after') =>
    moving.map((one): DayOfSession => ({ sessionId: one.session._id, visitorId: one.session.visitorId, day: one[count]?.day ?? null }));
  return visitorChanges([...before, ...moved('before')], moved('after'));
}

const aDayMs = 86_400_000;

/** All visits of a contact that count, ever: its page reads them from its row. */
async function writeContacts({ workspaceId }: Site, changes: readonly Change[], transaction: ClientSession): Promise<void> {
  const parts = changes.flatMap(({ before, after }) => [...signedPart(before, -1), ...signedPart(after, 1)]);
  const sums = [...Map.groupBy(parts, ({ contactId }) => contactId)].map(([_id, ofContact]) => ({
    updateOne: {
      filter: { workspaceId, _id },
      update: {
        $inc: {
          'totals.sessions': ofContact.reduce((sum, { sign }) => sum + sign, 0),
          'totals.pageviews': ofContact.reduce((sum, { sign, count }) => sum + sign * pageviewsOf(count), 0),
          'totals.activeMs': ofContact.reduce((sum, { sign, count }) => sum + sign * count.activeMs, 0),
        },
      },
    },
  }));
  if (sums.length > 0) await Contact.bulkWrite(sums, { session: transaction });
}

function signedPart(count: SessionCount | null, sign: 1 | -1) {
  return count === null || count.contactId === null ? [] : [{ contactId: count.contactId, count, sign }];
}
