import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { fullWorld } from '../testing/fake-world.ts';

describe('the live list', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  const liveWorld = () => {
    const world = fullWorld();
    const now = new Date().toISOString();
    world.sessions = world.sessions.map((session) => (session.live ? { ...session, lastSeenAt: now } : session));
    const session = world.sessions.find(({ live }) => live);
    assert.ok(session);
    return { world, session };
  };
  const opened = (sessionId: string, title: string) => [
    {
      ...{ id: `e-${title}`, sessionId, contactId: 'c1', type: 'page_view', at: new Date().toISOString() },
      ...{ pageId: `p-${title}`, path: '/security', title, text: '' },
    },
  ];

  it('shows who is on the site and where, without asking again; a visit that ends leaves it', async () => {
    const { world, session } = liveWorld();
    const { page, context, problems } = await app.open('/live', { world });
    await page.getByText('Connected').waitFor();
    const card = page.locator('.ll-session').filter({ hasText: session.contactName });
    await card.getByRole('link', { name: 'Watch live' }).waitFor();
    const asked = app.api.requests.length;
    app.api.live.tell('events', opened(session.id, 'Security at Northwind'));
    await card.locator('.ll-live-page').getByText('Security at Northwind').waitFor();
    await card.getByText('Opened Security at Northwind').waitFor();
    assert.equal(app.api.requests.slice(asked).filter((request) => request.startsWith('GET /live')).length, 0);
    assert.equal(app.api.live.listening, 1);
    // The first page of a new visit is heard before the row that says whose it is.
    app.api.live.tell('events', opened('new', 'Pricing for teams'));
    app.api.live.tell('session', { ...session, id: 'new', contactName: 'Newly Come', pages: [] });
    const late = page.locator('.ll-session').filter({ hasText: 'Newly Come' });
    await late.locator('.ll-live-page').getByText('Pricing for teams').waitFor();
    app.api.live.tell('session', { ...session, live: false, endedAt: new Date().toISOString() });
    await card.waitFor({ state: 'detached' });
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('is asked for every few seconds while the stream is refused, and goes back to it', async () => {
    const { world, session } = liveWorld();
    app.api.live.allow(false);
    const { page, context } = await app.open('/live', { world });
    await page.getByText('Connecting, checked every few seconds').waitFor();
    await page.getByText(session.contactName).first().waitFor();
    world.sessions = world.sessions.map((one) => ({ ...one, live: false }));
    await page.getByRole('heading', { name: 'Nobody is on the site now' }).waitFor();
    app.api.live.allow(true);
    await page.getByText('Connected', { exact: true }).waitFor({ timeout: 15_000 });
    await context.close();
  });

  it("keeps a contact's page as it is now", async () => {
    const { world, session } = liveWorld();
    const { page, context } = await app.open(`/contacts/${session.contactId}`, { world });
    const card = page.locator('.ll-session[data-live="true"]');
    await card.waitFor();
    const [first] = session.pages;
    assert.ok(first);
    const row = { ...session, pages: [...session.pages, { ...first, pageId: 'new', title: 'Just opened' }] };
    world.sessions = world.sessions.map((one) => (one.id === row.id ? row : one));
    app.api.live.tell('session', row);
    await card.getByText('Just opened').waitFor();
    await context.close();
  });
});
