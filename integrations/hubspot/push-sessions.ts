import { z } from 'zod';
import type { Grant, RowResult } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import type { SessionSnapshot } from '#contract/snapshot.ts';
import { hubspotPaths } from './api-version.ts';
import { call } from './call.ts';
import { findNotes } from './find-notes.ts';
import { noteBody } from './note-body.ts';
import type { HubspotSettings } from './send.ts';

type SessionResult = RowResult<{ readonly entryId: string }>;

/** HubSpot's own association from a note to a contact. */
const NOTE_TO_CONTACT = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 } as const;

const madeNote = z.object({ id: z.coerce.string() });

/**
 * Keeps one note a session on the contact's timeline. HubSpot has no key of ours for a note, so where an earlier try may have made
 * one, the contact's notes are read first. A wait or a lost grant ends the call: notes that were made by then are found again by
 * `mayExist`.
 */
export async function pushSessions(
  settings: HubspotSettings,
  grant: Grant,
  sessions: readonly SessionSnapshot[],
): Promise<SessionResult[]> {
  const known = await readKnownNotes(settings, grant, sessions);
  const results: SessionResult[] = [];
  for (const session of sessions) {
    const result = await pushSession(settings, grant, { ...session, entryId: session.entryId ?? known.get(session.sessionId) ?? null });
    if (result.ok) known.set(session.sessionId, result.entryId);
    results.push(result);
  }
  return results;
}

async function readKnownNotes(settings: HubspotSettings, grant: Grant, sessions: readonly SessionSnapshot[]): Promise<Map<string, string>> {
  const unsure = sessions.filter((session) => session.mayExist && session.entryId === null);
  if (unsure.length === 0) return new Map();
  const contactIds = unsure.map((session) => session.recordId);
  const notes = await findNotes(settings, grant, contactIds);
  return new Map(notes.map(({ sessionId, noteId }) => [sessionId, noteId]));
}

async function pushSession(settings: HubspotSettings, grant: Grant, session: SessionSnapshot): Promise<SessionResult> {
  const { recordId, entryId } = session;
  try {
    if (entryId === null) return { ok: true, recordId, entryId: await createNote(settings, grant, session) };
    await editNote(settings, grant, { noteId: entryId, session });
    return { ok: true, recordId, entryId };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'vendorRefused' || error.code === 'hubspot-permission-missing') throw error;
    return { ok: false, recordId, code: error.code, message: error.message };
  }
}

async function createNote(settings: HubspotSettings, { accessToken }: Grant, session: SessionSnapshot): Promise<string> {
  const associations = [{ to: { id: session.recordId }, types: [NOTE_TO_CONTACT] }];
  const json = { properties: propertiesOf(session), associations };
  const { id } = await call(settings, { method: 'POST', path: hubspotPaths.notes, accessToken, json }, madeNote);
  return id;
}

interface Edit {
  readonly noteId: string;
  readonly session: SessionSnapshot;
}

/** A note that a person deleted stays deleted: its session is told already. */
async function editNote(settings: HubspotSettings, { accessToken }: Grant, { noteId, session }: Edit): Promise<void> {
  const path = `${hubspotPaths.notes}/${encodeURIComponent(noteId)}`;
  try {
    await call(settings, { method: 'PATCH', path, accessToken, json: { properties: propertiesOf(session) } }, madeNote);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'hubspot-not-found') throw error;
  }
}

function propertiesOf(session: SessionSnapshot) {
  return { hs_timestamp: session.startedAt, hs_note_body: noteBody(session) };
}
