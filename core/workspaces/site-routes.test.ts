import assert from 'node:assert/strict';
import { problem, type SiteChange, site as siteView } from '#contract/api.ts';
import { siteConfig } from '#contract/events.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { findSite, makeMember, makeOwner } from '../testing/factories.ts';
import { type Answer, type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { createWorkspace } from './create-workspace.ts';
import type { MemberDocument } from './member.ts';
import { Site } from './site.ts';

describe('the settings of a site', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let siteId: string;

  beforeEach(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
    siteId = (await findSite(owner.workspaceId))._id;
  });
  afterEach(() => app.close());

  const add = (domain: unknown, member = owner) => app.callAs(member, '/v1/sites', { method: 'POST', body: { domain } });
  const change = (body: SiteChange | object, id = siteId) => app.callAs(owner, `/v1/sites/${id}`, { method: 'PATCH', body });
  const seen = ({ json }: Answer) => siteView.parse(json);
  const codeOf = ({ json }: Answer) => problem.parse(json).code;
  const config = async (siteKey: string) => app.call(`/v1/sites/${siteKey}/config`);
  const audit = async () => ((await dumpDatabase(platform)).accessLog ?? []).map((row) => JSON.parse(row).action).sort();

  it('begin with what is recommended: contacts alone, and consent where the European rules hold', async () => {
    const { config: found, exclusion, location } = seen(await add('shop.example.org'));
    assert.deepEqual(found, {
      modes: { knownContacts: true, anonymousVisitors: false, siteAnalytics: false },
      consent: 'european',
      masking: { text: 'visible' },
      queryKeys: [],
      dwellMs: 30_000,
    });
    assert.deepEqual(exclusion, { members: true, emailDomains: [] });
    assert.deepEqual(location, { contacts: 'off', anonymous: 'off' }, 'no place is kept until somebody wants it');
  });

  it('ask nobody for consent in the demo, whose visitor is whoever tries it', async () => {
    const email = 'dana@demo.example';
    const demo = await createWorkspace(platform, {
      workspaceName: 'Demo',
      name: 'D',
      email,
      domain: 'localhost:1',
      password: null,
      demo: true,
    });
    assert.equal((await findSite(demo.workspaceId)).config.consent, 'never');
  });

  it('change one by one, and two people who change two things at once both get theirs', async () => {
    const answers = await Promise.all([
      change({ modes: { siteAnalytics: true } }),
      change({ modes: { anonymousVisitors: true }, consent: 'always' }),
      change({ exclusion: { emailDomains: ['Example.com', 'acme.example'] } }),
      change({ masking: { text: 'masked' }, queryKeys: ['ref'], dwellMs: 0 }),
      change({ location: { contacts: 'city' } }),
      change({ location: { anonymous: 'country' } }),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 200, 200, 200],
    );
    const { config: found, exclusion, location, origins } = seen(await change({}));
    assert.deepEqual(found, {
      modes: { knownContacts: true, anonymousVisitors: true, siteAnalytics: true },
      consent: 'always',
      masking: { text: 'masked' },
      queryKeys: ['ref'],
      dwellMs: 0,
    });
    assert.deepEqual(exclusion, { members: true, emailDomains: ['example.com', 'acme.example'] });
    assert.deepEqual(location, { contacts: 'city', anonymous: 'country' });
    assert.deepEqual(origins, ['https://www.example.com', 'https://example.com']);
  });

  it('are seen by the snippet at once', async () => {
    const { siteKey } = await findSite(owner.workspaceId);
    assert.equal(siteConfig.parse((await config(siteKey)).json).consent, 'european');
    await change({ consent: 'always' });
    assert.equal(siteConfig.parse((await config(siteKey)).json).consent, 'always');
  });

  it('take domains as people type them, and full origins as they stand', async () => {
    const { origins } = seen(
      await change({ origins: ['shop.example.org', 'https://one.example', 'http://localhost:3000', 'https://one.example/x'] }),
    );
    assert.deepEqual(origins, ['https://shop.example.org', 'https://www.shop.example.org', 'https://one.example', 'http://localhost:3000']);
    assert.deepEqual(seen(await change({ origins })).origins, origins);
  });

  it('refuse what is not valid, say where, and change nothing', async () => {
    const before = await dumpDatabase(platform);
    const bad: readonly (readonly [object, string])[] = [
      [{ origins: [] }, 'origins'],
      [{ origins: ['https://fine.example', 'not a domain'] }, 'origins.1'],
      [{ consent: 'sometimes' }, 'consent'],
      [{ location: { contacts: 'street' } }, 'location.contacts'],
      [{ modes: { siteAnalytics: 1 } }, 'modes.siteAnalytics'],
      [{ queryKeys: ['a b'] }, 'queryKeys.0'],
      [{ dwellMs: -1 }, 'dwellMs'],
      [{ exclusion: { emailDomains: ['nobody@x.example'] } }, 'exclusion.emailDomains.0'],
    ];
    for (const [body, field] of bad) {
      const answer = await change(body);
      assert.deepEqual([answer.status, Object.keys(problem.parse(answer.json).fields ?? {})], [400, [field]], JSON.stringify(body));
    }
    const { signIns: _, ...after } = await dumpDatabase(platform);
    const { signIns: __, ...was } = before;
    assert.deepEqual(after, was);
  });

  it('refuse a domain that another site of the workspace has, and let another workspace have it', async () => {
    const first = await add('shop.example.org');
    assert.equal(first.status, 201);
    for (const answer of [await add('https://www.shop.example.org/x'), await change({ origins: ['shop.example.org'] })]) {
      assert.deepEqual([answer.status, codeOf(answer)], [409, 'domain-taken']);
      assert.match(problem.parse(answer.json).detail, /shop\.example\.org/);
    }
    assert.equal((await add('shop.example.org', await makeOwner(platform))).status, 201);
    assert.equal((await change({ origins: ['https://shop.example.org'] }, seen(first).id)).status, 200);
  });

  it('make one site of a double click', async () => {
    const answers = await Promise.all([add('twice.example'), add('twice.example'), add('twice.example')]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409]);
    assert.equal(await Site.countDocuments({ origins: 'https://twice.example' }).setOptions(acrossWorkspaces), 1);
  });

  it('renew the key: the old one is refused from then on', async () => {
    const { siteKey } = await findSite(owner.workspaceId);
    assert.equal((await config(siteKey)).status, 200);
    const renewed = seen(await app.callAs(owner, `/v1/sites/${siteId}/rotate-key`, { method: 'POST' }));
    assert.notEqual(renewed.siteKey, siteKey);
    assert.ok(renewed.snippet.includes(renewed.siteKey));
    assert.deepEqual([(await config(siteKey)).status, (await config(renewed.siteKey)).status], [404, 200]);
  });

  it('write down who changed what', async () => {
    await add('audit.example');
    await change({ consent: 'always', modes: { siteAnalytics: true } });
    await change({});
    await app.callAs(owner, `/v1/sites/${siteId}/rotate-key`, { method: 'POST' });
    assert.deepEqual(await audit(), ['site.added', 'site.changed: consent, modes', 'site.key-rotated']);
  });

  it('belong to who may write them, and can be read by all', async () => {
    const rep = await makeMember(platform, { workspaceId: owner.workspaceId, role: 'rep' });
    assert.equal((await add('rep.example', rep)).status, 403);
    assert.equal((await app.callAs(rep, '/v1/sites')).status, 200);
  });
});
