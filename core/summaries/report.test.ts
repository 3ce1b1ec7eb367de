import assert from 'node:assert/strict';
import { type Report, report } from '#contract/report.ts';
import { Contact, type ContactDocument } from '../contacts/contact.ts';
import { eraseSession } from '../insights/erase-session.ts';
import { Session, type SessionDocument } from '../sessions/session.ts';
import type { ExamplePage } from '../sessions/summarise-example.ts';
import { findSite, makeContact, makeMember, makeOwner } from '../testing/factories.ts';
import { foldVisit, lookAgain } from '../testing/fold-visit.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import { countFolded } from './count-folded.ts';

const home: ExamplePage = { path: '/', seconds: 20 };
const pricing: ExamplePage = { path: '/pricing', seconds: 40 };
const bought = (orderId: string, valueMinor: number): ExamplePage => ({
  path: '/thanks',
  seconds: 5,
  deeds: [['purchase', { orderId, valueMinor, currency: 'eur' }]],
});

describe("a site's report", () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let ada: ContactDocument;
  let site: SiteDocument;

  beforeEach(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
    ada = await makeContact(platform, { workspaceId: owner.workspaceId });
    site = await findSite(owner.workspaceId);
  });
  afterEach(() => app.close());

  const at = (moment: string) => ({ startedAt: new Date(moment) });
  const settle = async () => {
    for (let ran = 1; ran > 0; platform.clock.advance(3000)) ran = await app.work();
  };
  const read = async (query = 'from=2026-05-19&to=2026-05-20', by = 'day'): Promise<Report> => {
    await settle();
    const { json, status, text } = await app.callAs(owner, `/v1/sites/${site._id}/report?${query}&by=${by}`);
    assert.equal(status, 200, text);
    return report.parse(json);
  };
  const set = async (session: SessionDocument, fields: Partial<SessionDocument>) => {
    await Session.updateOne({ workspaceId: session.workspaceId, _id: session._id }, { $set: fields });
    await lookAgain(platform, session);
  };
  const totalsOfAda = async () => (await Contact.findOne({ workspaceId: owner.workspaceId, _id: ada._id }).lean())?.totals;

  it('tells visits, visitors, pages, channels, devices, orders and forms by day and by month', async () => {
    const form: ExamplePage = { path: '/demo', seconds: 30, deeds: [['form_start', { formId: 'demo' }]] };
    await foldVisit(platform, ada, { pages: [home, pricing, bought('A1', 1999)], visitorId: 'vis_1', ...at('2026-05-19T23:50:00Z') });
    await foldVisit(platform, ada, { pages: [pricing, form], visitorId: 'vis_1', channel: 'paid', ...at('2026-05-20T08:00:00Z') });
    await foldVisit(platform, ada, { pages: [{ ...home, seconds: 3 }], visitorId: 'vis_1', ...at('2026-05-20T09:00:00Z') });
    await foldVisit(platform, ada, {
      pages: [home, bought('A1', 1999), bought('A2', 500)],
      visitorId: 'vis_2',
      ...at('2026-05-20T10:00:00Z'),
    });
    const daily = await read();
    assert.deepEqual(
      daily.series.map(({ at: day, sessions, visitors, pageviews, bounces, orders, revenue }) => [
        day,
        sessions,
        visitors,
        pageviews,
        bounces,
        orders,
        revenue,
      ]),
      [
        ['2026-05-19', 1, 1, 3, 0, 1, [{ name: 'EUR', count: 1999 }]],
        ['2026-05-20', 3, 2, 6, 1, 1, [{ name: 'EUR', count: 500 }]],
      ],
    );
    assert.deepEqual(daily.pages[0], { path: '/', views: 3, entries: 3, activeMs: 43_000 });
    assert.deepEqual(daily.channels, [
      { name: 'email', count: 3 },
      { name: 'paid', count: 1 },
    ]);
    assert.deepEqual([daily.forms, daily.devices], [{ started: 1, submitted: 0, abandoned: 0 }, [{ name: 'desktop', count: 4 }]]);
    assert.equal(daily.totals.activeMs, 20_000 + 40_000 + 5000 + 40_000 + 30_000 + 3000 + 20_000 + 5000 + 5000);
    const monthly = await read('from=2026-04-01&to=2026-05-31', 'month');
    assert.deepEqual(
      monthly.series.map(({ at: month, sessions, visitors }) => [month, sessions, visitors]),
      [
        ['2026-04', 0, 0],
        ['2026-05', 4, 2],
      ],
    );
    assert.deepEqual({ ...monthly.totals, visitors: 0 }, { ...daily.totals, visitors: 0 });
    assert.deepEqual([monthly.pages, monthly.events], [daily.pages, daily.events]);
    assert.deepEqual(await totalsOfAda(), { sessions: 4, pageviews: 9, activeMs: daily.totals.activeMs });
  });

  it('counts a held visit when it is released, takes out one that is held or erased, and keeps one whose consent was taken back', async () => {
    const empty = await read();
    const held = await foldVisit(platform, ada, { pages: [home, bought('A1', 100)], heldFor: 'no-person', evidence: null });
    const kept = await foldVisit(platform, ada, { pages: [home, bought('A1', 100)] });
    const before = await read();
    assert.deepEqual([before.totals.sessions, before.totals.orders], [1, 1]);
    await set(held, { heldFor: null, evidence: 'scroll' });
    assert.deepEqual([(await read()).totals.sessions, (await totalsOfAda())?.sessions], [2, 2]);
    await set(held, { heldFor: 'forwarded' });
    assert.deepEqual(await read(), before);
    await set(kept, { withdrawnAt: platform.clock.now(), endedAt: platform.clock.now() });
    assert.deepEqual(await read(), before);
    await eraseSession(platform, { workspaceId: owner.workspaceId, sessionId: kept._id });
    assert.deepEqual(await read(), empty);
    assert.deepEqual(await totalsOfAda(), { sessions: 0, pageviews: 0, activeMs: 0 });
    const monthly = await read('from=2026-05-01&to=2026-05-31', 'month');
    assert.deepEqual([monthly.totals.sessions, monthly.totals.visitors], [0, 0]);
  });

  it('moves a visit that began earlier than was known to its day, and to another contact', async () => {
    const session = await foldVisit(platform, ada, { pages: [home], ...at('2026-05-20T00:00:05Z') });
    assert.deepEqual(
      (await read()).series.map(({ sessions, visitors }) => [sessions, visitors]),
      [
        [0, 0],
        [1, 1],
      ],
    );
    const ben = await makeContact(platform, { workspaceId: owner.workspaceId });
    await set(session, { startedAt: new Date('2026-05-19T23:59:00Z'), contactId: ben._id });
    assert.deepEqual(
      (await read()).series.map(({ sessions, visitors }) => [sessions, visitors]),
      [
        [1, 1],
        [0, 0],
      ],
    );
    assert.equal((await totalsOfAda())?.sessions, 0);
  });

  it('counts nothing of a fold that was not committed, and nothing twice', async () => {
    const session = await foldVisit(platform, ada, { pages: [home] });
    const { workspaceId, _id: sessionId } = session;
    const folded = [{ workspaceId, sessionId, newEvents: [{ eid: 'x', type: 'form_submit', props: { formId: 'a' } } as const] }];
    const lost = platform.store.inTransaction(async (transaction) => {
      await countFolded(folded, transaction);
      throw new Error('the fold failed');
    });
    await assert.rejects(lost, /the fold failed/);
    await read();
    await lookAgain(platform, session);
    await lookAgain(platform, session);
    assert.deepEqual([(await read()).totals.sessions, (await read()).forms.submitted], [1, 0]);
  });

  it('needs a login, refuses another workspace and odd spans', async () => {
    const path = `/v1/sites/${site._id}/report`;
    assert.equal((await app.call(`${path}?from=2026-05-01&to=2026-05-02`)).status, 401);
    assert.equal((await app.callAs(await makeMember(platform), `${path}?from=2026-05-01&to=2026-05-02`)).status, 404);
    for (const query of [
      '',
      '?from=2026-05-02&to=2026-05-01',
      '?from=2026-01-01&to=2026-05-01',
      '?from=x&to=y',
      '?from=2026-05-01&to=2026-05-02&by=year',
    ]) {
      const { status, text } = await app.callAs(owner, path + query);
      assert.equal(status, 400, `${query} ${text}`);
    }
  });
});
