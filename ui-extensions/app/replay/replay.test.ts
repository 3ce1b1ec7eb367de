import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { fullWorld } from '../testing/fake-world.ts';

describe('a replay', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  const ticketsFor = (id: string) => app.api.requests.filter((request) => request === `POST /sessions/${id}/replay`).length;

  it('asks for a ticket and opens the player at the moment, in a frame of another origin', async () => {
    const before = ticketsFor('s1');
    const { page, context, problems } = await app.open('/r/s1?t=85', { world: fullWorld() });
    const frame = page.frameLocator('iframe[title^="Replay of Ada Park"]');
    await frame.getByText('85 s').waitFor();
    assert.equal(ticketsFor('s1') - before, 1);
    assert.equal(app.player.opened.at(-1), '/player?t=85');
    const sandbox = await page.locator('iframe').getAttribute('sandbox');
    assert.equal(sandbox, 'allow-scripts allow-same-origin');
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('jumps to a cited moment and to a page, and copies a link to where it is', async () => {
    const { page, context } = await app.open('/r/s1', { world: fullWorld() });
    const frame = page.frameLocator('iframe');
    await frame.getByText('0 s').waitFor();
    await page.getByRole('button', { name: '2:31 Compares Team with Business' }).click();
    await frame.getByText('151 s').waitFor();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.getByRole('button', { name: '5:21 Customers' }).click();
    await frame.getByText('321 s').waitFor();
    assert.match((await timeline.locator('[aria-current="true"]').textContent()) ?? '', /Customers/);
    await page.getByRole('button', { name: 'Copy link at 5:21' }).click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${app.api.origin}/r/s1?t=321`);
    await context.close();
  });

  it('asks for a new ticket when the player says that its own has expired, and goes on where it was', async () => {
    const { page, context } = await app.open('/r/s1?t=40', { world: fullWorld() });
    const frame = page.frameLocator('iframe');
    await frame.getByText('40 s').waitFor();
    const before = ticketsFor('s1');
    const renewed = page.waitForResponse((response) => response.url().endsWith('/replay'));
    await frame.getByRole('button', { name: 'Expire' }).click();
    await renewed;
    await frame.getByText('40 s').waitFor();
    assert.equal(ticketsFor('s1') - before, 1);
    await context.close();
  });

  it("switches between this person's sessions", async () => {
    const { page, context } = await app.open('/r/s1', { world: fullWorld() });
    await page.getByRole('navigation', { name: 'Sessions of this person' }).getByRole('link').nth(1).click();
    await page.waitForURL(/\/r\/s2$/);
    await page.getByRole('button', { name: '0:00 Security' }).waitFor();
    await context.close();
  });

  it('says why there is nothing to play', async () => {
    const world = fullWorld();
    const careers = await app.open('/r/s3', { world });
    await careers.page.getByRole('heading', { name: 'No recording' }).waitFor();
    await careers.context.close();
    const held = await app.open('/r/s4', { world });
    await held.page.getByText('This visit does not count: no sign of a person').waitFor();
    await held.context.close();
    const missing = await app.open('/r/none', { world });
    await missing.page.getByRole('heading', { name: 'There is no such session' }).waitFor();
    await missing.context.close();
  });

  it('is not offered to a role that may not watch', async () => {
    const world = fullWorld();
    if (world.me !== null) world.me = { ...world.me, member: { ...world.me.member, role: 'viewer' } };
    const before = ticketsFor('s1');
    const { page, context } = await app.open('/r/s1', { world });
    await page.getByRole('heading', { name: 'Your role may not watch replays' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Integrations' }).count(), 0);
    assert.equal(ticketsFor('s1'), before);
    await context.close();
  });
});
