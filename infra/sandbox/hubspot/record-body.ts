import type { CrmRecord } from '../state/records.ts';
import type { ObjectKind } from './object-kinds.ts';

/** A record as the API answers it: unknown properties are left out, empty ones are null. */
export function recordBody(record: CrmRecord, kind: ObjectKind, asked: readonly string[]): object {
  const names = [...new Set([...(asked.length > 0 ? asked : kind.defaults), ...always(kind)])];
  const properties = Object.fromEntries(names.map((name) => [name, record.properties[name] ?? null]));
  return { id: record.id, properties, createdAt: record.createdAt, updatedAt: record.updatedAt, archived: false };
}

function always(kind: ObjectKind): string[] {
  return [kind.createdProperty, kind.modifiedProperty, 'hs_object_id'];
}

/** `properties=a,b&properties=c` */
export function askedProperties(query: URLSearchParams): string[] {
  return query
    .getAll('properties')
    .flatMap((one) => one.split(','))
    .filter(Boolean);
}
