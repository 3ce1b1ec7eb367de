import type { State } from '../state/open-state.ts';
import type { CrmRecord } from '../state/records.ts';
import { invalid } from './hubspot-error.ts';
import type { ObjectKind } from './object-kinds.ts';

/** Finds a record by its id, or by a property that is unique. Throws HubSpot's 400 when the property is not. */
export function findRecord(state: State, kind: ObjectKind, by: { id: string; idProperty?: string | undefined }): CrmRecord | undefined {
  const idProperty = by.idProperty ?? 'hs_object_id';
  if (idProperty === 'hs_object_id') return kind.records(state).get(by.id);
  if (!state.properties.get(`${kind.name}/${idProperty}`)?.hasUniqueValue) {
    throw invalid(`Unable to perform update/upsert by non-unique ${kind.typeId} property ${idProperty}`);
  }
  const value = idProperty === 'email' ? by.id.toLowerCase() : by.id;
  return kind
    .records(state)
    .all()
    .find((record) => record.properties[idProperty] === value);
}
