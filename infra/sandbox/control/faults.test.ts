import assert from 'node:assert/strict';
import { connectHubSpot, connectSlack, hubspotToken, plant, replyOf, stateOf, trySandbox } from '../testing/try-sandbox.ts';

const path = '/crm/objects/2026-09/contacts';

describe('the sandbox: planted faults', () => {
  it('answers 429 with Retry-After as often as asked, where asked', async () => {
    await using sandbox = await trySandbox();
    const { api } = await connectHubSpot(sandbox.url);
    await plant(sandbox.url, {
      provider: 'hubspot',
      match: 'POST /crm/objects/2026-09/contacts/batch',
      fault: '429',
      times: 2,
      retryAfterSeconds: 7,
    });
    assert.equal((await api('GET', `${path}/51001`)).status, 200);
    const body = { inputs: [{ id: '51001', properties: { city: 'Oslo' } }] };
    for (let time = 0; time < 2; time += 1) {
      const reply = await api('POST', `${path}/batch/update`, body);
      assert.equal(reply.status, 429);
      assert.equal(reply.headers.get('retry-after'), '7');
    }
    assert.equal((await api('POST', `${path}/batch/update`, body)).status, 200);
  });

  it('does the work and then cuts the line, or cuts it before', async () => {
    await using sandbox = await trySandbox();
    const { api } = await connectHubSpot(sandbox.url);
    for (const [fault, expected] of [
      ['cut-after', 'Oslo'],
      ['cut-before', 'Oslo'],
    ] as const) {
      await plant(sandbox.url, { provider: 'hubspot', match: '/contacts/51001', fault });
      const city = fault === 'cut-after' ? 'Oslo' : 'Bergen';
      await assert.rejects(api('PATCH', `${path}/51001`, { properties: { city } }));
      const { hubspot } = await stateOf(sandbox.url);
      assert.equal(hubspot.contacts.find((one) => one.id === '51001')?.properties.city, expected);
    }
  });

  it('breaks Slack as Slack breaks', async () => {
    await using sandbox = await trySandbox();
    const { token } = await connectSlack(sandbox.url);
    const test = async () =>
      replyOf(await fetch(`${sandbox.url}/api/auth.test`, { method: 'POST', headers: { authorization: `Bearer ${token}` } }));
    await plant(sandbox.url, { provider: 'slack', fault: '500' });
    await plant(sandbox.url, { provider: 'slack', fault: '429', retryAfterSeconds: 3 });
    assert.equal((await test()).status, 500);
    const busy = await test();
    assert.equal(busy.status, 429);
    assert.equal(busy.headers.get('retry-after'), '3');
    assert.equal((await test()).body.ok, true);
  });

  it('leaves a caller hanging until it gives up', async () => {
    await using sandbox = await trySandbox();
    const { accessToken } = await connectHubSpot(sandbox.url);
    await plant(sandbox.url, { provider: 'hubspot', fault: 'hang' });
    const headers = { authorization: `Bearer ${accessToken}` };
    await assert.rejects(fetch(`${sandbox.url}${path}`, { headers, signal: AbortSignal.timeout(150) }), { name: 'TimeoutError' });
    assert.equal((await fetch(`${sandbox.url}${path}`, { headers })).status, 200);
  });

  it('takes the grant away, or only lets its access tokens expire', async () => {
    await using sandbox = await trySandbox();
    const { api, refreshToken } = await connectHubSpot(sandbox.url);
    const refresh = () => hubspotToken(sandbox.url, { grant_type: 'refresh_token', refresh_token: refreshToken });
    await plant(sandbox.url, { provider: 'hubspot', fault: 'expire-tokens' });
    assert.equal((await api('GET', path)).body.category, 'EXPIRED_AUTHENTICATION');
    assert.equal((await refresh()).status, 200);
    await plant(sandbox.url, { provider: 'hubspot', fault: 'revoked' });
    assert.equal((await api('GET', path)).status, 401);
    assert.equal((await refresh()).body.error, 'invalid_grant');
  });

  it('refuses a fault it does not know, lists what is planted, and clears it', async () => {
    await using sandbox = await trySandbox();
    const wrong = await fetch(`${sandbox.url}/faults`, { method: 'POST', body: JSON.stringify({ provider: 'hubspot', fault: 'meteor' }) });
    assert.equal(wrong.status, 400);
    await plant(sandbox.url, { provider: 'slack', fault: 'slow', delayMs: 1 });
    assert.match(await (await fetch(`${sandbox.url}/faults`)).text(), /"fault":"slow"/);
    assert.equal((await fetch(`${sandbox.url}/faults`, { method: 'DELETE' })).status, 204);
    assert.equal(await (await fetch(`${sandbox.url}/faults`)).text(), '{"faults":[]}');
  });

  it('is not pressed by another website', async () => {
    await using sandbox = await trySandbox();
    const response = await fetch(`${sandbox.url}/reset`, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } });
    assert.equal(response.status, 403);
  });
});
