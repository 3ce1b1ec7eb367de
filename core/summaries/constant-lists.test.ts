import assert from 'node:assert/strict';
import { z } from 'zod';
import { Contact } from '../contacts/contact.ts';
import { newContact } from '../contacts/new-contact.ts';
import { TrackedLink } from '../contacts/tracked-link.ts';
import { newVisitor, Visitor } from '../contacts/visitor.ts';
import { Session } from '../sessions/session.ts';
import { findSite, makeOwner, makeSession } from '../testing/factories.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';

const many = 260;
const limit = 50;
const paged = z.object({ items: z.array(z.unknown()), next: z.string().nullable() });

/** What MongoDB says it did for one query. */
const seen = z.object({
  ns: z.string(),
  planSummary: z.string().default(''),
  docsExamined: z.number().default(0),
  keysExamined: z.number().default(0),
  hasSortStage: z.boolean().default(false),
});

describe('a list', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let contactId = '';
  let siteId = '';

  before(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
    ({ contactId, siteId } = await fill(owner));
    await app.callAs(owner, '/v1/me');
  });
  after(() => app.close());
  const db = () => {
    const { db: open } = platform.store.connection;
    assert.ok(open);
    return open;
  };

  /** Many of everything, with many ties in what lists are sorted by. */
  async function fill({ workspaceId, _id: createdBy }: MemberDocument): Promise<{ contactId: string; siteId: string }> {
    const now = platform.clock.now();
    const numbers = Array.from({ length: many }, (_, number) => number);
    const days = (number: number) => new Date(now.getTime() - Math.floor(number / 40) * 86_400_000);
    const contacts = numbers.map((number) => ({
      ...newContact(platform, { workspaceId, name: `Ada ${number}`, email: `ada-${number}@example.com` }),
      intent: { value: (number % 3) * 20, band: 'low' as const, reasons: [] },
      lastSeenAt: number % 4 === 0 ? null : days(number),
    }));
    await Contact.insertMany(contacts);
    const hot = contacts[0]?._id ?? '';
    const site = await findSite(workspaceId);
    const session = await makeSession(platform, { workspaceId, contactId: hot });
    const modes = ['contact', 'anonymous', 'analytics'] as const;
    await Session.insertMany(
      numbers.flatMap((number) => [
        { ...session, _id: `ses_one_${number}`, startedAt: days(number), endedAt: now },
        {
          ...session,
          _id: `ses_all_${number}`,
          contactId: contacts[number]?._id ?? null,
          mode: modes[number % 3] ?? 'contact',
          startedAt: days(number),
          endedAt: number % 2 === 0 ? null : now,
        },
      ]),
    );
    const link = { workspaceId, contactId: hot, url: 'https://x.example', createdBy, sessionIds: [] };
    await TrackedLink.insertMany(
      numbers.map((number) => ({ ...link, _id: `link_${number}`, token: `token-${number}-of-the-link`, createdAt: days(number) })),
    );
    const visitors = numbers.map((number) => ({
      ...newVisitor(site, `vid-${number}`),
      contactId: hot,
      standing: 'bound' as const,
      boundAt: days(number),
    }));
    await Visitor.insertMany(visitors);
    return { contactId: hot, siteId: site._id };
  }

  /** @returns what MongoDB did for one request. */
  async function watched(path: string) {
    await db().command({ profile: 2 });
    const answer = await app.callAs(owner, path);
    await db().command({ profile: 0 });
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    const queries = z.array(seen).parse(
      await db()
        .collection('system.profile')
        .find({ op: { $in: ['query', 'command', 'getmore'] } })
        .toArray(),
    );
    await db().dropCollection('system.profile');
    return { page: paged.parse(answer.json), queries: queries.filter(({ ns }) => !/system|signIns|members/.test(ns)) };
  }

  const address: Readonly<Record<string, () => string>> = {
    'of the hottest contacts': () => '/v1/contacts?sort=score',
    'of contacts by last visit': () => '/v1/contacts?sort=lastSeen',
    "of a contact's visits": () => `/v1/contacts/${contactId}/sessions?`,
    "of a contact's links": () => `/v1/contacts/${contactId}/links?`,
    'of all visits': () => '/v1/sessions?',
    'of anonymous visits': () => '/v1/sessions?mode=anonymous',
    'of the visits of a site': () => `/v1/sessions?site=${siteId}`,
    'of the anonymous visits of a site': () => `/v1/sessions?mode=anonymous&site=${siteId}`,
    "of a contact's browsers": () => `/v1/contacts/${contactId}/visitors?`,
    'of deliveries': () => '/v1/deliveries?',
    'of leaks': () => `/v1/sites/${siteId}/leaks?`,
  };

  for (const [what, path] of Object.entries(address)) {
    it(`${what} reads an index in its order, and no more rows than it shows`, async () => {
      let cursor = '';
      for (let pages = 0; pages < 4; pages += 1) {
        const { page, queries } = await watched(`${path()}${cursor === '' ? '' : `&cursor=${cursor}`}`);
        for (const query of queries) {
          const told = JSON.stringify(query);
          assert.equal(query.hasSortStage, false, told);
          assert.doesNotMatch(query.planSummary, /COLLSCAN/, told);
          // Browsers are shown a hundred at once, each with its newest visit.
          assert.ok(query.docsExamined <= Math.max(limit + 1, 100), told);
          assert.ok(query.keysExamined <= 3 * limit + 10, told);
        }
        if (page.next === null) break;
        cursor = page.next;
      }
    });
  }
});
