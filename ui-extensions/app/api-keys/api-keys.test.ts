import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { fullWorld, newWorkspaceWorld } from '../testing/fake-world.ts';

describe('API keys and dead letters', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  it('make a key with the chosen scopes, show it once, and copy it', async () => {
    const world = newWorkspaceWorld();
    const { page, context, problems } = await app.open('/settings/api-keys', { world });
    await page.getByText('No API keys yet').waitFor();
    await page.getByRole('button', { name: 'Make key' }).click();
    await page.getByText('Choose at least one scope').waitFor();
    await page.getByText('Give the key a name').waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('Warehouse');
    await page.getByRole('checkbox', { name: /^contacts:read/ }).check();
    await page.getByRole('combobox', { name: 'Expires' }).selectOption({ label: 'In 90 days' });
    await page.getByRole('button', { name: 'Make key' }).click();
    await page.getByRole('heading', { name: 'Copy “Warehouse” now' }).waitFor();
    await page.getByRole('button', { name: 'Copy key' }).click();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^llk_[\w-]{43}$/);
    assert.deepEqual(world.apiKeys[0]?.scopes, ['contacts:read']);
    assert.ok(Date.parse(world.apiKeys[0]?.expiresAt ?? '') > Date.now() + 89 * 86_400_000);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.reload();
    await page.getByRole('heading', { name: 'Warehouse' }).waitFor();
    assert.doesNotMatch((await page.textContent('body')) ?? '', /llk_[\w-]{43}/);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('revoke a key after asking', async () => {
    const world = fullWorld();
    const { page, context } = await app.open('/settings/api-keys', { world });
    const row = page.getByRole('listitem').filter({ hasText: 'Sign-up form' });
    await row.getByText('Expired').waitFor();
    await row.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke the key' }).click();
    await row.waitFor({ state: 'detached' });
    assert.deepEqual(
      world.apiKeys.map(({ name }) => name),
      ['Data warehouse'],
    );
    await context.close();
  });

  it('show what was set aside with its reason, try it again, and delete it', async () => {
    const world = fullWorld();
    const { page, context } = await app.open('/settings/dead-letters', { world });
    const row = page.getByRole('listitem').filter({ hasText: 'is not in the catalogue' });
    await row.getByRole('button', { name: 'Show the event' }).click();
    await row.getByText('"type": "pageview"').waitFor();
    await row.getByRole('button', { name: 'Replay' }).click();
    await row.getByText('It cannot be read still').waitFor();
    await row.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click();
    await row.waitFor({ state: 'detached' });
    assert.equal(world.deadLetters.length, 1);
    await context.close();
  });
});
