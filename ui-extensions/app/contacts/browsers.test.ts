import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { fullWorld } from '../testing/fake-world.ts';

describe('the visits and browsers of a contact', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  it('that do not count are shown apart, each with its reason', async () => {
    const { page, context } = await app.open('/contacts/c1', { world: fullWorld() });
    const held = page.getByRole('region', { name: 'Visits that do not count' });
    for (const reason of ['Possibly forwarded', 'May be a mail scanner', 'A program drove the browser']) {
      await held.getByText(reason, { exact: true }).waitFor();
    }
    const counted = page.getByRole('region', { name: 'Sessions', exact: true }).locator('.ll-session');
    assert.equal(await counted.count(), 4);
    await counted.getByText('Before they were known').waitFor();
    await context.close();
  });

  it('count from the moment a member says that the browser is theirs', async () => {
    const { page, context, problems } = await app.open('/contacts/c1', { world: fullWorld() });
    const browsers = page.getByRole('region', { name: 'Browsers of this contact' });
    await browsers.getByRole('button', { name: 'It is them' }).click();
    await browsers.getByText('Confirmed by a member').waitFor();
    await page.getByRole('region', { name: 'Sessions', exact: true }).getByText('Edge on Windows').waitFor();
    assert.equal(await browsers.getByText('Possibly forwarded').count(), 0);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('leave the contact when it is somebody else, after it was said what happens', async () => {
    const world = fullWorld();
    const { page, context } = await app.open('/contacts/c1', { world });
    const line = page
      .getByRole('region', { name: 'Browsers of this contact' })
      .getByRole('listitem')
      .filter({ hasText: 'Edge on Windows' });
    await line.getByRole('button', { name: 'Not them' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take this browser from Ada Park?' });
    await dialog.getByText('the score is worked out anew').waitFor();
    await dialog.getByRole('button', { name: 'Leave it' }).click();
    assert.equal(world.visitors.length, 2);
    await line.getByRole('button', { name: 'Not them' }).click();
    await dialog.getByRole('button', { name: 'Take it away' }).click();
    await line.waitFor({ state: 'detached' });
    await page.getByText('Possibly forwarded').first().waitFor({ state: 'detached' });
    await context.close();
  });

  it('may be looked at by a viewer, who decides nothing', async () => {
    const world = fullWorld();
    if (world.me !== null) world.me = { ...world.me, member: { ...world.me.member, role: 'viewer' } };
    const { page, context } = await app.open('/contacts/c1', { world });
    await page.getByRole('region', { name: 'Browsers of this contact' }).getByText('Edge on Windows').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Not them' }).count(), 0);
    await context.close();
  });
});
