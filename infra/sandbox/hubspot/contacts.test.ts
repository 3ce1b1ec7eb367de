import assert from 'node:assert/strict';
import { connectHubSpot, handClock, stateOf, trySandbox } from '../testing/try-sandbox.ts';

const path = '/crm/objects/2026-09/contacts';

async function connected() {
  const sandbox = await trySandbox();
  const { api } = await connectHubSpot(sandbox.url);
  await api('POST', '/crm/properties/2026-09/contacts/groups', { name: 'leadlight', label: 'Leadlight' });
  const band = ['low', 'medium', 'high'].map((value, displayOrder) => ({ value, label: value, displayOrder, hidden: false }));
  const base = { groupName: 'leadlight' };
  await api('POST', '/crm/properties/2026-09/contacts/batch/create', {
    inputs: [
      { ...base, name: 'leadlight_score', label: 'Score', type: 'number', fieldType: 'number' },
      { ...base, name: 'leadlight_band', label: 'Band', type: 'enumeration', fieldType: 'select', options: band },
      { ...base, name: 'leadlight_last_seen', label: 'Last seen', type: 'datetime', fieldType: 'date' },
      { ...base, name: 'leadlight_link_token', label: 'Token', type: 'string', fieldType: 'text', hasUniqueValue: true },
    ],
  });
  return { url: sandbox.url, api, [Symbol.asyncDispose]: sandbox.close };
}

