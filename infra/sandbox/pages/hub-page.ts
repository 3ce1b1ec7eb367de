import type { Sandbox } from '../sandbox.ts';
import type { Call, Provider } from '../state/records.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { ago } from './moments.ts';

const shownCalls = 15;

/** `/`: what is here, who is connected, what the API was asked last. */
export function hubPage(sandbox: Sandbox): string {
  const body = html`<h1>CRM sandbox</h1>
<p class="lead">A HubSpot account and a Slack workspace that live on this machine, so that Leadlight can be installed, used and tried out without an account anywhere. Nothing here reaches the real ones.</p>
<div class="cards" data-live="cards">${cards(sandbox)}</div>
<section><h2>Last API calls</h2><div data-live="calls">${calls(sandbox)}</div></section>
<section><h2>Planted faults</h2><div data-live="faults">${faults(sandbox)}</div></section>
<section><h2>For scripts</h2><ul class="plain">
<li><a href="/state">/state</a>: everything as JSON, without tokens</li>
<li><a href="/faults">/faults</a>: plant failures with POST, clear them with DELETE</li>
</ul>
<form method="post" action="/reset" data-confirm="Put everything back to the seed? Leadlight has to be connected again."><button class="quiet">Reset the sandbox</button></form></section>`;
  return layout({ title: 'CRM sandbox', area: 'hub', body });
}

function cards(sandbox: Sandbox): Html[] {
  const { state } = sandbox;
  const channels = state.channels.all().filter((one) => one.kind === 'public').length;
  return [
    card({
      title: 'HubSpot',
      href: '/hubspot',
      text: `${state.contacts.all().length} contacts, ${state.notes.all().length} notes`,
      more: connection(sandbox, 'hubspot'),
    }),
    card({
      title: 'E-mail campaign',
      href: '/hubspot/campaigns',
      text: 'Write a newsletter with merge tags and open it as a recipient',
      more: null,
    }),
    card({
      title: 'Slack',
      href: '/slack',
      text: `${channels} channels, ${state.messages.all().length} messages`,
      more: connection(sandbox, 'slack'),
    }),
  ];
}

function card(one: { title: string; href: string; text: string; more: Html | null }): Html {
  return html`<article class="card"><h2><a href="${one.href}">${one.title}</a></h2><p>${one.text}</p>${one.more}</article>`;
}

function connection(sandbox: Sandbox, provider: Provider): Html {
  const installation = sandbox.state.installations.get(provider);
  if (!installation) return html`<p class="state off">Leadlight is not installed yet</p>`;
  if (installation.revokedAt !== null)
    return html`<p class="state off">Leadlight was removed ${ago(installation.revokedAt, sandbox.now())}</p>`;
  return html`<p class="state on">Leadlight installed ${ago(installation.installedAt, sandbox.now())}</p>
<form method="post" action="/apps/${provider}/remove" data-confirm="Remove Leadlight from this account?"><button class="quiet small">Remove the app</button></form>`;
}

function calls({ state, now }: Sandbox): Html {
  const last = state.calls.all().slice(-shownCalls).reverse();
  if (last.length === 0) return html`<p class="empty">None yet. Connect HubSpot or Slack in Leadlight under Settings, Integrations.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Last API calls"><table><thead><tr><th>When</th><th>Call</th><th>Answer</th><th class="number">Rows</th><th class="number">ms</th></tr></thead><tbody>${last.map((one) => callRow(one, now()))}</tbody></table></div>`;
}

function callRow(one: Call, now: Date): Html {
  const good = one.error === '' && one.status >= 200 && one.status < 300;
  return html`<tr><td>${ago(one.at, now)}</td><td><code>${one.method} ${one.path}</code></td><td><span class="state ${good ? 'on' : 'off'}">${one.status || 'cut'} ${one.error}</span>${one.fault ? html` <span class="tag">planted: ${one.fault}</span>` : null}</td><td class="number">${one.rows || ''}</td><td class="number">${one.durationMs}</td></tr>`;
}

function faults({ state }: Sandbox): Html {
  const planted = state.faults.all();
  if (planted.length === 0) return html`<p class="empty">None: every call is answered as it should be.</p>`;
  return html`<ul class="plain">${planted.map((one) => html`<li><span class="tag">${one.fault}</span> ${one.provider} ${one.match ? html`<code>${one.match}</code>` : 'any call'}, ${one.timesLeft} left</li>`)}</ul>`;
}
