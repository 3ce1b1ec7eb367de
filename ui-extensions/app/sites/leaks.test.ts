import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { ago, anonymousWorld, fullWorld } from '../testing/fake-world.ts';

const path = '/settings/sites/site1/leaks';

describe('what pages leak', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  it('is listed by page, with what to do about it', async () => {
    const world = fullWorld();
    const { page, context, problems } = await app.open(path, { world });
    const row = page.getByRole('row', { name: /\/account\/orders/ });
    assert.match((await row.textContent()) ?? '', /E-mail address.*In the replay.*212/);
    await row.getByRole('link', { name: 'E-mail address' }).click();
    await page.locator('#leak-email:target').getByText('data-ll-mask').waitFor();
    await page.getByText('Move it out of the address').waitFor();
    await page.getByText("TypeError: Cannot read properties of null (reading 'form')").waitFor();
    assert.deepEqual(problems, []);
    await context.close();
  });

  it('is loaded further, where there is much of it', async () => {
    const world = fullWorld();
    world.leaks = Array.from({ length: 60 }, (_, index) => ({
      id: `many${index}`,
      path: index === 59 ? '*' : `/page-${index}`,
      kind: 'phone' as const,
      where: 'recording' as const,
      count: 1,
      firstAt: ago(9),
      lastAt: ago(index),
    }));
    const { page, context } = await app.open(path, { world });
    await page.getByRole('rowheader', { name: '/page-49' }).waitFor();
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.getByRole('rowheader', { name: 'Other pages' }).waitFor();
    await context.close();
  });

  it('reassures without promising too much when nothing was found, or nothing came yet', async () => {
    const clean = await app.open(path, { world: { ...fullWorld(), leaks: [], faults: [] } });
    await clean.page.getByRole('heading', { name: 'Nothing was found' }).waitFor();
    await clean.page.getByText('it cannot know a name').waitFor();
    await clean.page.getByText('None were reported.').waitFor();
    await clean.context.close();

    const silent = await app.open('/settings/sites/site2/leaks', { world: anonymousWorld() });
    await silent.page.getByRole('heading', { name: 'Nothing to check yet' }).waitFor();
    await silent.context.close();
  });

  it('says so when it cannot be loaded', async () => {
    const world = fullWorld();
    world.failing.add('/sites/site1/');
    const { page, context } = await app.open(path, { world });
    await page.getByRole('heading', { name: 'What was found could not be loaded' }).waitFor();
    world.failing.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('row', { name: /\/account\/orders/ }).waitFor();
    await context.close();
  });
});