describe('the HubSpot sandbox: contacts', () => {
  it('lists all sample contacts page by page, each once', async () => {
    await using sandbox = await connected();
    const seen: unknown[] = [];
    let after = '';
    for (let page = 0; page < 10; page += 1) {
      const { body } = await sandbox.api('GET', `${path}?limit=17&properties=email,company${after}`);
      if (Array.isArray(body.results)) seen.push(...body.results.map((one) => one.id));
      const next = /"after":"(\d+)"/.exec(JSON.stringify(body.paging ?? {}))?.[1];
      if (next === undefined) break;
      after = `&after=${next}`;
    }
    assert.equal(seen.length, (await stateOf(sandbox.url)).hubspot.contacts.length);
    assert.equal(new Set(seen).size, seen.length);
    assert.ok(seen.length >= 38);
  });

  it('refuses a page of more than 100', async () => {
    await using sandbox = await connected();
    const reply = await sandbox.api('GET', `${path}?limit=101`);
    assert.equal(reply.status, 400);
    assert.equal(reply.body.category, 'VALIDATION_ERROR');
  });

  it('updates a batch by id and answers what it wrote', async () => {
    await using sandbox = await connected();
    const inputs = [
      { id: '51001', properties: { leadlight_score: 72, leadlight_band: 'high', leadlight_last_seen: '2026-11-20T10:00:00Z' } },
      { id: '51002', properties: { leadlight_score: '3' } },
    ];
    const reply = await sandbox.api('POST', `${path}/batch/update`, { inputs });
    assert.equal(reply.status, 200);
    assert.equal(reply.body.status, 'COMPLETE');
    const { body } = await sandbox.api('GET', `${path}/51001?properties=leadlight_score,leadlight_band,leadlight_last_seen`);
    assert.match(
      JSON.stringify(body.properties),
      /"leadlight_score":"72","leadlight_band":"high","leadlight_last_seen":"2026-11-20T10:00:00.000Z"/,
    );
  });

  it('fails a batch as a whole for an unknown property, a wrong option or a wrong number, and writes nothing of it', async () => {
    await using sandbox = await connected();
    const cases = [
      [{ leadlight_nothing: 'x' }, 'PROPERTY_DOESNT_EXIST'],
      [{ leadlight_band: 'scorching' }, 'INVALID_OPTION'],
      [{ leadlight_score: 'many' }, 'INVALID_NUMBER'],
      [{ leadlight_last_seen: 'yesterday' }, 'INVALID_DATE'],
      [{ createdate: '2026-01-01' }, 'READ_ONLY_VALUE'],
    ] as const;
    for (const [properties, error] of cases) {
      const inputs = [
        { id: '51001', properties: { leadlight_score: '50' } },
        { id: '51002', properties },
      ];
      const reply = await sandbox.api('POST', `${path}/batch/update`, { inputs });
      assert.equal(reply.status, 400);
      assert.equal(reply.body.category, 'VALIDATION_ERROR');
      assert.match(String(reply.body.message), new RegExp(error));
    }
    const { body } = await sandbox.api('GET', `${path}/51001?properties=leadlight_score`);
    assert.match(JSON.stringify(body.properties), /"leadlight_score":null/);
  });

  it('tells row by row in a 207 when every row has a trace id', async () => {
    await using sandbox = await connected();
    const inputs = [
      { id: '51001', objectWriteTraceId: 'a', properties: { leadlight_score: '50' } },
      { id: '99999', objectWriteTraceId: 'b', properties: { leadlight_score: '51' } },
      { id: '51002', objectWriteTraceId: 'c', properties: { leadlight_band: 'scorching' } },
    ];
    const reply = await sandbox.api('POST', `${path}/batch/update`, { inputs });
    assert.equal(reply.status, 207);
    assert.equal(reply.body.numErrors, 2);
    assert.match(
      JSON.stringify(reply.body.errors),
      /"category":"OBJECT_NOT_FOUND".*"objectWriteTraceId":\["b"\].*"category":"VALIDATION_ERROR".*\["c"\]/,
    );
    assert.match(JSON.stringify(reply.body.results), /"objectWriteTraceId":"a"/);
    const { body } = await sandbox.api('GET', `${path}/51001?properties=leadlight_score`);
    assert.match(JSON.stringify(body.properties), /"leadlight_score":"50"/);
  });

  it('refuses more than 100 rows, the same id twice, and no row at all', async () => {
    await using sandbox = await connected();
    const row = { properties: { leadlight_score: '1' } };
    const many = Array.from({ length: 101 }, (_, index) => ({ id: String(51001 + index), ...row }));
    const twice = [
      { id: '51001', ...row },
      { id: '51001', ...row },
    ];
    for (const inputs of [many, twice, []]) assert.equal((await sandbox.api('POST', `${path}/batch/update`, { inputs })).status, 400);
  });

  it('keeps unique values unique, and empties a property with an empty text', async () => {
    await using sandbox = await connected();
    const token = 'tok_0123456789abcdef';
    await sandbox.api('PATCH', `${path}/51001`, { properties: { leadlight_link_token: token } });
    const taken = await sandbox.api('PATCH', `${path}/51002`, { properties: { leadlight_link_token: token } });
    assert.equal(taken.status, 400);
    await sandbox.api('PATCH', `${path}/51001`, { properties: { leadlight_link_token: '' } });
    const free = await sandbox.api('PATCH', `${path}/51002`, { properties: { leadlight_link_token: token } });
    assert.equal(free.status, 200);
  });

  it('creates, refuses a second contact with the same e-mail, and upserts by e-mail', async () => {
    await using sandbox = await connected();
    const properties = { email: 'New.Person@brightwater-foods.example', firstname: 'New' };
    const made = await sandbox.api('POST', path, { properties });
    assert.equal(made.status, 201);
    const again = await sandbox.api('POST', path, { properties });
    assert.equal(again.status, 409);
    assert.match(String(again.body.message), new RegExp(`Existing ID: ${made.body.id}`));
    const inputs = [
      { id: 'new.person@brightwater-foods.example', idProperty: 'email', properties: { lastname: 'Known' } },
      { id: 'other@brightwater-foods.example', idProperty: 'email', properties: { lastname: 'Fresh' } },
    ];
    const upserted = await sandbox.api('POST', `${path}/batch/upsert`, { inputs });
    assert.match(JSON.stringify(upserted.body.results), /"new":false.*"new":true/);
  });

  it('finds contacts by search', async () => {
    await using sandbox = await connected();
    const filters = [{ propertyName: 'email', operator: 'EQ', value: 'ada.park@brightwater-foods.example' }];
    const { body } = await sandbox.api('POST', `${path}/search`, { filterGroups: [{ filters }], properties: ['company'] });
    assert.equal(body.total, 1);
    assert.match(JSON.stringify(body.results), /"id":"51001".*Brightwater Foods/);
  });

  it('lets 110 calls through in 10 seconds and then answers 429 in HubSpot’s shape', async () => {
    const clock = handClock();
    await using sandbox = await trySandbox({ now: clock.now });
    const { api } = await connectHubSpot(sandbox.url);
    for (let call = 0; call < 109; call += 1) await api('GET', `${path}/51001`);
    const last = await api('GET', `${path}/51001`);
    assert.equal(last.status, 200);
    assert.equal(last.headers.get('x-hubspot-ratelimit-max'), '110');
    assert.equal(last.headers.get('x-hubspot-ratelimit-remaining'), '0');
    assert.equal(last.headers.get('x-hubspot-ratelimit-interval-milliseconds'), '10000');
    const tooMany = await api('GET', `${path}/51001`);
    assert.equal(tooMany.status, 429);
    assert.equal(tooMany.body.errorType, 'RATE_LIMIT');
    assert.equal(tooMany.body.policyName, 'TEN_SECONDLY_ROLLING');
    clock.passSeconds(10);
    assert.equal((await api('GET', `${path}/51001`)).status, 200);
  });
});
