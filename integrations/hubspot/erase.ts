import { z } from 'zod';
import type { Grant, RowResult } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { hubspotPaths } from './api-version.ts';
import { call } from './call.ts';
import { findNotes } from './find-notes.ts';
import { existingProperties } from './prepare.ts';
import { type ContactPropertyName, contactProperties } from './properties.ts';
import type { HubspotSettings } from './send.ts';
import { BATCH_SIZE, type ContactUpdate, updateContacts } from './update-contacts.ts';

/** Deletes our notes about these people, then empties our properties. Whoever is unknown or gone is done already. */
export async function erase(settings: HubspotSettings, grant: Grant, recordIds: readonly string[]): Promise<void> {
  const notes = await findNotes(settings, grant, recordIds);
  for (let start = 0; start < notes.length; start += BATCH_SIZE) {
    const inputs = notes.slice(start, start + BATCH_SIZE).map(({ noteId }) => ({ id: noteId }));
    const { accessToken } = grant;
    await call(settings, { method: 'POST', path: `${hubspotPaths.notes}/batch/archive`, accessToken, json: { inputs } }, z.unknown());
  }
  await clearProperties(settings, grant, recordIds);
}

/** A property that an admin deleted refuses the whole row, so then only those that are left are emptied. */
async function clearProperties(settings: HubspotSettings, grant: Grant, recordIds: readonly string[]): Promise<void> {
  const names = contactProperties.map(({ name }) => name);
  const results = await emptyAll(settings, grant, { recordIds, names });
  const again = results.flatMap((result) => (!result.ok && result.code === UNUSABLE ? [result.recordId] : []));
  const left = again.length === 0 ? [] : await existingProperties(settings, grant);
  const retried = left.length === 0 ? [] : await emptyAll(settings, grant, { recordIds: again, names: left });
  const refused = [...results.filter((result) => result.ok || result.code !== UNUSABLE), ...retried].find(isRefusal);
  if (refused) throw new Failure('vendorRefused', refused.message, { code: refused.code });
}

const UNUSABLE = 'hubspot-property-unusable';

interface Emptying {
  readonly recordIds: readonly string[];
  readonly names: readonly ContactPropertyName[];
}

async function emptyAll(settings: HubspotSettings, grant: Grant, { recordIds, names }: Emptying): Promise<RowResult[]> {
  const properties: ContactUpdate['properties'] = Object.fromEntries(names.map((name) => [name, '']));
  try {
    return await updateContacts(
      settings,
      grant,
      recordIds.map((recordId) => ({ recordId, properties })),
    );
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== UNUSABLE) throw error;
    return recordIds.map((recordId) => ({ ok: false, recordId, code: error.code, message: error.message }));
  }
}

function isRefusal(result: RowResult): result is Extract<RowResult, { ok: false }> {
  return !result.ok && result.code !== 'hubspot-not-found';
}
