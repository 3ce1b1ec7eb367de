import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { anonymousWorld, fullWorld } from '../testing/fake-world.ts';

const path = '/settings/sites/site1/tracking';

async function saveSection(page: Page, name: string): Promise<void> {
  const section = page.getByRole('form', { name });
  await section.getByRole('button', { name: /^Save/ }).click();
  await section.getByText('Saved', { exact: true }).waitFor();
}

describe('the tracking settings of a site', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  it('are saved section by section, with the keyboard alone', async () => {
    const world = fullWorld();
    const { page, context, problems } = await app.open(path, { world });
    const modes = page.getByRole('form', { name: 'Who is tracked' });
    await modes.getByRole('switch', { name: 'Anonymous visitors' }).focus();
    await page.keyboard.press('Space');
    await modes.getByText('Unsaved changes').waitFor();
    await page.keyboard.press('Enter');
    await modes.getByText('Saved', { exact: true }).waitFor();
    assert.deepEqual(world.sites[0]?.config.modes, { knownContacts: true, anonymousVisitors: true, siteAnalytics: false });
    await page.getByRole('link', { name: 'Visitors' }).waitFor();

    await page.getByText('people nobody knows are recorded without being asked').waitFor();
    await page.getByRole('radio', { name: 'Nobody' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('form', { name: 'Consent' }).getByText('Saved', { exact: true }).waitFor();
    assert.equal(world.sites[0]?.config.consent, 'european');
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('hold masking, query keys, evidence and own visits', async () => {
    const world = fullWorld();
    const { page, context } = await app.open(path, { world });
    await page.getByRole('radio', { name: 'All text is masked' }).check();
    await saveSection(page, 'Masking in replays');

    const keys = page.getByRole('textbox', { name: 'Query keys that stay as well' });
    await keys.fill('pl@n');
    await page.keyboard.press('Enter');
    await page.getByText('Give names of query keys').waitFor();
    await keys.fill('plan, size');
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Query keys' }).getByText('size').waitFor();
    await saveSection(page, 'Addresses');

    await page.getByLabel('Seconds of a visible page that count').fill('1.5');
    await saveSection(page, 'Evidence of a person');

    await page.getByRole('switch', { name: 'Leave out members of this workspace' }).uncheck();
    await page.getByRole('textbox', { name: 'Leave out e-mail domains' }).fill('nora@Northwind.example');
    await saveSection(page, 'Your own visits');

    const { config, exclusion } = world.sites[0] ?? assert.fail('the site is gone');
    assert.equal(config.masking.text, 'masked');
    assert.deepEqual(config.queryKeys, ['plan', 'size']);
    assert.equal(config.dwellMs, 1500);
    assert.deepEqual(exclusion, { members: false, emailDomains: ['northwind.example'] });
    await page.getByRole('button', { name: 'Copy the link for https://www.northwind.example' }).click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'https://www.northwind.example/?ll_internal=1');
    await context.close();
  });

  it('say what is wrong beside the field, and send nothing', async () => {
    const world = fullWorld();
    const { page, context } = await app.open(path, { world });
    const asked = app.api.requests.length;
    const evidence = page.getByRole('form', { name: 'Evidence of a person' });
    for (const wrong of ['', 'two', '-1', '601']) {
      await evidence.getByRole('textbox').fill(wrong);
      await page.keyboard.press('Enter');
      await evidence.getByText('Give seconds from 0 to 600').waitFor();
    }
    assert.equal(world.sites[0]?.config.dwellMs, 2000);
    await evidence.getByRole('button', { name: 'Discard' }).click();
    assert.equal(await evidence.getByRole('textbox').inputValue(), '2');
    assert.deepEqual(
      app.api.requests.slice(asked).filter((request) => request.startsWith('PATCH')),
      [],
    );
    await context.close();
  });

  it('keep what was changed when it cannot be saved, and save it later', async () => {
    const world = fullWorld();
    const { page, context } = await app.open(path, { world });
    const masking = page.getByRole('form', { name: 'Masking in replays' });
    await masking.getByRole('radio', { name: 'All text is masked' }).check();
    world.failing.add('/sites/');
    await masking.getByRole('button', { name: 'Save' }).click();
    await masking.getByText('Not saved. The database is being moved.').waitFor();
    assert.equal(await masking.getByRole('radio', { name: 'All text is masked' }).isChecked(), true);
    world.failing.clear();
    await saveSection(page, 'Masking in replays');
    await context.close();
  });

  it('ask before changes are lost', async () => {
    const { page, context } = await app.open(path, { world: anonymousWorld() });
    await page.getByRole('radio', { name: 'Everybody' }).check();
    await page.getByRole('link', { name: 'Leaks' }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await page.getByRole('radio', { name: 'Everybody' }).isChecked(), true);
    await page.getByRole('link', { name: 'Leaks' }).click();
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'What your pages leak' }).waitFor();
    await context.close();
  });
});
