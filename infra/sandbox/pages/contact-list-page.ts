import { ownerName, portal } from '../accounts.ts';
import type { Sandbox } from '../sandbox.ts';
import type { CrmRecord } from '../state/records.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

const searched = ['firstname', 'lastname', 'email', 'company', 'jobtitle'] as const;

/** `/hubspot`: the contacts of the account, best score first, then by company. */
export function contactListPage(sandbox: Sandbox, query: string): string {
  const found = sandbox.state.contacts
    .all()
    .filter((one) => fits(one, query))
    .sort(byScoreThenCompany);
  const body = html`<h1>Contacts</h1><p class="lead">${portal.name}, portal ${portal.id}</p>
<form class="search" method="get" action="/hubspot" role="search"><label class="visually-hidden" for="q">Search contacts</label><input id="q" name="q" type="search" value="${query}" placeholder="Name, e-mail or company"><button>Search</button></form>
<div data-live="contacts">${found.length === 0 ? html`<p class="empty">No contact fits “${query}”. <a href="/hubspot">Show all</a></p>` : table(found)}</div>`;
  return layout({ title: 'Contacts', area: 'hubspot', body });
}

function fits(contact: CrmRecord, query: string): boolean {
  const text = searched
    .map((name) => contact.properties[name] ?? '')
    .join(' ')
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function scoreOf(contact: CrmRecord): number {
  return Number(contact.properties.leadlight_intent_score ?? -1);
}

function byScoreThenCompany(left: CrmRecord, right: CrmRecord): number {
  const company = (one: CrmRecord) => `${one.properties.company ?? ''} ${one.id}`;
  return scoreOf(right) - scoreOf(left) || company(left).localeCompare(company(right));
}

function table(contacts: readonly CrmRecord[]): Html {
  return html`<table class="people"><thead><tr><th>Name</th><th>Company</th><th>E-mail</th><th>Stage</th><th>Owner</th><th class="number">Leadlight</th></tr></thead><tbody>${contacts.map(row)}</tbody></table>
<p class="fine">${contacts.length} contact${contacts.length === 1 ? '' : 's'}</p>`;
}

function row(contact: CrmRecord): Html {
  const {
    firstname = '',
    lastname = '',
    company = '',
    email = '',
    jobtitle = '',
    lifecyclestage = '',
    hubspot_owner_id = '',
  } = contact.properties;
  const score = scoreOf(contact);
  return html`<tr><td data-label="Name"><a href="/hubspot/contacts/${contact.id}">${firstname} ${lastname}</a><br><small>${jobtitle}</small></td><td data-label="Company">${company}</td><td data-label="E-mail" class="break">${email}</td><td data-label="Stage">${stageName(lifecyclestage)}</td><td data-label="Owner">${ownerName(hubspot_owner_id)}</td><td data-label="Leadlight" class="number">${score >= 0 ? html`<strong>${score}</strong>` : html`<span class="fine">none</span>`}</td></tr>`;
}

const stages: Readonly<Record<string, string>> = { marketingqualifiedlead: 'Marketing qualified', salesqualifiedlead: 'Sales qualified' };

export function stageName(value: string): string {
  return stages[value] ?? `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`;
}
