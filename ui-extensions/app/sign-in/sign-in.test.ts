import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type AppInBrowser, startAppInBrowser } from '../testing/app-in-browser.ts';
import { emptyWorld, fullWorld } from '../testing/fake-world.ts';

const oneTimeToken = 'one-time-token-of-the-first-run';

describe('signing in', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();

  it('makes a workspace on the first run and lands on the first steps', async () => {
    const { page, problems } = await app.open('/', { world: emptyWorld(), signedIn: false });
    await heading(page, 'Create your workspace');
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await page.getByText('Use at least 10 characters').waitFor();

    await page.getByLabel('Workspace name').fill('Northwind');
    await page.getByLabel('Your website').fill('northwind');
    await page.getByLabel('Your name').fill('Nora Lindqvist');
    await page.getByLabel('Work e-mail').fill('nora@northwind.example');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Create workspace' }).click();
    await page.getByText('Give a domain such as www.example.com').waitFor();

    await page.getByLabel('Your website').fill('www.northwind.example');
    await page.keyboard.press('Enter');
    await heading(page, 'Get started');
    assert.equal(await page.title(), 'Get started · Leadlight');
    assert.equal(new URL(page.url()).pathname, '/start');
    assert.deepEqual(problems, []);
    await page.context().close();
  });

  it('sends a signed-out visitor to sign in, says what was wrong, and brings them back to where they wanted to go', async () => {
    const { page, context } = await app.open('/contacts/c1?from=mail', { world: fullWorld(), signedIn: false });
    await heading(page, 'Sign in');
    await page.getByLabel('E-mail').fill('nora@northwind.example');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('E-mail and password do not match.').waitFor();

    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.keyboard.press('Enter');
    await heading(page, 'Ada Park');
    assert.equal(new URL(page.url()).pathname, '/contacts/c1');
    await context.close();
  });

  it('never returns to another site', async () => {
    const { page, context } = await app.open('/sign-in?return=%2F%2Fevil.example%2Fcontacts', { world: fullWorld(), signedIn: false });
    await page.getByLabel('E-mail').fill('nora@northwind.example');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.keyboard.press('Enter');
    await heading(page, 'Contacts');
    assert.equal(new URL(page.url()).origin, app.api.origin);
    await context.close();
  });

  it('signs in by a one-time link and leaves no token in the address bar', async () => {
    const world = fullWorld();
    world.linkTokens.add(oneTimeToken);
    const { page, context } = await app.open(`/sign-in?token=${oneTimeToken}`, { world, signedIn: false });
    await heading(page, 'Contacts');
    await page.goBack().catch(() => null);
    assert.equal(page.url().includes(oneTimeToken), false);
    assert.equal(app.api.requests.filter((request) => request === 'POST /sign-in/link').length, 1);
    await context.close();
  });

  it('says clearly that a link was used, and offers the password', async () => {
    const { page, context } = await app.open(`/sign-in?token=${oneTimeToken}`, { world: fullWorld(), signedIn: false });
    await heading(page, 'This link no longer works');
    await page.getByText('This sign-in link has been used or has expired.').waitFor();
    assert.equal(new URL(page.url()).search, '');
    await page.getByRole('button', { name: 'Sign in with your password' }).click();
    await heading(page, 'Sign in');
    await context.close();
  });

  it('asks to sign in again when the sign-in has ended, and when the member signs out', async () => {
    const { page, context } = await app.open('/contacts', { world: fullWorld() });
    await page.getByRole('link', { name: 'Ada Park' }).waitFor();
    app.api.world.signedOut = true;
    await heading(page, 'Sign in');
    assert.equal(new URL(page.url()).searchParams.get('return'), '/contacts');

    await page.getByLabel('E-mail').fill('nora@northwind.example');
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Ada Park' }).waitFor();
    await page.getByRole('button', { name: /Northwind Nora/ }).click();
    await page.getByRole('radio', { name: 'Dark' }).check();
    assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'Sign in');
    await context.close();
  });
});
