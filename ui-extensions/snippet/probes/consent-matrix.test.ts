/** Every mode of a site, every way in which consent can be asked for and given, and every state that it can be in. */
import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'playwright-core';
import type { SiteConfig } from '#contract/events.ts';
import { takenAndRecorded } from '../testing/fake-core.ts';
import { siteKey, token, until, Website } from '../testing/website.ts';
import { namesStored } from './testing/stored.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

interface Way {
  readonly name: string;
  readonly consent: SiteConfig['consent'];
  readonly timezoneId?: string;
  readonly tag?: string;
  /** Script of the page before the snippet. Defines `ask()` and `choose(granted)`, where there is a consent manager. */
  readonly manager?: string;
  readonly inEveryPage?: string;
}

const tcf = `
  const heard = [];
  let now = { gdprApplies: true, eventStatus: 'cmpuishown', purpose: { consents: {} } };
  window.__tcfapi = (command, version, callback) => { heard.push(callback); callback(now, true); };
  window.choose = (yes) => {
    now = { gdprApplies: true, eventStatus: 'useractioncomplete', purpose: { consents: yes ? { 1: true, 8: true } : {} } };
    for (const each of heard) each(now, true);
  };`;
const consentMode = `
  window.dataLayer = [];
  function gtag() { dataLayer.push(arguments); }
  gtag('consent', 'default', { analytics_storage: 'denied', wait_for_update: 500 });
  window.choose = (yes) => gtag('consent', 'update', { analytics_storage: yes ? 'granted' : 'denied' });`;

const ways: readonly Way[] = [
  { name: 'the tag', consent: 'never', tag: 'data-consent="false"' },
  { name: 'the setting "always"', consent: 'always' },
  { name: 'the setting "European visitors"', consent: 'european', timezoneId: 'Europe/Berlin' },
  {
    name: 'Global Privacy Control',
    consent: 'never',
    inEveryPage: "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })",
  },
  { name: 'IAB TCF', consent: 'always', manager: tcf },
  { name: 'Consent Mode', consent: 'always', manager: consentMode },
];

const off = { knownContacts: false, anonymousVisitors: false, siteAnalytics: false };
const modes: readonly { readonly name: string; readonly modes: SiteConfig['modes']; readonly address: string }[] = [
  { name: 'known contacts', modes: { ...off, knownContacts: true }, address: `/?ll=${token}` },
  { name: 'anonymous visitors', modes: { ...off, anonymousVisitors: true }, address: '/' },
  { name: 'site analytics', modes: { ...off, siteAnalytics: true }, address: '/' },
];

for (const mode of modes) {
  describe(`consent, where the site measures ${mode.name}`, () => {
    for (const way of ways) {
      it(`is awaited, kept, taken back and refused by ${way.name}`, async () => {
        const context = await open(way, mode.modes);
        const page = await site.open(mode.address);
        await nothingYet(page, 'not asked');
        const moments = await act(page);
        await nothingYet(page, 'asked and waiting');
        await choose(page, way, true);
        await until('what was held', () => site.core.eventsOf('page_view').length === 1);
        await heldAsItWas(moments);
        await takenBack(page, way, context);
        await refused(page, way);
      });
    }
  });
}

async function open(
  { consent, timezoneId = 'America/New_York', tag = '', manager = '', inEveryPage }: Way,
  siteModes: SiteConfig['modes'],
) {
  const context = await site.visitor({ timezoneId });
  if (inEveryPage) await context.addInitScript(inEveryPage);
  site.core.config = { consent, modes: siteModes };
  site.core.answer = () => takenAndRecorded;
  site.has('/', { tag, head: `<script>${manager}</script>`, body: '<form><input name="first"><button>Go</button></form>' });
  return context;
}

/** Nothing is stored, and no request says who this is. */
async function nothingYet(page: Page, state: string): Promise<void> {
  await page.mouse.click(60, 60);
  await page.waitForTimeout(250);
  assert.deepEqual(await namesStored(page), [], state);
  for (const { method, url, headers, bytes } of site.core.received) {
    assert.ok([`/ll.js`, `/ll-visit.js`, `/v1/sites/${siteKey}/config`].includes(url), `${state}: ${method} ${url}`);
    assert.equal(bytes.length, 0, state);
    assert.equal(headers.cookie, undefined, state);
    assert.doesNotMatch(JSON.stringify(headers), new RegExp(`${token}|[0-9a-f]{8}-[0-9a-f]{4}-`), state);
  }
}

/** More than is held. Answers the moment of each call, as the page saw it. */
function act(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const moments: number[] = [];
    for (let count = 0; count < 60; count++) {
      const at = Date.now();
      moments.push(at);
      window.leadlight?.track?.('moment', { at });
      while (count < 5 && Date.now() < at + 7);
    }
    return moments;
  });
}

async function choose(page: Page, { manager }: Way, granted: boolean): Promise<void> {
  await page.evaluate(manager ? `choose(${granted})` : `leadlight.consent(${granted})`);
}

async function heldAsItWas(moments: readonly number[]): Promise<void> {
  await until('the calls that were held', () => site.core.eventsOf('custom').length > 0);
  const { events } = site.core;
  const last = moments.at(-1) ?? 0;
  assert.ok(events.filter(({ at }) => at <= last).length <= 50, `${events.length} events were held`);
  const told = site.core.eventsOf('custom').map(({ at, props }) => [at, JSON.stringify(props.props)] as const);
  for (const [at, props] of told) {
    const seen = Number(/"at":(\d+)/.exec(props)?.[1]);
    const next = moments.find((moment) => moment > seen) ?? at;
    assert.ok(moments.includes(seen) && at >= seen && at <= next, `${at} of ${props}`);
  }
}

async function takenBack(page: Page, way: Way, context: BrowserContext): Promise<void> {
  const before = site.core.received.length;
  const [first] = site.core.envelopes;
  await choose(page, way, false);
  await until('the notice', () => site.core.envelopes.some(({ withdrawn }) => withdrawn));
  await page.evaluate(() => window.leadlight?.track?.('after'));
  await page.mouse.click(60, 60);
  await page.waitForTimeout(300);
  const after = site.core.received.slice(before).filter(({ method }) => method === 'POST');
  assert.equal(after.filter(({ text }) => !text.includes('"withdrawn":true')).length, 0, 'something was sent beside the notice');
  assert.equal(after.length, 1);
  assert.equal(site.core.envelopes.at(-1)?.vid, first?.vid);
  assert.deepEqual(site.core.envelopes.at(-1)?.events, []);
  assert.deepEqual(await namesStored(page), []);
  assert.deepEqual(await context.cookies(), []);
}

async function refused(page: Page, way: Way): Promise<void> {
  site.core.received.length = 0;
  await site.open('/', page);
  await choose(page, way, false);
  await act(page);
  await nothingYet(page, 'denied');
  await page.goto('about:blank');
  assert.ok(site.core.received.every(({ method }) => method === 'GET'));
}
