import { portal } from '../accounts.ts';
import type { Sandbox } from '../sandbox.ts';
import type { CrmRecord, Property } from '../state/records.ts';
import { conflict, type HubSpotError, invalid } from './hubspot-error.ts';
import type { ObjectKind } from './object-kinds.ts';

/** Values as they come in JSON; null or '' empties a property. */
export type GivenValues = Readonly<Record<string, string | number | boolean | null>>;

/** What a write would set: '' empties. */
export type CheckedValues = Readonly<Record<string, string>>;

/** Checks values against the object's properties, as HubSpot does: all problems at once. Throws its 400 or 409. */
export function checkValues(sandbox: Sandbox, kind: ObjectKind, write: { given: GivenValues; recordId: string | null }): CheckedValues {
  const problems: object[] = [];
  const checked: Record<string, string> = {};
  for (const [name, given] of Object.entries(write.given)) {
    const definition = sandbox.state.properties.get(`${kind.name}/${name}`);
    const value = String(given ?? '');
    const result = definition
      ? checkValue(definition, value)
      : { error: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` };
    if ('value' in result) checked[name] = result.value;
    else problems.push({ isValid: false, ...result, name, localizedErrorMessage: result.message, portalId: portal.id });
  }
  if (problems.length > 0) throw invalid(`Property values were not valid: ${JSON.stringify(problems)}`);
  const taken = findTaken(sandbox, kind, { checked, recordId: write.recordId });
  if (taken) throw taken;
  return checked;
}

type Result = { readonly value: string } | { readonly error: string; readonly message: string };

const longestText = 65_536;

function checkValue(definition: Property, value: string): Result {
  if (definition.readOnly)
    return { error: 'READ_ONLY_VALUE', message: `"${definition.name}" is a read only property; its value cannot be set.` };
  if (value === '') return { value };
  if (definition.type === 'enumeration' || definition.type === 'bool') return checkOptions(definition, value);
  if (definition.type === 'number') {
    return /^-?\d+(\.\d+)?$/.test(value) ? { value } : { error: 'INVALID_NUMBER', message: `${value} was not a valid number.` };
  }
  if (definition.type === 'datetime' || definition.type === 'date') return checkMoment(definition.type, value);
  if (value.length > longestText) {
    return { error: 'TOO_LONG', message: `The value is ${value.length} characters long; at most ${longestText} are allowed.` };
  }
  if (definition.name === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) {
    return { error: 'INVALID_EMAIL', message: `Email address ${value} is invalid` };
  }
  return { value: definition.name === 'email' ? value.toLowerCase() : value };
}

function checkOptions(definition: Property, value: string): Result {
  const allowed = definition.options.map((option) => option.value);
  const several = definition.fieldType === 'checkbox' ? value.split(';').filter(Boolean) : [value];
  const wrong = several.find((one) => !allowed.includes(one));
  return wrong === undefined
    ? { value }
    : { error: 'INVALID_OPTION', message: `${wrong} was not one of the allowed options: ${JSON.stringify(allowed)}` };
}

/** Milliseconds or ISO 8601; a `date` has to be midnight UTC. */
function checkMoment(type: 'date' | 'datetime', value: string): Result {
  const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/.test(value);
  const at = /^\d{1,15}$/.test(value) ? Number(value) : iso ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return { error: 'INVALID_DATE', message: `${value} was not a valid ${type}.` };
  if (type === 'datetime') return { value: new Date(at).toISOString() };
  if (at % 86_400_000 !== 0) return { error: 'INVALID_DATE', message: `${value} is not midnight UTC.` };
  return { value: new Date(at).toISOString().slice(0, 10) };
}

function findTaken(
  sandbox: Sandbox,
  kind: ObjectKind,
  { checked, recordId }: { checked: CheckedValues; recordId: string | null },
): HubSpotError | null {
  for (const [name, value] of Object.entries(checked)) {
    if (value === '' || !sandbox.state.properties.get(`${kind.name}/${name}`)?.hasUniqueValue) continue;
    const other = kind
      .records(sandbox.state)
      .all()
      .find((one) => one.properties[name] === value && one.id !== recordId);
    if (!other) continue;
    if (name === 'email') return conflict(`Contact already exists. Existing ID: ${other.id}`);
    return invalid(
      `Cannot set PropertyValueCoordinates{objectTypeId=${kind.typeId}, propertyName=${name}, value=${value}}: ${other.id} already has that value.`,
    );
  }
  return null;
}

/** The record with the values set, and the time of the change. */
export function withValues(record: CrmRecord, values: CheckedValues, now: { at: Date; kind: ObjectKind }): CrmRecord {
  const updatedAt = now.at.toISOString();
  const merged = { ...record.properties, ...values, [now.kind.modifiedProperty]: updatedAt };
  const properties = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
  return { ...record, updatedAt, properties };
}
