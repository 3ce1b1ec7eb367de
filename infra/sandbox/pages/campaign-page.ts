import type { Sandbox } from '../sandbox.ts';
import { defaultTemplate } from '../seed/default-template.ts';
import type { CrmRecord } from '../state/records.ts';
import { type Html, html } from './html.ts';
import { documentOf, layout } from './layout.ts';
import { fillTokens, namedProperties, renderEmail } from './render-template.ts';

export interface Campaign {
  readonly subject: string;
  readonly body: string;
}

/** The template as saved, or the one that comes with the sandbox. */
function currentCampaign(sandbox: Sandbox): Campaign {
  return sandbox.state.templates.get('campaign') ?? defaultTemplate(sandbox.options.demoSiteUrl);
}

/** `/hubspot/campaigns`: write the newsletter, and open it as one of the recipients. */
export function campaignPage(sandbox: Sandbox, wish: { contactId: string; saved: boolean }): string {
  const campaign = currentCampaign(sandbox);
  const contacts = sandbox.state.contacts.all().sort((left, right) => nameOf(left).localeCompare(nameOf(right)));
  const recipient = sandbox.state.contacts.get(wish.contactId) ?? sandbox.state.contacts.get('51001') ?? contacts[0];
  const body = html`<h1>E-mail campaign</h1>
<p class="lead">Every recipient gets their own values in place of the tokens. Paste a merge-tag link from Leadlight as it is, braces and all.</p>
<div class="campaign">
<form method="post" action="/hubspot/campaigns" class="panel">
<h2>Template</h2>
${wish.saved ? html`<p class="state on" role="status">Saved</p>` : null}
<input type="hidden" name="contact" value="${recipient?.id ?? ''}">
<label>Subject<input name="subject" value="${campaign.subject}" maxlength="500" required></label>
<label>Text (HTML is fine)<textarea name="body" rows="14" maxlength="50000" required spellcheck="false">${campaign.body}</textarea></label>
<div class="answers"><button>Save template</button><button class="quiet" name="restore" value="yes" formnovalidate>Restore the original</button></div>
</form>
<section class="panel" aria-label="Preview">${recipient ? preview(campaign, { contacts, recipient }) : html`<p class="empty">There is no contact to send to.</p>`}</section>
</div>`;
  return layout({ title: 'E-mail campaign', area: 'campaigns', body });
}

function nameOf(contact: CrmRecord): string {
  return `${contact.properties.firstname ?? ''} ${contact.properties.lastname ?? ''}`.trim() || (contact.properties.email ?? contact.id);
}

function preview(campaign: Campaign, { contacts, recipient }: { contacts: readonly CrmRecord[]; recipient: CrmRecord }): Html {
  const address = `/hubspot/campaigns/preview?contact=${recipient.id}`;
  const options = contacts.map(
    (one) =>
      html`<option value="${one.id}" ${one.id === recipient.id ? html`selected` : null}>${nameOf(one)}, ${one.properties.company ?? ''}</option>`,
  );
  return html`<h2>As the recipient gets it</h2>
<form method="get" action="/hubspot/campaigns" class="row" data-submit-on-change><label for="contact">Recipient</label><select id="contact" name="contact">${options}</select><button class="quiet">Show</button></form>
<div data-live="missing">${missing(campaign, recipient)}</div>
<iframe title="E-mail to ${nameOf(recipient)}" src="${address}"></iframe>
<p><a href="${address}" target="_blank" rel="noopener">Open the e-mail in its own tab</a></p>`;
}

function missing(campaign: Campaign, recipient: CrmRecord): Html | null {
  const empty = namedProperties(`${campaign.subject} ${campaign.body}`).filter((name) => !recipient.properties[name]);
  if (empty.length === 0) return null;
  return html`<p class="notice">Empty for this recipient: ${empty.map((name) => html`<code>contact.${name}</code> `)}</p>`;
}

/** The rendered e-mail, alone on its page. */
export function emailPage(sandbox: Sandbox, contact: CrmRecord): string {
  const campaign = currentCampaign(sandbox);
  const subject = fillTokens(campaign.subject, contact);
  const head = html`<header><p><span class="badge">Sandbox</span> e-mail</p><h1>${subject}</h1><p class="fine">From Ben Castellano &lt;ben.castellano@northwind-robotics.example&gt;<br>To ${nameOf(contact)} &lt;${contact.properties.email ?? ''}&gt;</p></header>`;
  return documentOf(
    subject,
    html`<main class="email" aria-label="E-mail">${head}<article>${renderEmail(campaign.body, contact)}</article></main>`,
  );
}
