import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { anonymousWorld, fullWorld } from '../testing/fake-world.ts';
import { wishOf } from './report-span.ts';

describe('the report of a site', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  it('tells visits, pages and channels, and of another time when asked', async () => {
    const { page, context, problems } = await app.open('/reports', { world: fullWorld() });
    await page.getByRole('row', { name: /\/pricing/ }).waitFor();
    await page.getByRole('img', { name: /Visits by day/ }).waitFor();
    await page.getByRole('combobox', { name: 'Time' }).selectOption('months');
    await page.getByRole('img', { name: /Visits by month/ }).waitFor();
    assert.match(page.url(), /span=months/);
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('says what counts where nothing was counted, and when it cannot be loaded', async () => {
    const empty = await app.open('/reports?site=site2', { world: anonymousWorld() });
    await empty.page.getByRole('heading', { name: 'No visits in this time' }).waitFor();
    await empty.context.close();
    const world = fullWorld();
    world.failing.add('/sites/site1/report');
    const broken = await app.open('/reports', { world });
    await broken.page.getByRole('heading', { name: 'The report could not be loaded' }).waitFor({ timeout: 20_000 });
    await broken.context.close();
  });

  it('asks for whole days up to today, and for whole months', () => {
    const now = new Date('2026-03-02T01:00:00Z');
    assert.deepEqual(wishOf('7', now), { from: '2026-02-24', to: '2026-03-02', by: 'day' });
    assert.deepEqual(wishOf('months', now), { from: '2025-04-01', to: '2026-03-02', by: 'month' });
  });
});
