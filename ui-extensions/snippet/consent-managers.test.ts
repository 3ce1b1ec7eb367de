/** Each consent manager is faked by the part of its own interface that websites get, as its documentation describes it. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

interface FakeManager {
  readonly name: string;
  /** Where it is described. */
  readonly described: string;
  /** Loaded before the snippet, on a page whose visitor chose `chosen`, or nothing yet. Defines `window.choose(granted)`. */
  readonly script: (chosen: boolean | null) => string;
}

const tcf: FakeManager = {
  name: 'IAB TCF v2',
  described: 'https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework (CMP API v2)',
  script: (chosen) => `
    const listeners = [];
    const data = (eventStatus, yes) => ({ tcfPolicyVersion: 4, gdprApplies: true, eventStatus, listenerId: 1,
      purpose: { consents: yes ? { 1: true, 7: true, 8: true } : {}, legitimateInterests: { 8: true } } });
    let now = ${chosen === null ? "data('cmpuishown', false)" : `data('tcloaded', ${chosen})`};
    window.__tcfapi = (command, version, callback) => {
      if (command !== 'addEventListener' || version !== 2) return callback(null, false);
      listeners.push(callback);
      callback(now, true);
    };
    window.choose = (yes) => { now = data('useractioncomplete', yes); for (const each of listeners) each(now, true); };`,
};

const consentMode: FakeManager = {
  name: 'Google Consent Mode v2',
  described: 'https://developers.google.com/tag-platform/security/guides/consent',
  script: (chosen) => `
    window.dataLayer = window.dataLayer || [];
    function gtag() { dataLayer.push(arguments); }
    gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'granted' });
    gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied', region: ['DE'], wait_for_update: 500 });
    gtag('js', new Date());
    window.choose = (yes) => {
      gtag('consent', 'update', { analytics_storage: yes ? 'granted' : 'denied' });
      gtag('consent', 'update', { ad_storage: 'denied', ad_user_data: 'denied' });
    };
    ${chosen === null ? '' : `choose(${chosen});`}`,
};

const cookiebot: FakeManager = {
  name: 'Cookiebot',
  described: 'https://www.cookiebot.com/en/developer/',
  script: (chosen) => `
    const consent = { necessary: true, preferences: false, statistics: ${chosen === true}, marketing: false };
    window.Cookiebot = { consent, hasResponse: ${chosen !== null}, consented: ${chosen === true}, declined: ${chosen === false} };
    window.choose = (yes) => {
      consent.statistics = yes;
      Cookiebot.hasResponse = true;
      window.dispatchEvent(new Event(yes ? 'CookiebotOnAccept' : 'CookiebotOnDecline'));
    };`,
};

const oneTrust: FakeManager = {
  name: 'OneTrust',
  described: 'https://developer.onetrust.com/onetrust/docs/javascript-events-guide',
  script: (chosen) => `
    window.OneTrust = {};
    const groups = (yes) => {
      window.OnetrustActiveGroups = yes ? ',C0001,C0002,' : ',C0001,';
      window.dispatchEvent(new CustomEvent('OneTrustGroupsUpdated', { detail: yes ? ['C0001', 'C0002'] : ['C0001'] }));
    };
    groups(${chosen === true});
    window.choose = groups;`,
};

async function choose(page: Page, granted: boolean): Promise<void> {
  await page.evaluate((yes) => {
    if ('choose' in window && typeof window.choose === 'function') window.choose(yes);
  }, granted);
}

const storedNames = (page: Page) =>
  page.evaluate(() => [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(Boolean));

for (const { name, script } of [tcf, consentMode, cookiebot, oneTrust]) {
  describe(`on a page with ${name}`, () => {
    const open = async (chosen: boolean | null) => {
      await site.visitor({ timezoneId: 'Europe/Berlin' });
      site.core.config = { consent: 'european' };
      site.has('/', { head: `<script>${script(chosen)}</script>` });
      return site.open(`/?ll=${token}`);
    };

    it('nothing is sent or stored before the visitor chose; a yes lets it out, and taking it back erases it', async () => {
      const page = await open(null);
      await page.waitForTimeout(1_300);
      assert.equal(site.core.envelopes.length, 0);
      assert.deepEqual(await storedNames(page), []);
      await choose(page, true);
      await until('the visit', () => site.core.eventsOf('page_view').length === 1);
      await page.waitForTimeout(300);
      await choose(page, false);
      await until('an empty browser', async () => (await storedNames(page)).length === 0);
      const before = site.core.envelopes.length;
      await page.evaluate(() => window.leadlight?.track?.('purchase', { orderId: '1' }));
      await page.waitForTimeout(400);
      assert.equal(site.core.envelopes.length, before);
    });

    it('a yes of an earlier visit counts', async () => {
      await open(true);
      await until('the visit', () => site.core.eventsOf('page_view').length === 1);
    });

    it('a no counts, also where the site itself would not have asked', async () => {
      await site.visitor();
      site.has('/', { head: `<script>${script(false)}</script>` });
      const page = await site.open(`/?ll=${token}`);
      await page.waitForTimeout(1_300);
      assert.deepEqual(await storedNames(page), []);
      const before = site.core.envelopes.length;
      await page.evaluate(() => window.leadlight?.track?.('purchase', { orderId: '1' }));
      await page.waitForTimeout(400);
      assert.equal(site.core.envelopes.length, before);
    });
  });
}

describe('a consent manager that loads late', () => {
  it('may say no first and yes later: the page counts from there', async () => {
    await site.visitor();
    site.core.config = { consent: 'always' };
    site.has('/');
    const page = await site.open(`/?ll=${token}`);
    await page.waitForTimeout(300);
    await page.evaluate(oneTrust.script(null));
    await page.waitForTimeout(1_300);
    await choose(page, true);
    await until('the visit', () => site.core.eventsOf('page_view').length === 1);
    assert.equal(site.core.envelopes[0]?.identity?.token, token);
  });

  it('is heard once it is there', async () => {
    await site.visitor();
    site.core.config = { consent: 'always' };
    site.has('/');
    const page = await site.open(`/?ll=${token}`);
    await page.waitForTimeout(300);
    await page.evaluate(cookiebot.script(true));
    await until('the visit', () => site.core.eventsOf('page_view').length === 1);
  });
});
