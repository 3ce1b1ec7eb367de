/** Turns changes into news for the workspaces that somebody looks at: rows are read once for all that changed together. */

import type { LiveEvent } from '#contract/live.ts';
import { type ArrivalDocument, eventsOf, readArrival } from '../ingest/arrival.ts';
import type { Platform } from '../platform.ts';
import { presentSessions } from '../sessions/present-session.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import type { LiveItem } from './live-channel.ts';
import { presentLiveEvent } from './present-live-event.ts';
import type { Change } from './watch-changes.ts';

export interface LiveNews {
  readonly workspaceId: string;
  readonly item: LiveItem;
}

export interface ChangeReader {
  /** In the order of the changes. Of a session that changed several times, the last change alone is told. */
  read(changes: readonly Change[], isWatched: (workspaceId: string) => boolean): Promise<LiveNews[]>;
}

/** Whose session it is, for so many of the sessions heard of last. */
const mostKnown = 20_000;

export function readChanges(platform: Platform): ChangeReader {
  const owners = new Map<string, string>();

  function know(sessionId: string, workspaceId: string): void {
    owners.delete(sessionId);
    owners.set(sessionId, workspaceId);
    const [oldest] = owners.size > mostKnown ? owners.keys() : [];
    if (oldest !== undefined) owners.delete(oldest);
  }

  async function learn(ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !owners.has(id));
    if (unknown.length === 0) return;
    const rows = await Session.find({ _id: { $in: unknown } }, { workspaceId: 1 })
      .setOptions(acrossWorkspaces)
      .lean();
    for (const { _id, workspaceId } of rows) know(_id, workspaceId);
  }

  return {
    async read(changes, isWatched) {
      const arrived = changes.flatMap((change) => {
        if (change.of !== 'arrivals' || !isArrival(change.row)) return [];
        know(change.row.sessionId, change.row.workspaceId);
        return isWatched(change.row.workspaceId) ? tellArrival(change, change.row) : [];
      });
      const last = new Map(changes.flatMap((change) => (change.of === 'sessions' ? [[change.id, change] as const] : [])));
      await learn([...last.keys()]);
      const wanted = [...last.values()].flatMap((change) => {
        const workspaceId = owners.get(change.id);
        return workspaceId !== undefined && isWatched(workspaceId) ? [{ ...change, workspaceId }] : [];
      });
      const told = await tellSessions(platform, wanted);
      const order = new Map(changes.map(({ position }, index) => [position, index]));
      return [...arrived, ...told].sort((one, other) => (order.get(one.item.position) ?? 0) - (order.get(other.item.position) ?? 0));
    },
  };
}

interface ChangedSession {
  readonly position: LiveItem['position'];
  readonly id: string;
  readonly workspaceId: string;
}

async function tellSessions(platform: Platform, changed: readonly ChangedSession[]): Promise<LiveNews[]> {
  const news = await Promise.all(
    [...Map.groupBy(changed, ({ workspaceId }) => workspaceId)].map(async ([workspaceId, ofWorkspace]) => {
      const rows: SessionDocument[] = await Session.find({ workspaceId, _id: { $in: ofWorkspace.map(({ id }) => id) } }).lean();
      const present = await presentSessions(platform, workspaceId, rows);
      return ofWorkspace.map(({ id, position }): LiveNews => {
        const row = rows.find(({ _id }) => _id === id);
        const told = row === undefined ? { name: 'gone' as const, data: { id } } : { name: 'session' as const, data: present(row) };
        return { workspaceId, item: { position, more: false, sessionId: id, name: told.name, data: JSON.stringify(told.data) } };
      });
    }),
  );
  return news.flat();
}

function tellArrival({ position }: Change, row: ArrivalDocument): LiveNews[] {
  const { workspaceId, sessionId, contactId } = row;
  const arrival = readArrival(row);
  const events = eventsOf(arrival).flatMap((event): LiveEvent[] => {
    const told = presentLiveEvent(event, { sessionId, contactId });
    return told === null ? [] : [told];
  });
  const chunks = arrival.body.chunkIds.length;
  const tell = (name: LiveItem['name'], data: object, more: boolean): LiveNews => ({
    workspaceId,
    item: { position, more, sessionId, name, data: JSON.stringify(data) },
  });
  return [
    ...(chunks > 0 ? [tell('recording', { sessionId, chunks }, events.length > 0)] : []),
    ...(events.length > 0 ? [tell('events', events, false)] : []),
  ];
}

/** Our own row, as ingest wrote it: its kind is enough to know it by. */
function isArrival(row: unknown): row is ArrivalDocument {
  return typeof row === 'object' && row !== null && 'sessionId' in row && 'body' in row && typeof row.body === 'string';
}
