import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchChromium } from '#infra/testing/chromium.ts';
import { connectHubSpot, hubspotCallback, trySandbox } from '../testing/try-sandbox.ts';

const note = (id: string, body: string) => ({
  properties: { hs_timestamp: '2026-11-20T10:00:00Z', hs_note_body: body },
  associations: [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }] }],
});

describe('the sandbox pages, in a browser', () => {
  let browser: Browser;

  before(async () => {
    browser = await launchChromium();
  });

  after(async () => {
    await browser.close();
  });

  it('show a visit as it arrives on the record, without a reload', async () => {
    await using sandbox = await trySandbox();
    const { api } = await connectHubSpot(sandbox.url);
    const page = await browser.newPage();
    await page.goto(`${sandbox.url}/contacts/4815162/record/0-1/51001`);
    await page.getByText('No visit yet').waitFor();
    await api('POST', '/crm/objects/2026-09/notes', note('51001', '<p>Looked at <b>Pricing</b></p>'));
    await page.locator('.note b', { hasText: 'Pricing' }).waitFor();
  });

  it('let a person connect the app', async () => {
    await using sandbox = await trySandbox();
    const page = await browser.newPage();
    await page.route(`${hubspotCallback}*`, (route) => route.fulfill({ body: 'connected' }));
    const query = { client_id: 'hs-id', redirect_uri: hubspotCallback, scope: 'oauth', state: 'a b&c' };
    await page.goto(`${sandbox.url}/oauth/authorize?${new URLSearchParams(query)}`);
    await page.getByRole('button', { name: 'Connect app' }).click();
    await page.getByText('connected').waitFor();
    assert.equal(new URL(page.url()).searchParams.get('state'), 'a b&c');
  });

  it('keep a template that a marketer saved, and restore the original', async () => {
    await using sandbox = await trySandbox();
    const page = await browser.newPage();
    await page.goto(`${sandbox.url}/hubspot/campaigns?contact=51002`);
    await page.getByLabel('Subject').fill('News for {{ contact.firstname }}');
    await page.getByRole('button', { name: 'Save template' }).click();
    await page.getByText('Saved').waitFor();
    await page.goto(`${sandbox.url}/hubspot/campaigns/preview?contact=51002`);
    await page.getByRole('heading', { name: 'News for Jonas' }).waitFor();
    await page.goto(`${sandbox.url}/hubspot/campaigns`);
    await page.getByRole('button', { name: 'Restore the original' }).click();
    await page.getByText('Saved').waitFor();
    assert.match(await page.getByLabel('Subject').inputValue(), /autumn price list/);
  });
});
