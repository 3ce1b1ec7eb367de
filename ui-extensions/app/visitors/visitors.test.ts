import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { anonymousWorld, fullWorld } from '../testing/fake-world.ts';

describe('visitors nobody knows yet', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  it('are listed with their visits, chosen by site, and lead to the replay and back', async () => {
    const { page, context, problems } = await app.open('/contacts', { world: anonymousWorld() });
    await page.getByRole('link', { name: 'Visitors' }).click();
    const rows = page.locator('.ll-visit');
    await rows.first().getByText('Live now').waitFor();
    assert.equal(await rows.count(), 50);
    await page.getByRole('button', { name: 'Load more' }).click();
    await rows.nth(59).waitFor();
    await page.getByRole('combobox', { name: 'Site' }).selectOption({ label: 'shop.northwind.example' });
    await page.getByRole('heading', { name: 'No visits yet' }).waitFor();
    await page.getByRole('combobox', { name: 'Site' }).selectOption({ label: 'www.northwind.example' });
    await rows
      .first()
      .getByRole('link', { name: /^Watch live/ })
      .click();
    await page.getByRole('heading', { name: /^Unknown visitor, / }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Visitors' }).click();
    await rows.first().waitFor();
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('are not in the menu where no site tracks them, and the page says how to', async () => {
    const { page, context } = await app.open('/visitors', { world: { ...fullWorld(), sessions: [] } });
    await page.getByRole('heading', { name: 'Anonymous visitors are not tracked' }).waitFor();
    assert.equal(await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Visitors' }).count(), 0);
    await page.getByRole('link', { name: 'Open the tracking settings' }).click();
    await page.getByRole('switch', { name: 'Anonymous visitors' }).waitFor();
    await context.close();
  });

  it('say so when they cannot be loaded', async () => {
    const world = anonymousWorld();
    world.failing.add('/sessions');
    const { page, context } = await app.open('/visitors', { world });
    await page.getByRole('heading', { name: 'The visits could not be loaded' }).waitFor();
    world.failing.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.ll-visit').first().waitFor();
    await context.close();
  });
});
