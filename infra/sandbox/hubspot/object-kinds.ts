import type { Collection } from '../state/collection.ts';
import type { State } from '../state/open-state.ts';
import type { CrmRecord } from '../state/records.ts';

/** One CRM object type. */
export interface ObjectKind {
  readonly name: 'contacts' | 'companies' | 'notes';
  readonly typeId: string;
  /** As error messages name it. */
  readonly title: string;
  readonly firstId: number;
  /** Answered when no properties are asked for. */
  readonly defaults: readonly string[];
  readonly createdProperty: string;
  readonly modifiedProperty: string;
  readonly readScopes: readonly string[];
  readonly writeScopes: readonly string[];
  records(state: State): Collection<CrmRecord>;
}

const contactScopes = { readScopes: ['crm.objects.contacts.read'], writeScopes: ['crm.objects.contacts.write'] };

export const contacts: ObjectKind = {
  name: 'contacts',
  typeId: '0-1',
  title: 'CONTACT',
  firstId: 52001,
  defaults: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
  createdProperty: 'createdate',
  modifiedProperty: 'lastmodifieddate',
  ...contactScopes,
  records: (state) => state.contacts,
};

export const notes: ObjectKind = {
  name: 'notes',
  typeId: '0-46',
  title: 'NOTE',
  firstId: 88001,
  defaults: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
  createdProperty: 'hs_createdate',
  modifiedProperty: 'hs_lastmodifieddate',
  ...contactScopes,
  records: (state) => state.notes,
};

export const companies: ObjectKind = {
  name: 'companies',
  typeId: '0-2',
  title: 'COMPANY',
  firstId: 31001,
  defaults: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
  createdProperty: 'createdate',
  modifiedProperty: 'hs_lastmodifieddate',
  readScopes: ['crm.objects.companies.read'],
  writeScopes: ['crm.objects.companies.write'],
  records: (state) => state.companies,
};
