/** Lays recorded minutes one behind the other, as the chunks of one session of one tab, and somebody who may watch it. */
import { zstdCompressSync } from 'node:zlib';
import { SignIn } from '#core/http/sign-in-session.ts';
import { Stylesheet } from '#core/ingest/stylesheet.ts';
import type { Platform } from '#core/platform.ts';
import { RecordingChunk } from '#core/sessions/recording-chunk.ts';
import { Session, type SessionDocument } from '#core/sessions/session.ts';
import { newSecret } from '#core/store/new-id.ts';
import { createWorkspace } from '#core/workspaces/create-workspace.ts';
import { Site } from '#core/workspaces/site.ts';
import type { MadeRecording, TimedEvent } from './record-sessions.ts';

export interface LaidHour {
  readonly workspaceId: string;
  readonly sessionId: string;
  /** What a ticket for the session says. */
  readonly rights: { readonly sub: string; readonly wid: string; readonly rid: string };
}

/** Between one page and the next. */
const pauseMs = 1_000;

export async function layHour(platform: Platform, recordings: readonly MadeRecording[], lengthMs: number): Promise<LaidHour> {
  const now = platform.clock.now();
  const who = { workspaceName: 'Bench', name: 'Ben Bench', email: 'ben@bench.example', domain: 'http://localhost' };
  const { workspaceId, _id: sub } = await createWorkspace(platform, { ...who, password: null, demo: false });
  const expiresAt = new Date(now.getTime() + 86_400_000);
  await SignIn.create([{ _id: newSecret(), workspaceId, memberId: sub, createdAt: now, expiresAt }]);
  const { _id: siteId } = await Site.findOne({ workspaceId }).orFail().lean();
  const sheets = new Map(recordings.flatMap((recording) => [...recording.sheets]));
  for (const [hash, css] of sheets)
    await Stylesheet.create([{ _id: `${siteId}:${hash}`, workspaceId, siteId, hash, body: zstdCompressSync(css), receivedAt: now }]);
  const sessionId = 'ses_hour';
  const base = now.getTime() - lengthMs;
  await Session.create([sessionOf({ workspaceId, siteId, sessionId, startedAt: new Date(base), endedAt: now })]);
  let [seq, at] = [0, base];
  for (let minute = 0; at < base + lengthMs; minute += 1) {
    const chunks = recordings[minute % recordings.length]?.chunks ?? [];
    const shift = at - (chunks[0]?.[0]?.timestamp ?? 0);
    for (const chunk of chunks) {
      const events = chunk.map((event) => ({ ...event, timestamp: event.timestamp + shift }));
      await RecordingChunk.create([chunkOf({ workspaceId, sessionId }, seq, events)]);
      seq += 1;
      at = (events.at(-1)?.timestamp ?? at) + pauseMs;
    }
  }
  return { workspaceId, sessionId, rights: { sub, wid: workspaceId, rid: sessionId } };
}

function chunkOf(owner: { workspaceId: string; sessionId: string }, seq: number, events: readonly TimedEvent[]) {
  const [firstAt, lastAt] = [new Date(events[0]?.timestamp ?? 0), new Date(events.at(-1)?.timestamp ?? 0)];
  const body = zstdCompressSync(JSON.stringify(events));
  return { ...owner, _id: `${owner.sessionId}:tab:${seq}`, tab: 'tab', seq, firstAt, lastAt, body, receivedAt: lastAt };
}

interface Visit {
  readonly workspaceId: string;
  readonly siteId: string;
  readonly sessionId: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

function sessionOf({ sessionId, startedAt, endedAt, ...owner }: Visit): SessionDocument {
  return {
    ...owner,
    ...{ _id: sessionId, startedAt, endedAt, lastEventAt: endedAt, lastSeenAt: endedAt, withdrawnAt: null, joinedAt: null },
    ...{ visitorId: 'vis_bench', contactId: null, visitorVersion: 0, automated: false, evidence: null, heldFor: null, cameBy: null },
    ...{ context: {}, device: 'desktop', browser: 'Chrome', os: 'Linux', channel: 'direct', summary: null, insight: null },
    ...{ hasRecording: true },
    mode: 'contact',
    standing: 'bound',
  };
}
