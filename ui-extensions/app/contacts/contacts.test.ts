import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { ago, fullWorld, newWorkspaceWorld } from '../testing/fake-world.ts';

describe('contacts', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  it('are listed by score, searched, sorted, and loaded further', async () => {
    const { page, context, problems } = await app.open('/contacts', { world: fullWorld() });
    const rows = page.locator('tbody tr');
    await rows.first().getByText('Ada Park').waitFor();
    assert.equal(await rows.count(), 50);
    await page.getByRole('button', { name: 'Load more' }).click();
    await rows.nth(63).waitFor();

    await page.getByRole('searchbox', { name: 'Search contacts' }).fill('osprey');
    await page.waitForURL(/q=osprey/);
    await page.getByText('Ada Park').waitFor({ state: 'detached' });
    assert.match((await rows.first().textContent()) ?? '', /Osprey Health/);

    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('lastSeen');
    await page.waitForURL(/sort=lastSeen/);
    await page.getByRole('searchbox', { name: 'Search contacts' }).fill('nobody at all');
    await page.getByRole('heading', { name: 'Nobody found for “nobody at all”' }).waitFor();
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('show a new score without a reload', async () => {
    const world = fullWorld();
    const { page, context } = await app.open('/contacts', { world });
    await page.getByRole('link', { name: 'Ada Park' }).waitFor();
    world.contacts = world.contacts.map((contact) => (contact.id === 'c1' ? { ...contact, score: 97 } : contact));
    await page.locator('tbody tr').first().getByText('97').waitFor();
    await context.close();
  });

  it('tell what is missing when there are none, and what went wrong when they cannot be loaded', async () => {
    const { page, context } = await app.open('/contacts', { world: newWorkspaceWorld() });
    await page.getByRole('heading', { name: 'No contacts yet' }).waitFor();
    await context.close();

    const world = fullWorld();
    world.failing.add('/contacts');
    const broken = await app.open('/contacts', { world });
    await broken.page.getByText('The database is being moved. Try again in a minute.').waitFor();
    world.failing.clear();
    await broken.page.getByRole('button', { name: 'Try again' }).click();
    await broken.page.getByRole('link', { name: 'Ada Park' }).waitFor();
    await broken.context.close();
  });

  it('have a page whose reasons add up to the score and lead to the moment', async () => {
    const { page, context, problems } = await app.open('/contacts', { world: fullWorld() });
    await page.getByRole('link', { name: 'Ada Park' }).click();
    await page.getByRole('heading', { name: 'Why 86' }).waitFor();
    assert.equal(await page.title(), 'Ada Park · Leadlight');
    const points = await page.locator('.ll-reasons .ll-points').allTextContents();
    const total = points.reduce((sum, text) => sum + Number(text.replace('−', '-')), 0);
    assert.equal(total, 86);
    assert.equal(await page.locator('.ll-total .ll-points').textContent(), '86');
    assert.match((await page.getByRole('link', { name: 'Looked at pricing for 2 min 40 s' }).getAttribute('href')) ?? '', /\/r\/s1\?t=82$/);
    assert.match((await page.getByRole('link', { name: 'Open in HubSpot' }).getAttribute('href')) ?? '', /^https:\/\/app\.hubspot\.com/);
    await page.getByText('Made by rules').waitFor();
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('show the live visit first, page by page as it goes on', async () => {
    const world = fullWorld();
    const { page, context } = await app.open('/contacts/c1', { world });
    const first = page.getByRole('region', { name: 'Sessions' }).getByRole('listitem').first();
    await first.getByText('Live now').waitFor();
    const page9 = { pageId: 'p9', title: 'Order form', path: '/order', at: ago(0), offsetMs: 500_000, activeMs: 1000, scrollDepth: null };
    world.sessions = world.sessions.map((session) => (session.id === 's1' ? { ...session, pages: [...session.pages, page9] } : session));
    await first.getByText('Order form').waitFor();
    await context.close();
  });

  it('get a tracked link, which can be copied', async () => {
    const { page, context } = await app.open('/contacts/c1', { world: fullWorld() });
    const field = page.getByLabel('Page to link to');
    await field.fill('https://elsewhere.example/');
    await page.getByRole('button', { name: 'Make link' }).click();
    await page.getByText('The page must be on one of your sites').waitFor();
    await field.fill('https://www.northwind.example/demo');
    await page.getByRole('button', { name: 'Make link' }).click();
    await page.getByRole('button', { name: 'Copy link', exact: true }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, 'https://www.northwind.example/demo?ll=Vq3nT8yKpL2sXw6Z');
    await page.getByRole('button', { name: 'Copy merge-tag link' }).click();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /\?ll=\{\{ contact\.leadlight_link_token \}\}$/);
    await context.close();
  });

  it('say so when there is no such contact', async () => {
    const { page, context } = await app.open('/contacts/nobody', { world: fullWorld() });
    await page.getByRole('heading', { name: 'There is no such contact' }).waitFor();
    await context.close();
  });
});
