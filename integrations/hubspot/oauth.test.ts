import assert from 'node:assert/strict';
import nock from 'nock';
import { Failure } from '#contract/failure.ts';
import { connectHubspot } from '../testing/hubspot-connector.ts';
import { fakeTheNetworksEdge } from '../testing/network-edge.ts';
import { HUBSPOT_SCOPES } from './scopes.ts';

const API = 'https://api.hubapi.com';
const TOKEN_PATH = '/oauth/2026-09/token';
const exchange = { code: 'one-time', codeVerifier: 'verifier', redirectUri: 'https://leadlight.example.com/callback' };
const answer = {
  access_token: 'CN-new',
  refresh_token: 'eu1-refresh',
  expires_in: 1800,
  token_type: 'bearer',
  hub_id: 4815162,
  scopes: ['oauth'],
};

async function failureOf(promise: Promise<unknown> | undefined): Promise<Failure> {
  const error = await promise?.catch((reason: unknown) => reason);
  assert.ok(error instanceof Failure, String(error));
  return error;
}

describe('connecting HubSpot', () => {
  fakeTheNetworksEdge();

  it('sends the person to the consent page with PKCE, the state and every scope', () => {
    const url = connectHubspot().oauth.consentUrl({ state: 'st&te', codeChallenge: 'challenge', redirectUri: exchange.redirectUri });
    const { origin, pathname, searchParams } = new URL(url);
    assert.equal(origin + pathname, 'https://app.hubspot.com/oauth/authorize');
    assert.deepEqual(Object.fromEntries(searchParams), {
      client_id: 'client-id',
      redirect_uri: exchange.redirectUri,
      scope: HUBSPOT_SCOPES.join(' '),
      state: 'st&te',
      code_challenge: 'challenge',
      code_challenge_method: 'S256',
    });
    assert.ok(!url.includes('+'), 'HubSpot splits scopes at %20 only');
  });

  it('exchanges the code, and learns whose account it is', async () => {
    const form = { grant_type: 'authorization_code', code: 'one-time', code_verifier: 'verifier', client_secret: 'client-secret' };
    nock(API)
      .post(TOKEN_PATH, (body) => Object.entries(form).every(([key, value]) => body[key] === value))
      .reply(200, answer)
      .get('/account-info/2026-09/details')
      .matchHeader('authorization', 'Bearer CN-new')
      .reply(200, { portalId: 4815162, uiDomain: 'app-eu1.hubspot.com' })
      .post(`${TOKEN_PATH}/introspect`)
      .reply(200, { active: true, hub_domain: 'northwind.example' });
    assert.deepEqual(await connectHubspot().oauth.exchange(exchange), {
      tokens: { accessToken: 'CN-new', refreshToken: 'eu1-refresh', expiresAt: new Date('2026-11-03T14:35:00.000Z') },
      account: { id: '4815162', name: 'northwind.example', url: 'https://app-eu1.hubspot.com/contacts/4815162' },
      scopes: ['oauth'],
    });
  });

  it('connects although the name of the account cannot be read', async () => {
    nock(API).post(TOKEN_PATH).reply(200, answer).post(`${TOKEN_PATH}/introspect`).reply(503, 'down');
    nock(API).get('/account-info/2026-09/details').reply(200, { portalId: 4815162, uiDomain: 'evil.example/x' });
    const { account } = await connectHubspot().oauth.exchange(exchange);
    assert.deepEqual(account, { id: '4815162', name: 'HubSpot account 4815162', url: 'https://app.hubspot.com/contacts/4815162' });
  });

  it('opens records where people see HubSpot, in a local installation', async () => {
    nock('http://localhost:4002').post(TOKEN_PATH).reply(200, answer).post(`${TOKEN_PATH}/introspect`).reply(200, { active: false });
    nock('http://localhost:4002').get('/account-info/2026-09/details').reply(200, { portalId: 1, uiDomain: 'localhost:4002' });
    const { oauth } = connectHubspot({ HUBSPOT_API_URL: 'http://localhost:4002/', HUBSPOT_APP_URL: 'http://localhost:4002/' });
    assert.equal((await oauth.exchange(exchange)).account.url, 'http://localhost:4002/contacts/1');
  });

  it('asks to start again when the code is used up', async () => {
    nock(API).post(TOKEN_PATH).reply(400, { error: 'invalid_grant', status: 'BAD_AUTH_CODE', message: 'unknown auth code' });
    const { kind, code } = await failureOf(connectHubspot().oauth.exchange(exchange));
    assert.deepEqual([kind, code], ['vendorRefused', 'hubspot-code-refused']);
  });
});

