import assert from 'node:assert/strict';
import {
  answerConsent,
  connectHubSpot,
  handClock,
  hubspotApi,
  hubspotCallback,
  hubspotToken,
  pkcePair,
  replyOf,
  stateOf,
  trySandbox,
} from '../testing/try-sandbox.ts';

function consentUrl(url: string, extra: Record<string, string> = {}): string {
  const query = { client_id: 'hs-id', redirect_uri: hubspotCallback, scope: 'oauth crm.objects.contacts.read', state: 'st-1', ...extra };
  return `${url}/oauth/authorize?${new URLSearchParams(query)}`;
}

describe('the HubSpot sandbox: installing the app', () => {
  it('shows the scopes in words, and sends the browser back with a code and the state', async () => {
    await using sandbox = await trySandbox();
    const page = await (await fetch(consentUrl(sandbox.url))).text();
    assert.match(page, /Leadlight/);
    assert.match(page, /Northwind Robotics.*portal 4815162/s);
    assert.match(page, /See properties and other details about contacts/);
    const back = await answerConsent(consentUrl(sandbox.url));
    assert.equal(back.origin + back.pathname, hubspotCallback);
    assert.equal(back.searchParams.get('state'), 'st-1');
    assert.ok(back.searchParams.get('code'));
  });

  it('goes back with access_denied when the person cancels', async () => {
    await using sandbox = await trySandbox();
    const back = await answerConsent(consentUrl(sandbox.url), 'cancel');
    assert.equal(back.searchParams.get('error'), 'access_denied');
    assert.equal(back.searchParams.get('state'), 'st-1');
    assert.equal(back.searchParams.get('code'), null);
  });

  it('never sends a browser to an address, app or scope that it does not know', async () => {
    await using sandbox = await trySandbox();
    for (const wrong of [{ redirect_uri: 'https://evil.example/cb' }, { client_id: 'other' }, { scope: 'oauth everything' }]) {
      const response = await fetch(consentUrl(sandbox.url, wrong), { redirect: 'manual' });
      assert.equal(response.status, 400, JSON.stringify(wrong));
    }
  });

  it('gives tokens for a code with the right verifier, once', async () => {
    await using sandbox = await trySandbox();
    const { verifier, challenge } = pkcePair();
    const back = await answerConsent(consentUrl(sandbox.url, { code_challenge: challenge, code_challenge_method: 'S256' }));
    const form = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: hubspotCallback,
      code_verifier: verifier,
    };
    const first = await hubspotToken(sandbox.url, form);
    assert.equal(first.status, 200);
    assert.equal(first.body.expires_in, 1800);
    assert.equal(first.body.hub_id, 4815162);
    assert.deepEqual(first.body.scopes, ['oauth', 'crm.objects.contacts.read']);
    const second = await hubspotToken(sandbox.url, form);
    assert.equal(second.status, 400);
    assert.equal(second.body.status, 'BAD_AUTH_CODE');
  });

  it('refuses a wrong or missing verifier, another redirect URI and a wrong secret', async () => {
    await using sandbox = await trySandbox();
    const { verifier, challenge } = pkcePair();
    const good = { grant_type: 'authorization_code', redirect_uri: hubspotCallback, code_verifier: verifier };
    const cases = [
      [{ code_verifier: pkcePair().verifier }, 'BAD_CODE_VERIFIER'],
      [{ code_verifier: '' }, 'BAD_CODE_VERIFIER'],
      [{ redirect_uri: `${hubspotCallback}/` }, 'BAD_REDIRECT_URI'],
      [{ client_secret: 'guess' }, 'BAD_CLIENT_SECRET'],
    ] as const;
    for (const [wrong, status] of cases) {
      const back = await answerConsent(consentUrl(sandbox.url, { code_challenge: challenge, code_challenge_method: 'S256' }));
      const reply = await hubspotToken(sandbox.url, { ...good, code: back.searchParams.get('code') ?? '', ...wrong });
      assert.equal(reply.status, 400);
      assert.equal(reply.body.status, status);
    }
  });

  it('lets access tokens expire after 30 minutes and gives new ones for the refresh token', async () => {
    const clock = handClock();
    await using sandbox = await trySandbox({ now: clock.now });
    const { api, refreshToken } = await connectHubSpot(sandbox.url);
    assert.equal((await api('GET', '/account-info/2026-09/details')).body.portalId, 4815162);
    clock.passSeconds(30 * 60);
    const late = await api('GET', '/account-info/2026-09/details');
    assert.equal(late.status, 401);
    assert.equal(late.body.category, 'EXPIRED_AUTHENTICATION');
    const renewed = await hubspotToken(sandbox.url, { grant_type: 'refresh_token', refresh_token: refreshToken });
    assert.equal(renewed.body.refresh_token, refreshToken);
    const again = hubspotApi(sandbox.url, String(renewed.body.access_token));
    assert.equal((await again('GET', '/account-info/2026-09/details')).status, 200);
  });

  it('ends a refresh token at its use when rotation is on', async () => {
    await using sandbox = await trySandbox({ rotate: true });
    const { refreshToken } = await connectHubSpot(sandbox.url);
    const first = await hubspotToken(sandbox.url, { grant_type: 'refresh_token', refresh_token: refreshToken });
    assert.notEqual(first.body.refresh_token, refreshToken);
    const reused = await hubspotToken(sandbox.url, { grant_type: 'refresh_token', refresh_token: refreshToken });
    assert.equal(reused.status, 400);
    assert.equal(reused.body.error, 'invalid_grant');
    assert.equal(reused.body.status, 'BAD_REFRESH_TOKEN');
    const next = await hubspotToken(sandbox.url, { grant_type: 'refresh_token', refresh_token: String(first.body.refresh_token) });
    assert.equal(next.status, 200);
  });

  it('answers 401 without a token or with an unknown one, and 403 naming the scope that is missing', async () => {
    await using sandbox = await trySandbox();
    assert.equal((await fetch(`${sandbox.url}/crm/objects/2026-09/contacts`)).status, 401);
    assert.equal((await hubspotApi(sandbox.url, 'made-up')('GET', '/crm/objects/2026-09/contacts')).status, 401);
    const { api } = await connectHubSpot(sandbox.url, 'oauth');
    const reply = await api('GET', '/crm/objects/2026-09/contacts');
    assert.equal(reply.status, 403);
    assert.equal(reply.body.category, 'MISSING_SCOPES');
    assert.match(JSON.stringify(reply.body), /crm\.objects\.contacts\.read/);
  });

  it('introspects, revokes and uninstalls', async () => {
    await using sandbox = await trySandbox();
    const { api, accessToken, refreshToken } = await connectHubSpot(sandbox.url);
    const post = async (path: string, token: string) => {
      const body = new URLSearchParams({ client_id: 'hs-id', client_secret: 'hs-secret', token });
      return replyOf(await fetch(`${sandbox.url}/oauth/2026-09/token/${path}`, { method: 'POST', body }));
    };
    assert.equal((await post('introspect', accessToken)).body.active, true);
    assert.equal((await post('revoke', refreshToken)).status, 200);
    assert.equal((await post('introspect', refreshToken)).body.active, false);
    assert.equal((await api('GET', '/account-info/2026-09/details')).status, 200, 'access tokens outlive a revoked refresh token');
    assert.equal((await api('DELETE', '/appinstalls/2026-09/external-install')).status, 204);
    assert.equal((await api('GET', '/account-info/2026-09/details')).status, 401);
    assert.notEqual((await stateOf(sandbox.url)).installations[0]?.revokedAt, null);
  });
});
