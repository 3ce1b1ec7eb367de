import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connectHubspot, hubspotGrant } from '../testing/hubspot-connector.ts';

describe('a call to HubSpot', () => {
  let server: Server;

  async function importFrom(listener: RequestListener, timeoutMs: string) {
    server = createServer(listener);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(address && typeof address === 'object');
    const { crm, tools } = connectHubspot({ HUBSPOT_API_URL: `http://127.0.0.1:${address.port}/`, HUBSPOT_TIMEOUT_MS: timeoutMs });
    return { answer: crm.importContacts(hubspotGrant, null), tools };
  }

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  it('ends in time when the answer stops in the middle', async () => {
    const { answer } = await importFrom((_, res) => void res.writeHead(200).write('{"results":'), '50');
    await assert.rejects(answer, { kind: 'vendorBusy', code: 'hubspot-timeout' });
  });

  it('is tried later when the answer is cut in the middle', async () => {
    const cut: RequestListener = (_, res) => void res.writeHead(200, { 'content-length': '100' }).write('{"results":', () => res.destroy());
    const { answer } = await importFrom(cut, '5000');
    await assert.rejects(answer, { kind: 'vendorBusy', code: 'hubspot-unreachable' });
  });

  it('leaves a line in the log with what is left of the limit, and nothing secret', async () => {
    const headers = { 'x-hubspot-ratelimit-remaining': '88' };
    const { answer, tools } = await importFrom((_, res) => void res.writeHead(200, headers).end('{"results":[]}'), '5000');
    await answer;
    assert.deepEqual(tools.lines, [
      'asked HubSpot {"connector":"hubspot","method":"GET","path":"/crm/objects/2026-09/contacts","status":200,"remaining":"88"}',
    ]);
  });
});
