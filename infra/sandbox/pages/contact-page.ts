import { ownerName, portal } from '../accounts.ts';
import type { Sandbox } from '../sandbox.ts';
import type { CrmRecord, Property } from '../state/records.ts';
import { stageName } from './contact-list-page.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { leadlightCard } from './leadlight-card.ts';
import { ago, moment } from './moments.ts';
import { sanitise } from './sanitise.ts';

const about = ['email', 'phone', 'company', 'jobtitle', 'city', 'lifecyclestage', 'hubspot_owner_id'];

/** `/hubspot/contacts/:id`: the record as a rep sees it, renewed while a visit goes on. */
export function contactPage(sandbox: Sandbox, contact: CrmRecord): string {
  const { firstname = '', lastname = '', jobtitle = '', company = '' } = contact.properties;
  const name = `${firstname} ${lastname}`.trim() || (contact.properties.email ?? contact.id);
  const body = html`<p class="back"><a href="/hubspot">Contacts</a></p>
<header class="person"><h1>${name}</h1><p class="fine">${[jobtitle, company].filter(Boolean).join(', ')} · record ${contact.id} in portal ${portal.id}</p></header>
<div class="record">
<aside aria-label="Properties">
<div class="panel" data-live="about"><h2>About this contact</h2><dl>${about.map((each) => aboutLine(sandbox, contact, each))}</dl></div>
<div class="panel" data-live="leadlight-properties">${leadlightProperties(sandbox, contact)}</div>
</aside>
<section aria-label="Activity" class="activity" data-live="activity"><h2>Activity</h2>${timeline(sandbox, contact)}</section>
<aside aria-label="Leadlight"><div class="panel leadlight" data-live="card"><h2>Leadlight</h2>${leadlightCard(sandbox, contact)}</div></aside>
</div>`;
  return layout({ title: name, area: 'hubspot', body });
}

function aboutLine({ state }: Sandbox, contact: CrmRecord, name: string): Html {
  const value = contact.properties[name] ?? '';
  const shown = name === 'hubspot_owner_id' ? ownerName(value) : name === 'lifecyclestage' ? stageName(value) : value;
  return html`<div><dt>${state.properties.get(`contacts/${name}`)?.label ?? name}</dt><dd>${shown || html`<span class="fine">empty</span>`}</dd></div>`;
}

function leadlightProperties({ state }: Sandbox, contact: CrmRecord): Html {
  const group = state.groups.get('contacts/leadlight');
  const properties = state.properties.all().filter((one) => one.objectType === 'contacts' && one.groupName === 'leadlight');
  if (!group || properties.length === 0)
    return html`<h2>Leadlight properties</h2><p class="empty">Leadlight has made no properties yet. They appear once it is connected.</p>`;
  return html`<h2>${group.label}</h2><dl>${properties.map((one) => html`<div><dt title="${one.name}">${one.label}</dt><dd>${shownValue(one, contact.properties[one.name] ?? '')}</dd></div>`)}</dl>`;
}

function shownValue(property: Property, value: string): Html {
  if (value === '') return html`<span class="fine">empty</span>`;
  if (property.type === 'datetime') return moment(value);
  if (/^https?:\/\/\S+$/.test(value)) return html`<a href="${value}" target="_blank" rel="noopener" class="break">${value}</a>`;
  return html`<span class="lines">${property.options.find((one) => one.value === value)?.label ?? value}</span>`;
}

function timeline({ state, now }: Sandbox, contact: CrmRecord): Html {
  const at = (note: CrmRecord) => note.properties.hs_timestamp ?? note.createdAt;
  const notes = state.notes.all().filter((one) => one.contactIds.includes(contact.id));
  const newestFirst = notes.sort((left, right) => at(right).localeCompare(at(left)) || Number(right.id) - Number(left.id));
  const entries = newestFirst.map((note) => {
    const wasEdited = note.updatedAt !== note.createdAt;
    return html`<article class="panel" id="note-${note.id}"><header><strong>Note</strong> by Leadlight <span class="fine">${ago(at(note), now())}${wasEdited ? html`, edited ${ago(note.updatedAt, now())}` : null}</span></header><div class="note">${sanitise(note.properties.hs_note_body ?? '')}</div></article>`;
  });
  return html`${entries}<article class="panel quiet"><header>Contact created <span class="fine">${moment(contact.createdAt)}</span></header></article>`;
}
