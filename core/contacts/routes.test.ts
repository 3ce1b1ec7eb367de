import assert from 'node:assert/strict';
import { contactDetail, contactList, trackedLink, trackedLinkList } from '#contract/api.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { makeContact, makeMember, makeOwner, makeSession } from '../testing/factories.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { Contact, type ContactDocument } from './contact.ts';
import { newContact } from './new-contact.ts';
import { TrackedLink } from './tracked-link.ts';

describe('contacts', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let workspaceId: string;

  beforeEach(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
    workspaceId = owner.workspaceId;
  });
  afterEach(() => app.close());

  const list = async (query = '') => contactList.parse((await app.callAs(owner, `/v1/contacts${query}`)).json);
  const names = async (query = '') => (await list(query)).items.map(({ name }) => name);
  const make = (fields: Partial<ContactDocument>) => makeContact(platform, { workspaceId, ...fields });
  const scored = (value: number): ContactDocument['intent'] => ({ value, band: value >= 70 ? 'high' : 'low', reasons: [] });

  describe('GET /v1/contacts', () => {
    it('lists the hottest first', async () => {
      await make({ name: 'Cold', intent: scored(3) });
      await make({ name: 'Hot', intent: scored(90) });
      await make({ name: 'Warm', intent: scored(40) });
      assert.deepEqual(await names(), ['Hot', 'Warm', 'Cold']);
      const [hot] = (await list()).items;
      assert.deepEqual([hot?.score, hot?.band], [90, 'high']);
    });

    it('lists who was seen last first when asked, and who was never seen at the end', async () => {
      await make({ name: 'Never' });
      await make({ name: 'Yesterday', lastSeenAt: new Date('2026-05-19T12:00:00Z') });
      await make({ name: 'Today', lastSeenAt: new Date('2026-05-20T11:00:00Z') });
      assert.deepEqual(await names('?sort=lastSeen'), ['Today', 'Yesterday', 'Never']);
    });

    for (const sort of ['score', 'lastSeen']) {
      it(`turns over 120 contacts by ${sort} without a gap or a repeat, though many are equal`, async () => {
        const many = Array.from({ length: 120 }, (_, n) => ({
          ...newContact(platform, { workspaceId, name: `Contact ${n}`, email: `${n}@example.com` }),
          intent: scored(n % 7),
          lastSeenAt: n % 3 === 0 ? null : new Date(platform.clock.now().getTime() - (n % 5) * 1000),
        }));
        await Contact.insertMany(many);
        const seen: { name: string; score: number; lastSeenAt: string | null }[] = [];
        const sizes: number[] = [];
        for (let next: string | null = ''; next !== null; ) {
          const page = await list(`?sort=${sort}&cursor=${next}`);
          seen.push(...page.items);
          sizes.push(page.items.length);
          next = page.next;
        }
        assert.deepEqual(sizes, [50, 50, 20]);
        assert.equal(new Set(seen.map(({ name }) => name)).size, 120);
        const keys = seen.map(({ score, lastSeenAt }) => (sort === 'score' ? score : Date.parse(lastSeenAt ?? '1970-01-01')));
        assert.deepEqual(
          keys,
          keys.toSorted((one, other) => other - one),
        );
      });
    }

    it('finds words in the name, the company and the address, in any case', async () => {
      await make({ name: 'Ada Park', company: 'Brightwater', email: 'ada@one.example' });
      await make({ name: 'Bob', company: 'Parkside Ltd', email: 'bob@two.example' });
      await make({ name: 'Cy', company: 'Other', email: 'cy@PARK.example' });
      await make({ name: 'Dee', company: 'Other', email: 'dee@two.example' });
      assert.deepEqual((await names('?q=%20pArK%20')).sort(), ['Ada Park', 'Bob', 'Cy']);
      assert.deepEqual(await names('?q=two.example&sort=lastSeen').then((found) => found.sort()), ['Bob', 'Dee']);
      assert.deepEqual(await names('?q=nobody'), []);
    });

    it('takes what is searched for as text, never as a pattern', async () => {
      await make({ name: 'A.*(b)+[c] $1 \\d ^|{2}', company: '', email: null });
      await make({ name: 'Ada', email: null, company: '' });
      for (const words of ['.*', '(b)+', '[c]', '$1', '\\d', '^|', '{2}']) {
        assert.equal((await names(`?q=${encodeURIComponent(words)}`)).length, 1, words);
      }
      assert.deepEqual(await names(`?q=${encodeURIComponent('^Ada$')}`), []);
      const slow = `?q=${encodeURIComponent(`${'(a+)+'.repeat(15)}$`)}`;
      assert.deepEqual(await names(slow), []);
      assert.equal((await app.callAs(owner, '/v1/contacts?q[$ne]=x')).status, 400);
    });

    it('says who is on the site at this moment', async () => {
      const { _id: contactId } = await make({ name: 'Here' });
      await make({ name: 'Away' });
      await makeSession(platform, { workspaceId, contactId });
      const live = async () => (await list()).items.filter((contact) => contact.live).map(({ name }) => name);
      assert.deepEqual(await live(), ['Here']);
      platform.clock.advance(90_000);
      assert.deepEqual(await live(), []);
    });

    it('shows nobody of another workspace', async () => {
      await makeContact(platform, { name: 'Of another' });
      await make({ name: 'Mine' });
      assert.deepEqual(await names(), ['Mine']);
      assert.deepEqual(await names('?q=another'), []);
    });

    it('needs a login, and refuses a cursor of another list', async () => {
      assert.equal((await app.call('/v1/contacts')).status, 401);
      const foreign = Buffer.from('["not","a","cursor"]').toString('base64url');
      for (const query of [`?cursor=${foreign}`, `?sort=lastSeen&cursor=${foreign}`]) {
        assert.equal((await app.callAs(owner, `/v1/contacts${query}`)).status, 400);
      }
    });
  });

  describe('GET /v1/contacts/:id', () => {
    it('shows the contact with score, records and link token', async () => {
      const record = {
        connectionId: 'conn_1',
        provider: 'nocrm',
        recordId: '7',
        url: 'https://crm.example/7',
        ownerId: null,
        lifecycle: null,
      };
      const contact = await make({ intent: scored(72), crm: [record] });
      const found = contactDetail.parse((await app.callAs(owner, `/v1/contacts/${contact._id}`)).json);
      assert.deepEqual([found.id, found.score, found.linkToken, found.intent.value], [contact._id, 72, contact.linkToken, 72]);
      assert.deepEqual(found.crm, [{ provider: 'nocrm', title: 'nocrm', recordId: '7', url: 'https://crm.example/7' }]);
    });

    it('calls a person without a name by the next best thing', async () => {
      const contact = await make({ name: '', email: null, externalId: 'user-77' });
      assert.equal(contactDetail.parse((await app.callAs(owner, `/v1/contacts/${contact._id}`)).json).name, 'user-77');
    });

    it('needs a login', async () => {
      assert.equal((await app.call(`/v1/contacts/${(await make({}))._id}`)).status, 401);
    });

    it('answers for a contact of another workspace exactly as for one that is not there', async () => {
      const stranger = await makeContact(platform);
      const [foreign, absent] = await Promise.all([stranger._id, 'con_nobody'].map((id) => app.callAs(owner, `/v1/contacts/${id}`)));
      assert.deepEqual([foreign?.status, foreign?.text], [404, absent?.text]);
    });
  });

  describe('tracked links', () => {
    let contact: ContactDocument;
    beforeEach(async () => {
      contact = await make({});
    });
    const create = (url: unknown, member = owner, id = contact._id) =>
      app.callAs(member, `/v1/contacts/${id}/links`, { method: 'POST', body: { url } });

    it('are made for one contact, carry a token of their own, and are listed newest first', async () => {
      const answer = await create('https://www.example.com/pricing?a={{ x }}#plans');
      assert.equal(answer.status, 201);
      const link = trackedLink.parse(answer.json);
      const { token } = await TrackedLink.findOne({ workspaceId }).orFail().lean();
      assert.equal(link.url, `https://www.example.com/pricing?a={{ x }}&ll=${token}#plans`);
      assert.notEqual(token, contact.linkToken);
      platform.clock.advance(1000);
      await create('https://www.example.com/second');
      const { items } = trackedLinkList.parse((await app.callAs(owner, `/v1/contacts/${contact._id}/links`)).json);
      assert.deepEqual(
        items.map(({ url }) => new URL(url).pathname),
        ['/second', '/pricing'],
      );
      assert.deepEqual(items[1], link);
    });

    it('are refused for what is no address of a page', async () => {
      await app.callAs(owner, '/v1/me');
      const before = await dumpDatabase(platform);
      for (const url of [
        '',
        'pricing',
        'javascript:alert(1)',
        'ftp://x.example',
        'data:text/html,x',
        7,
        null,
        `https://x.example/${'x'.repeat(2000)}`,
      ])
        assert.equal((await create(url)).status, 400, String(url).slice(0, 30));
      assert.deepEqual(await dumpDatabase(platform), before);
    });

    it('need a login, the role, and a contact of the own workspace', async () => {
      const path = `/v1/contacts/${contact._id}/links`;
      assert.equal((await app.call(path)).status, 401);
      assert.equal((await app.call(path, { method: 'POST', body: { url: 'https://x.example' } })).status, 401);
      const viewer = await makeMember(platform, { workspaceId, role: 'viewer' });
      assert.equal((await create('https://x.example', viewer)).status, 403);
      const stranger = await makeOwner(platform);
      assert.equal((await create('https://x.example', stranger)).status, 404);
      assert.equal((await app.callAs(stranger, path)).status, 404);
      assert.equal(await TrackedLink.countDocuments({ workspaceId }), 0);
    });
  });
});
