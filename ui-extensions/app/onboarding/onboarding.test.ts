import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { newWorkspaceWorld, siteFor, type World } from '../testing/fake-world.ts';
import { sampleContacts } from '../testing/sample-contacts.ts';

/** Presses Tab until this element has the focus, as a person without a mouse does. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let presses = 0; presses < 40; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reaches ${wanted}`);
}

function see(world: World, over: Parameters<typeof siteFor>[1]): void {
  world.sites = [siteFor('www.northwind.example', over)];
}

describe('the first steps', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  it('turn green by themselves when the snippet is found and the first visit comes', async () => {
    const world = newWorkspaceWorld();
    const { page, context } = await app.open('/', { world });
    await page.getByText('Waiting for the snippet on www.northwind.example').waitFor();
    await page.getByRole('tab', { name: 'Google Tag Manager' }).click();
    await page.getByText("tag.setAttribute('data-key', 'site_7Qm2vXk4RtYp9LbN')").waitFor();

    see(world, { snippetSeenAt: new Date().toISOString() });
    await page.getByText('1 of 4 steps done').waitFor();
    await page.getByRole('button', { name: /^Paste the snippet/ }).click();
    await page.getByText('Snippet found on www.northwind.example').first().waitFor();

    see(world, { snippetSeenAt: new Date().toISOString(), firstVisitAt: new Date().toISOString() });
    await page.getByText('First visit received just now').first().waitFor();
    await context.close();
  });

  it('can be done from beginning to end with the keyboard alone', async () => {
    const world = newWorkspaceWorld();
    world.contacts = sampleContacts();
    const { page, context, problems } = await app.open('/start', { world });

    const button = (name: string) => page.getByRole('button', { name, exact: true });

    await tabTo(page, button('Copy snippet'));
    await page.keyboard.press('Enter');
    await button('Copied').waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /data-key="site_7Qm2vXk4RtYp9LbN"/);
    see(world, { snippetSeenAt: new Date().toISOString() });

    await page.getByText('A property group Leadlight on contacts').waitFor();
    await tabTo(page, button('Connect HubSpot'));
    await page.keyboard.press('Enter');
    await page.getByText('HubSpot is connected').waitFor();
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/start');
    await page.getByText('2 of 4 steps done').waitFor();

    await tabTo(page, button('Connect Slack'));
    await page.keyboard.press('Enter');
    await page.getByText('Slack is connected').waitFor();
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/start');
    await tabTo(page, page.getByLabel('Alerts go to'));
    await page.keyboard.type('#hot');
    await page.getByText('3 of 4 steps done').waitFor();

    await tabTo(page, page.getByPlaceholder('Search by name, company or e-mail'));
    await page.keyboard.type('tomas berg');
    await page.getByRole('option', { name: /Tomas Berg/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tabTo(page, button('Make link'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You are all set' }).waitFor();
    assert.equal(world.links[0]?.contactId, world.contacts.find(({ name }) => name === 'Tomas Berg')?.id);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('say why a connect failed where it began', async () => {
    const world = newWorkspaceWorld();
    world.sites = [siteFor('www.northwind.example', { snippetSeenAt: new Date().toISOString() })];
    world.consent = 'You did not allow access.';
    const { page, context } = await app.open('/start', { world });
    await page.getByRole('button', { name: 'Connect HubSpot', exact: true }).click();
    await page.getByText('HubSpot was not connected').waitFor();
    await page.getByRole('heading', { name: 'Get started' }).waitFor();
    await context.close();
  });

  it('ask about consent in one line, saved at once, with the way to the reasons', async () => {
    const world = newWorkspaceWorld();
    const { page, context, problems } = await app.open('/start', { world });
    const choice = page.getByRole('checkbox', { name: /^Ask visitors from the EU, EEA, UK and Switzerland first/ });
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH');
    await choice.check();
    await saved;
    assert.equal(world.sites[0]?.config.consent, 'european');
    assert.equal(await choice.isChecked(), true);
    await page.getByRole('link', { name: 'Who asks, and why' }).click();
    await page
      .getByRole('radio', { name: /^Visitors from the EU/ })
      .and(page.locator(':checked'))
      .waitFor();
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('say so when the choice about consent was not saved', async () => {
    const world = newWorkspaceWorld();
    const { page, context } = await app.open('/start', { world });
    await page.getByRole('checkbox', { name: /^Ask visitors/ }).waitFor();
    world.failing.add('/sites/');
    await page.getByRole('checkbox', { name: /^Ask visitors/ }).click();
    await page.getByText('Not saved. The database is being moved.').waitFor();
    assert.equal(await page.getByRole('checkbox', { name: /^Ask visitors/ }).isChecked(), false);
    await context.close();
  });
});
