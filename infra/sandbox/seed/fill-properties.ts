import { ownerName, staff } from '../accounts.ts';
import type { State } from '../state/open-state.ts';
import type { Property } from '../state/records.ts';

const seededAt = '2026-01-05T09:00:00.000Z';

const subjects = { contacts: 'contact', companies: 'company', notes: 'note' } as const;
type ObjectType = keyof typeof subjects;

type Row = readonly [name: string, label: string, type: Property['type'], fieldType: string];
interface Extras {
  readonly readOnly?: boolean;
  readonly unique?: boolean;
  readonly options?: readonly (readonly [value: string, label: string])[];
}

const stages = [
  ['subscriber', 'Subscriber'],
  ['lead', 'Lead'],
  ['marketingqualifiedlead', 'Marketing Qualified Lead'],
  ['salesqualifiedlead', 'Sales Qualified Lead'],
  ['opportunity', 'Opportunity'],
  ['customer', 'Customer'],
  ['evangelist', 'Evangelist'],
  ['other', 'Other'],
] as const;

/** The properties every account has from the start: those of HubSpot's that the sandbox uses. */
export function fillProperties(state: State): void {
  for (const [objectType, subject] of Object.entries(subjects)) {
    const label = `${subject[0]?.toUpperCase()}${subject.slice(1)} information`;
    state.groups.put({ objectType, name: `${subject}information`, label, displayOrder: 0 });
  }
  const owners = staff.map((one) => [one.ownerId, ownerName(one.ownerId)] as const);
  const add = (objectType: ObjectType, row: Row, extras: Extras = {}) => state.properties.put(definition(objectType, row, extras));

  add('contacts', ['firstname', 'First name', 'string', 'text']);
  add('contacts', ['lastname', 'Last name', 'string', 'text']);
  add('contacts', ['email', 'Email', 'string', 'text'], { unique: true });
  add('contacts', ['phone', 'Phone number', 'string', 'phonenumber']);
  add('contacts', ['company', 'Company name', 'string', 'text']);
  add('contacts', ['jobtitle', 'Job title', 'string', 'text']);
  add('contacts', ['city', 'City', 'string', 'text']);
  add('contacts', ['website', 'Website URL', 'string', 'text']);
  add('contacts', ['lifecyclestage', 'Lifecycle stage', 'enumeration', 'radio'], { options: stages });
  add('contacts', ['hubspot_owner_id', 'Contact owner', 'enumeration', 'select'], { options: owners });
  add('contacts', ['hs_additional_emails', 'Additional email addresses', 'enumeration', 'checkbox'], { readOnly: true });
  add('contacts', ['hs_merged_object_ids', 'Merged record IDs', 'enumeration', 'checkbox'], { readOnly: true });
  add('companies', ['name', 'Company name', 'string', 'text']);
  add('companies', ['domain', 'Company domain name', 'string', 'text']);
  add('companies', ['industry', 'Industry', 'string', 'text']);
  add('companies', ['city', 'City', 'string', 'text']);
  add('notes', ['hs_timestamp', 'Activity date', 'datetime', 'date']);
  add('notes', ['hs_note_body', 'Note body', 'string', 'html']);
  add('notes', ['hs_attachment_ids', 'Attached file IDs', 'string', 'text']);
  add('notes', ['hubspot_owner_id', 'Activity assigned to', 'enumeration', 'select'], { options: owners });
  for (const [objectType, created, modified] of [
    ['contacts', 'createdate', 'lastmodifieddate'],
    ['companies', 'createdate', 'hs_lastmodifieddate'],
    ['notes', 'hs_createdate', 'hs_lastmodifieddate'],
  ] as const) {
    add(objectType, [created, 'Create date', 'datetime', 'date'], { readOnly: true });
    add(objectType, [modified, 'Last modified date', 'datetime', 'date'], { readOnly: true });
    add(objectType, ['hs_object_id', 'Record ID', 'number', 'number'], { readOnly: true, unique: true });
  }
}

function definition(objectType: ObjectType, [name, label, type, fieldType]: Row, extras: Extras): Property {
  const options = (extras.options ?? []).map(([value, text], displayOrder) => ({ value, label: text, displayOrder, hidden: false }));
  const groupName = `${subjects[objectType]}information`;
  const flags = {
    hasUniqueValue: extras.unique ?? false,
    readOnly: extras.readOnly ?? false,
    formField: false,
    hidden: false,
    hubspotDefined: true,
  };
  const times = { createdAt: seededAt, updatedAt: seededAt };
  return { objectType, name, label, groupName, type, fieldType, description: '', options, displayOrder: -1, ...flags, ...times };
}
