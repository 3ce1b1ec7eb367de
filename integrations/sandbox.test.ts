import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Connector, Grant, InboxEvent, SignedRequest } from '#contract/connector.ts';
import { type RunningSandbox, startSandbox } from '#infra/sandbox/start-sandbox.ts';
import { connectorDefinitions } from './index.ts';
import { recordingTools } from './testing/connector-tools.ts';
import { aContact, anAlert, aSession } from './testing/snapshots.ts';

const redirectUri = 'http://localhost:4000/v1/integrations/callback';
const codeVerifier = 'a-verifier-that-is-long-enough-for-the-rules-of-pkce';
const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');

/** Our side of Slack's request URL: hands what comes in to the connector. */
async function startInbox(receive: (request: SignedRequest) => Promise<number>) {
  const server = createServer(async (req, res) => {
    const rawBody = await buffer(req);
    const headers = Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, [value].flat().join()]));
    const status = await receive({ method: 'POST', url: 'http://localhost/v1/inbox/slack', headers, rawBody });
    res.writeHead(status).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  return { url: `http://127.0.0.1:${address.port}/v1/inbox/slack`, close: () => void server.close() };
}

describe('the connectors against the sandbox', () => {
  const heard: InboxEvent[] = [];
  const connectors = new Map<string, Connector>();
  let sandbox: RunningSandbox;
  let inbox: Awaited<ReturnType<typeof startInbox>>;

  before(async () => {
    const accept = async (event: InboxEvent) => void heard.push(event);
    inbox = await startInbox(async (request) => (await connectors.get('slack')?.inbox?.receive(request, { accept }))?.status ?? 500);
    const app = { clientId: 'id', clientSecret: 'secret', redirectUris: [redirectUri] };
    const slackApp = { ...app, signingSecret: 'signing', requestUrl: inbox.url };
    sandbox = await startSandbox({ port: 0, dataFile: null, hubspot: app, slack: slackApp, demoSiteUrl: 'http://localhost:4001' });
    const { url } = sandbox;
    const env = {
      ...{ HUBSPOT_CLIENT_ID: 'id', HUBSPOT_CLIENT_SECRET: 'secret', HUBSPOT_API_URL: url, HUBSPOT_APP_URL: url },
      ...{ SLACK_CLIENT_ID: 'id', SLACK_CLIENT_SECRET: 'secret', SLACK_SIGNING_SECRET: 'signing' },
      ...{ SLACK_API_URL: `${url}/api/`, SLACK_AUTHORIZE_URL: `${url}/oauth/v2/authorize` },
    };
    // The sandbox lives in the present, and so does what it signs.
    for (const definition of connectorDefinitions) {
      const connector = definition.connect(definition.env.parse(env), recordingTools(new Date()));
      if (connector) connectors.set(connector.id, connector);
    }
  });
  after(async () => {
    inbox.close();
    await sandbox.close();
  });

  /** A person agrees on the consent page. */
  async function install(id: string): Promise<{ connector: Connector; grant: Grant }> {
    const connector = connectors.get(id);
    assert.ok(connector?.oauth);
    const consent = new URL(connector.oauth.consentUrl({ state: 'state', codeChallenge, redirectUri }));
    const body = new URLSearchParams({ answer: 'connect', request: consent.search.slice(1) });
    const headers = { origin: consent.origin };
    const answer = await fetch(consent.origin + consent.pathname, { method: 'POST', headers, body, redirect: 'manual' });
    const code = new URL(answer.headers.get('location') ?? 'about:blank').searchParams.get('code') ?? '';
    const { tokens, account, scopes } = await connector.oauth.exchange({ code, codeVerifier, redirectUri });
    return { connector, grant: { accessToken: tokens.accessToken, account, scopes } };
  }

  async function post(path: string, body: BodyInit, type?: string): Promise<void> {
    const headers = { origin: sandbox.url, accept: 'application/json', ...(type === undefined ? {} : { 'content-type': type }) };
    const answer = await fetch(sandbox.url + path, { method: 'POST', headers, body });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
  }

  const cutAfter = (provider: string, match: string) =>
    post('/faults', JSON.stringify({ provider, match, fault: 'cut-after' }), 'application/json');

  it('fill a HubSpot account, and leave one note where the first try was cut', async () => {
    const { connector, grant } = await install('hubspot');
    const { crm } = connector;
    assert.ok(crm);
    assert.equal((await crm.prepare(grant)).created.length, 11);
    const { contacts } = await crm.importContacts(grant, null);
    const [first] = contacts;
    assert.ok(first);
    const { recordId } = first;
    assert.ok((await crm.writeLinkTokens(grant, [{ recordId, linkToken: 'tok_0123456789abcdef' }])).every(({ ok }) => ok));
    assert.deepEqual(await crm.pushContacts(grant, [aContact({ recordId })]), [{ ok: true, recordId }]);
    await cutAfter('hubspot', 'POST /crm/objects/2026-09/notes');
    await assert.rejects(crm.pushSessions(grant, [aSession({ recordId })]), { kind: 'vendorBusy' });
    const again = await crm.pushSessions(grant, [aSession({ recordId, mayExist: true })]);
    assert.deepEqual(await crm.pushSessions(grant, [aSession({ recordId, mayExist: true })]), again);
    await crm.erase(grant, [recordId]);
    const erased = (await crm.importContacts(grant, null)).contacts.find((contact) => contact.recordId === recordId);
    assert.equal(erased?.linkToken, null);
  });

  it('announce once in Slack where the first try was cut, and hear when it is over', async () => {
    const { connector, grant } = await install('slack');
    const { alerts } = connector;
    assert.ok(alerts);
    const channelId = (await alerts.channels(grant)).find(({ name }) => name === 'sales')?.id ?? '';
    const alert = anAlert();
    const triedSince = new Date();
    await cutAfter('slack', 'chat.postMessage');
    await assert.rejects(alerts.announce(grant, { channelId, alert, mayExist: false, triedSince: null }), { kind: 'vendorBusy' });
    const ref = await alerts.announce(grant, { channelId, alert, mayExist: true, triedSince });
    assert.equal(await alerts.announce(grant, { channelId, alert, mayExist: true, triedSince }), ref);
    await alerts.update(grant, { ref, alert: { ...alert, live: false } });
    await post('/apps/slack/remove', '');
    assert.ok(heard.some((event) => event.kind === 'grant.revoked' && event.accountId === grant.account.id));
    await assert.rejects(alerts.channels(grant), { kind: 'grantLost' });
  });
});
