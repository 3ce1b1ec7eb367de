import { staff } from '../accounts.ts';
import type { State } from '../state/open-state.ts';
import type { CrmRecord } from '../state/records.ts';
import { type SampleCompany, sampleCompanies } from './people.ts';

const firstCompanyId = 30101;
const firstContactId = 51001;
/** Sample contacts were made a few hours apart from this moment on. */
const firstCreatedAt = Date.UTC(2026, 7, 3, 8, 12, 0);
const hoursApart = 41;

/** The sample customers, always the same. */
export function fillCrm(state: State): void {
  for (const [index, company] of sampleCompanies.entries()) {
    state.companies.put(companyRecord(company, String(firstCompanyId + index)));
    for (const line of company.people) {
      const count = state.contacts.all().length;
      state.contacts.put(contactRecord(company, line, count));
    }
  }
}

function companyRecord(company: SampleCompany, id: string): CrmRecord {
  const createdAt = new Date(firstCreatedAt).toISOString();
  const { name, domain, industry, city } = company;
  return { id, createdAt, updatedAt: createdAt, contactIds: [], properties: { name, domain, industry, city, hs_object_id: id } };
}

function contactRecord(company: SampleCompany, line: string, count: number): CrmRecord {
  const [firstname = '', lastname = '', jobtitle = '', lifecyclestage = ''] = line.split('|');
  const id = String(firstContactId + count);
  const createdAt = new Date(firstCreatedAt + count * hoursApart * 3_600_000).toISOString();
  const hubspot_owner_id = staff[count % 3]?.ownerId ?? staff[0].ownerId;
  const email = `${mailName(firstname)}.${mailName(lastname)}@${company.domain}`;
  const properties = { firstname, lastname, email, company: company.name, jobtitle, lifecyclestage, city: company.city, hubspot_owner_id };
  const system = { hs_object_id: id, createdate: createdAt, lastmodifieddate: createdAt };
  return { id, createdAt, updatedAt: createdAt, contactIds: [], properties: { ...properties, ...system } };
}

function mailName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}
