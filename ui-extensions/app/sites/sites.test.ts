import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { emptyWorld, fullWorld, newWorkspaceWorld } from '../testing/fake-world.ts';

describe('the sites of a workspace', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  it('are listed, and another is added and opened, with its snippet to copy', async () => {
    const world = fullWorld();
    const { page, context, problems } = await app.open('/settings/sites', { world });
    await page.getByRole('link', { name: 'www.northwind.example' }).waitFor();
    await page.getByLabel('Address of the website').fill('nonsense');
    await page.getByRole('button', { name: 'Add site' }).click();
    await page.getByText('Give the address of your website, such as www.example.com').waitFor();
    await page.getByLabel('Address of the website').fill('shop.northwind.example');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'shop.northwind.example', level: 1 }).waitFor();
    await page.getByText('Not found yet').waitFor();
    await page.getByRole('button', { name: 'Copy snippet' }).click();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /data-key="site_7Qm2vXk4RtYp9LbN"/);
    assert.equal(world.sites.length, 2);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('keep at least one domain, take more, and say which one is refused', async () => {
    const world = fullWorld();
    const { page, context } = await app.open('/settings/sites/site1', { world });
    const field = page.getByRole('textbox', { name: 'Add a domain' });
    assert.equal(await page.getByRole('button', { name: /^Remove/ }).count(), 0);
    await field.fill('no domain');
    await page.keyboard.press('Enter');
    await page.getByText('“no” is not an address').waitFor();
    await field.fill('taken.example');
    await page.keyboard.press('Enter');
    await page.getByText('Unsaved changes').waitFor();
    await page.getByRole('button', { name: 'Save domains' }).click();
    await page.getByText('This domain belongs to another site').waitFor();
    await page.getByRole('button', { name: 'Remove taken.example' }).click();
    await field.fill('app.northwind.example');
    // Not added with Enter: what is typed counts when it is saved.
    await page.getByRole('button', { name: 'Save domains' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    assert.deepEqual(world.sites[0]?.origins, ['https://www.northwind.example', 'https://app.northwind.example']);
    await page.getByRole('button', { name: 'Remove https://www.northwind.example' }).click();
    await page.getByRole('button', { name: 'Save domains' }).click();
    await page.getByRole('heading', { name: 'app.northwind.example', level: 1 }).waitFor();
    await context.close();
  });

  it('get a new key only after it was said what breaks', async () => {
    const world = fullWorld();
    const { page, context } = await app.open('/settings/sites/site1', { world });
    await page.getByRole('button', { name: 'New key' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make a new key?' });
    await dialog.getByText('No visit is recorded until the new snippet is on the pages').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(world.sites[0]?.siteKey, 'site_7Qm2vXk4RtYp9LbN');
    await page.getByRole('button', { name: 'New key' }).click();
    await dialog.getByRole('button', { name: 'Make a new key' }).click();
    await page.getByText('This is the new key.').waitFor();
    await page.getByText('data-key="site_N3wKeyAft3rR0tation"').waitFor();
    await page.getByRole('button', { name: 'Copy key' }).click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'site_N3wKeyAft3rR0tation');
    await context.close();
  });

  it('are no business of a rep', async () => {
    const world = fullWorld();
    if (world.me !== null) world.me = { ...world.me, member: { ...world.me.member, role: 'rep' } };
    const { page, context } = await app.open('/settings/sites/site1/tracking', { world });
    await page.getByRole('heading', { name: 'Sites are looked after by others here' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Sites', exact: true }).count(), 1, 'only the way back, not in the menu');
    await context.close();
  });

  it('can be added where there is none, and say what went wrong', async () => {
    const empty = emptyWorld({ me: newWorkspaceWorld().me });
    const none = await app.open('/start', { world: empty });
    await none.page.getByRole('link', { name: 'Add a site' }).click();
    await none.page.getByText('This workspace has no site yet.').waitFor();
    await none.context.close();

    const unknown = await app.open('/settings/sites/nothing', { world: fullWorld() });
    await unknown.page.getByRole('heading', { name: 'There is no such site' }).waitFor();
    await unknown.context.close();

    const world = fullWorld();
    world.failing.add('/sites');
    const broken = await app.open('/settings/sites', { world });
    await broken.page.getByText('The database is being moved. Try again in a minute.').waitFor();
    world.failing.clear();
    await broken.page.getByRole('button', { name: 'Try again' }).click();
    await broken.page.getByRole('link', { name: 'www.northwind.example' }).waitFor();
    await broken.context.close();
  });
});
