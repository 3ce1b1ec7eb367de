import assert from 'node:assert/strict';
import nock from 'nock';
import { SLACK_ORIGIN } from '../testing/fake-slack.ts';
import { fakeTheNetworksEdge } from '../testing/network-edge.ts';
import { connectSlack } from '../testing/slack-connector.ts';
import { SLACK_SCOPES } from './scopes.ts';

const ACCESS = '/api/oauth.v2.access';
const exchange = { code: 'one-time', codeVerifier: 'verifier', redirectUri: 'https://leadlight.example.com/callback' };
const answer = {
  ok: true,
  access_token: 'xoxb-new',
  token_type: 'bot',
  scope: 'chat:write,channels:read',
  team: { id: 'T0NORTHWIND', name: 'Northwind' },
  enterprise: null,
  is_enterprise_install: false,
};

describe('connecting Slack', () => {
  fakeTheNetworksEdge();

  it('sends the person to the consent page with the state and every scope', () => {
    const url = new URL(connectSlack().oauth.consentUrl({ state: 'state', codeChallenge: 'challenge', redirectUri: exchange.redirectUri }));
    assert.equal(url.origin + url.pathname, 'https://slack.com/oauth/v2/authorize');
    const expected = { client_id: 'client-id', scope: SLACK_SCOPES.join(','), redirect_uri: exchange.redirectUri, state: 'state' };
    assert.deepEqual(Object.fromEntries(url.searchParams), expected);
  });

  it('exchanges the code for a token that does not expire', async () => {
    nock(SLACK_ORIGIN)
      .post(ACCESS, /code=one-time&redirect_uri=.*&client_id=client-id&client_secret=client-secret$/)
      .reply(200, answer)
      .post('/api/auth.test')
      .matchHeader('authorization', 'Bearer xoxb-new')
      .reply(200, { ok: true, url: 'https://northwind.slack.com/' });
    assert.deepEqual(await connectSlack().oauth.exchange(exchange), {
      tokens: { accessToken: 'xoxb-new', refreshToken: null, expiresAt: null },
      account: { id: 'T0NORTHWIND', name: 'Northwind', url: 'https://northwind.slack.com/' },
      scopes: ['chat:write', 'channels:read'],
    });
  });

  it('keeps an end and a refresh token where the app rotates its tokens', async () => {
    nock(SLACK_ORIGIN)
      .post(ACCESS)
      .reply(200, { ...answer, refresh_token: 'xoxe-1', expires_in: 43_200 });
    const { tokens } = await connectSlack().oauth.exchange(exchange);
    assert.deepEqual(tokens, { accessToken: 'xoxb-new', refreshToken: 'xoxe-1', expiresAt: new Date('2026-11-04T02:05:00.000Z') });
  });

  it('belongs to the organisation where it was installed for all of it', async () => {
    nock(SLACK_ORIGIN)
      .post(ACCESS)
      .reply(200, { ...answer, is_enterprise_install: true, team: null, enterprise: { id: 'E1', name: 'Group' } });
    assert.deepEqual((await connectSlack().oauth.exchange(exchange)).account, {
      id: 'E1',
      name: 'Group',
      url: 'https://app.slack.com/client/E1',
    });
  });

  it('connects although the address of the workspace cannot be read', async () => {
    nock(SLACK_ORIGIN).post(ACCESS).reply(200, answer).post('/api/auth.test').reply(503);
    assert.equal((await connectSlack().oauth.exchange(exchange)).account.url, 'https://app.slack.com/client/T0NORTHWIND');
  });

  it('asks the local stand-in where there is one', async () => {
    nock('http://localhost:4002').post('/api/oauth.v2.access').reply(200, answer);
    nock('http://localhost:4002').post('/api/auth.test').reply(200, { ok: true, url: 'http://localhost:4002/slack/' });
    const { oauth } = connectSlack({ SLACK_API_URL: 'http://localhost:4002/api' });
    assert.equal((await oauth.exchange(exchange)).account.url, 'http://localhost:4002/slack/');
  });

  it('asks to start again when the code is used up', async () => {
    nock(SLACK_ORIGIN).post(ACCESS).reply(200, { ok: false, error: 'invalid_code' });
    await assert.rejects(connectSlack().oauth.exchange(exchange), { kind: 'vendorRefused', message: /Start again/ });
  });

  it('blames our own app for a wrong secret', async () => {
    nock(SLACK_ORIGIN).post(ACCESS).reply(200, { ok: false, error: 'bad_client_secret' });
    await assert.rejects(connectSlack().oauth.exchange(exchange), { kind: 'vendorRefused', message: /SLACK_CLIENT_SECRET/ });
  });
});

describe('keeping and ending a Slack connection', () => {
  fakeTheNetworksEdge();

  it('keeps the refresh token that came last', async () => {
    nock(SLACK_ORIGIN)
      .post(ACCESS, /grant_type=refresh_token&refresh_token=xoxe-1/)
      .reply(200, { ...answer, refresh_token: 'xoxe-2', expires_in: 43_200 });
    assert.equal((await connectSlack().oauth.refresh?.('xoxe-1'))?.refreshToken, 'xoxe-2');
  });

  it('says that the grant is lost when the refresh token is', async () => {
    nock(SLACK_ORIGIN).post(ACCESS).reply(200, { ok: false, error: 'invalid_refresh_token' });
    const refreshed = connectSlack().oauth.refresh?.('xoxe-1') ?? Promise.resolve();
    await assert.rejects(refreshed, { kind: 'grantLost' });
  });

  const tokens = { accessToken: 'xoxb-old', refreshToken: null, expiresAt: null };

  it('revokes the token', async () => {
    const scope = nock(SLACK_ORIGIN)
      .post('/api/auth.revoke')
      .matchHeader('authorization', 'Bearer xoxb-old')
      .reply(200, { ok: true, revoked: true });
    await connectSlack().oauth.revoke(tokens);
    assert.ok(scope.isDone());
  });

  it('is fine with a token that Slack does not know', async () => {
    nock(SLACK_ORIGIN).post('/api/auth.revoke').reply(200, { ok: false, error: 'invalid_auth' });
    await connectSlack().oauth.revoke(tokens);
  });

  it('revokes later when Slack is not there', async () => {
    nock(SLACK_ORIGIN).post('/api/auth.revoke').reply(503);
    await assert.rejects(connectSlack().oauth.revoke(tokens), { kind: 'vendorBusy' });
  });
});
