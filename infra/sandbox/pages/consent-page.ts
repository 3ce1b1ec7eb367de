import { portal, staff, team } from '../accounts.ts';
import { hubspotScopes } from '../hubspot/scopes.ts';
import type { ConsentRequest } from '../oauth/consent-request.ts';
import { slackScopes } from '../slack/scopes.ts';
import { type Html, html } from './html.ts';
import { documentOf } from './layout.ts';

/** Where HubSpot asks an admin whether Leadlight may be installed. `query` goes back with the answer. */
export function hubspotConsentPage(request: ConsentRequest, query: string): string {
  const choice = html`<fieldset><legend>Account</legend>
<label class="choice"><input type="radio" name="portal" value="${portal.id}" checked> <span><strong>${portal.name}</strong><br><small>portal ${portal.id}, signed in as ${portal.userEmail}</small></span></label>
</fieldset>`;
  const groups = [
    { title: 'This app would like to:', lines: request.scopes.map((scope) => [scope, hubspotScopes.get(scope) ?? scope] as const) },
  ];
  return consent({
    provider: 'HubSpot',
    action: '/oauth/authorize',
    query,
    choice,
    groups,
    agree: 'Connect app',
    back: request.redirectUri,
  });
}

/** Where Slack asks a member whether Leadlight may be added to the workspace. */
export function slackConsentPage(request: ConsentRequest, query: string): string {
  const words = (scopes: readonly string[]) => scopes.map((scope) => [scope, slackScopes.get(scope) ?? scope] as const);
  const choice = html`<p class="account"><strong>${team.name}</strong><br><small>${team.domain}.slack.com, signed in as ${staff[0].first} ${staff[0].last}</small></p>`;
  const groups = [
    { title: 'Leadlight will be able to:', lines: words(request.scopes) },
    { title: 'On your behalf, Leadlight will be able to:', lines: words(request.userScopes) },
  ];
  return consent({ provider: 'Slack', action: '/oauth/v2/authorize', query, choice, groups, agree: 'Allow', back: request.redirectUri });
}

interface Consent {
  readonly provider: string;
  readonly action: string;
  readonly query: string;
  readonly choice: Html;
  readonly groups: readonly { title: string; lines: readonly (readonly [scope: string, words: string])[] }[];
  readonly agree: string;
  readonly back: string;
}

function consent(one: Consent): string {
  const groups = one.groups
    .filter((group) => group.lines.length > 0)
    .map(
      (group) =>
        html`<h2>${group.title}</h2><ul class="scopes">${group.lines.map(([scope, words]) => html`<li>${words}<br><code>${scope}</code></li>`)}</ul>`,
    );
  const body = html`<main class="lone consent">
<p><span class="badge">Sandbox</span> in place of ${one.provider}</p>
<h1>Connect Leadlight to ${one.provider}</h1>
<form method="post" action="${one.action}">
<input type="hidden" name="request" value="${one.query}">
${one.choice}
${groups}
<p class="fine">You will go back to ${new URL(one.back).host}. You can remove the app at any time from the sandbox's overview.</p>
<div class="answers"><button name="answer" value="connect">${one.agree}</button><button name="answer" value="cancel" class="quiet">Cancel</button></div>
</form>
</main>`;
  return documentOf(`Connect Leadlight · ${one.provider} sandbox`, body);
}
