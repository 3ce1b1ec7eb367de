import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { crmConnection, fullWorld, newWorkspaceWorld } from '../testing/fake-world.ts';

describe('settings', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  it('connect a CRM through its consent page and show how far the first sync is', async () => {
    const { page, context, problems } = await app.open('/settings/integrations', { world: newWorkspaceWorld() });
    await page.getByRole('heading', { name: 'What Leadlight creates in HubSpot' }).waitFor();
    await page.getByRole('button', { name: 'Connect HubSpot' }).click();
    await page.getByText('HubSpot is connected').waitFor();
    await page.getByText('1,284 contacts imported, 1,200 link tokens written').waitFor();
    assert.equal(new URL(page.url()).search, '');
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('say why a connect failed', async () => {
    const world = newWorkspaceWorld();
    world.consent = 'You did not allow access.';
    const { page, context } = await app.open('/settings/integrations', { world });
    await page.getByRole('button', { name: 'Connect Slack' }).click();
    await page.getByText('Slack was not connected').waitFor();
    await page.getByText('You did not allow access.').waitFor();
    await context.close();
  });

  it('choose the channel of the alerts', async () => {
    const world = fullWorld();
    const { page, context } = await app.open('/settings/integrations', { world });
    const chosen = page.waitForResponse((response) => response.url().endsWith('/channel'));
    await page.getByRole('combobox', { name: 'Alerts go to' }).selectOption({ label: '#sales-emea' });
    await chosen;
    assert.equal(world.integrations[1]?.connection?.channel?.name, 'sales-emea');
    await context.close();
  });

  it('ask before disconnecting, and do nothing when the answer is no', async () => {
    const world = fullWorld();
    const { page, context } = await app.open('/settings/integrations', { world });
    const card = page.getByRole('region', { name: 'HubSpot', exact: true });
    await card.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('dialog', { name: 'Disconnect HubSpot?' }).getByRole('button', { name: 'Keep it' }).click();
    assert.notEqual(world.integrations[0]?.connection, null);
    await card.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await card.getByText('Not connected').waitFor();
    assert.equal(world.integrations[0]?.connection, null);
    await context.close();
  });

  it("show what is wrong with a connection in the vendor's words, with a way out", async () => {
    const world = fullWorld();
    const lost = { ...crmConnection(), state: 'needs_reauth' as const, problem: 'The app was uninstalled.', pendingDeliveries: 14 };
    world.integrations = world.integrations.map((one) => (one.provider === 'hubspot' ? { ...one, connection: lost } : one));
    const { page, context } = await app.open('/settings/integrations', { world });
    await page.getByText('The app was uninstalled.').waitFor();
    await page.getByText('14 deliveries wait and will be sent after that.').waitFor();
    await page.getByRole('button', { name: 'Reconnect' }).click();
    await page.getByText('HubSpot is connected').waitFor();
    await context.close();
  });

  it('list what was sent in sentences, with the reason of a failure', async () => {
    const { page, context } = await app.open('/settings/sync-log', { world: fullWorld() });
    await page.getByText('Updated Ada Park in HubSpot: score 86 (high)').waitFor();
    await page.getByText('HubSpot refused it: the record no longer exists.').waitFor();
    const rows = page.getByRole('main').getByRole('listitem');
    assert.equal(await rows.count(), 50);
    await page.getByRole('button', { name: 'Load more' }).click();
    await rows.nth(69).waitFor();
    await context.close();
  });
});
