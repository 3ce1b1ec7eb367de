import { z } from 'zod';
import type { Grant } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { hubspotPaths } from './api-version.ts';
import { call } from './call.ts';
import { sessionOfNote } from './note-body.ts';
import type { HubspotSettings } from './send.ts';

export interface FoundNote {
  readonly noteId: string;
  readonly sessionId: string;
}

const BATCH_SIZE = 100;

const associations = z.object({
  results: z
    .array(
      z.object({
        from: z.object({ id: z.coerce.string() }),
        to: z.array(z.object({ toObjectId: z.coerce.string() })).catch([]),
        paging: z.object({ next: z.object({ after: z.coerce.string() }).nullish() }).nullish(),
      }),
    )
    .catch([]),
});
const notes = z.object({
  results: z.array(z.object({ id: z.coerce.string(), properties: z.object({ hs_note_body: z.string().nullish() }) })).catch([]),
});

/** Our notes on these contacts. Contacts that HubSpot does not know have none. */
export async function findNotes(settings: HubspotSettings, grant: Grant, contactIds: readonly string[]): Promise<FoundNote[]> {
  const noteIds = await readNoteIds(settings, grant, contactIds);
  const found: FoundNote[] = [];
  for (let start = 0; start < noteIds.length; start += BATCH_SIZE) {
    found.push(...(await readNotes(settings, grant, noteIds.slice(start, start + BATCH_SIZE))));
  }
  return found;
}

async function readNoteIds(settings: HubspotSettings, { accessToken }: Grant, contactIds: readonly string[]): Promise<string[]> {
  const ids = new Set<string>();
  let inputs: { id: string; after?: string }[] = [...new Set(contactIds)].map((id) => ({ id }));
  while (inputs.length > 0) {
    const json = { inputs: inputs.splice(0, BATCH_SIZE) };
    const page = await call(settings, { method: 'POST', path: hubspotPaths.notesOfContacts, accessToken, json }, associations).catch(
      noNotes,
    );
    for (const { toObjectId } of page.results.flatMap((row) => row.to)) ids.add(toObjectId);
    inputs = [...inputs, ...page.results.flatMap(({ from, paging }) => (paging?.next ? [{ id: from.id, after: paging.next.after }] : []))];
  }
  return [...ids];
}

/** Contacts that are gone are errors beside the results of the others; 404 where none of them is left. */
function noNotes(error: unknown): z.infer<typeof associations> {
  if (error instanceof Failure && error.code === 'hubspot-not-found') return { results: [] };
  throw error;
}

async function readNotes(settings: HubspotSettings, { accessToken }: Grant, noteIds: readonly string[]): Promise<FoundNote[]> {
  const json = { inputs: noteIds.map((id) => ({ id })), properties: ['hs_note_body'] };
  const page = await call(settings, { method: 'POST', path: `${hubspotPaths.notes}/batch/read`, accessToken, json }, notes);
  return page.results.flatMap(({ id, properties }) => {
    const sessionId = sessionOfNote(properties.hs_note_body ?? '');
    return sessionId === null ? [] : [{ noteId: id, sessionId }];
  });
}