describe("renewing HubSpot's access token", () => {
  fakeTheNetworksEdge();

  async function refreshFailure(status: number, body: nock.Body, headers: Record<string, string> = {}): Promise<Failure> {
    nock(API).post(TOKEN_PATH).reply(status, body, headers);
    return failureOf(connectHubspot().oauth.refresh?.('eu1-old'));
  }

  it('keeps the new refresh token', async () => {
    nock(API)
      .post(TOKEN_PATH, /grant_type=refresh_token&refresh_token=eu1-old/)
      .reply(200, { ...answer, refresh_token: 'eu1-rotated' });
    assert.equal((await connectHubspot().oauth.refresh?.('eu1-old'))?.refreshToken, 'eu1-rotated');
  });

  it('keeps the old refresh token when HubSpot names none', async () => {
    nock(API).post(TOKEN_PATH).reply(200, { access_token: 'CN-new', expires_in: 1800 });
    assert.equal((await connectHubspot().oauth.refresh?.('eu1-old'))?.refreshToken, 'eu1-old');
  });

  const gone = [
    { error: 'invalid_grant', status: 'BAD_REFRESH_TOKEN' },
    { status: 'BAD_REFRESH_TOKEN', message: 'missing or invalid refresh token' },
    { status: 'BAD_HUB' },
    { error: 'access_denied' },
  ];
  for (const body of gone) {
    it(`believes that the grant is gone after ${JSON.stringify(body)}`, async () => {
      assert.equal((await refreshFailure(400, body)).kind, 'grantLost');
    });
  }

  const misconfigured: readonly [number, nock.Body][] = [
    [400, { error: 'invalid_client', status: 'BAD_CLIENT_SECRET' }],
    [401, { error: 'invalid_client' }],
    [403, 'forbidden by the proxy'],
    [404, { message: 'no such path' }],
  ];
  for (const [status, body] of misconfigured) {
    it(`blames our own app, and not the customer, after ${status} ${JSON.stringify(body)}`, async () => {
      const { kind, code, message } = await refreshFailure(status, body);
      assert.deepEqual([kind, code], ['vendorRefused', 'hubspot-app-refused']);
      assert.match(message, /HUBSPOT_CLIENT_SECRET/);
    });
  }

  for (const status of [423, 429, 477, 500, 503]) {
    it(`tries again later after ${status}`, async () => {
      const { kind, retryAfterMs } = await refreshFailure(status, {}, { 'retry-after': '30' });
      assert.deepEqual([kind, retryAfterMs], ['vendorBusy', 30_000]);
    });
  }

  it('tries again later when the network fails', async () => {
    nock(API)
      .post(TOKEN_PATH)
      .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    assert.equal((await failureOf(connectHubspot().oauth.refresh?.('eu1-old'))).kind, 'vendorBusy');
  });
});

describe('giving a HubSpot connection back', () => {
  fakeTheNetworksEdge();
  const tokens = { accessToken: 'CN-old', refreshToken: 'eu1-old', expiresAt: null };

  it('uninstalls the app and revokes the refresh token', async () => {
    const scope = nock(API)
      .delete('/appinstalls/2026-09/external-install')
      .matchHeader('authorization', 'Bearer CN-old')
      .reply(204)
      .post(`${TOKEN_PATH}/revoke`, /token=eu1-old&token_type_hint=refresh_token/)
      .reply(200);
    await connectHubspot().oauth.revoke(tokens);
    assert.ok(scope.isDone());
  });

  it('is fine with a grant that HubSpot does not know', async () => {
    nock(API)
      .delete(/external-install/)
      .reply(401, {})
      .post(/revoke/)
      .reply(400, { status: 'BAD_TOKEN' });
    await connectHubspot().oauth.revoke(tokens);
  });

  it('revokes the token although the uninstallation has to wait', async () => {
    const scope = nock(API)
      .delete(/external-install/)
      .reply(503)
      .post(/revoke/)
      .reply(200);
    assert.equal((await failureOf(connectHubspot().oauth.revoke(tokens))).kind, 'vendorBusy');
    assert.ok(scope.isDone());
  });
});
