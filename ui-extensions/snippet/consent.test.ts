import assert from 'node:assert/strict';
import { takenAndRecorded } from './testing/fake-core.ts';
import { quiet, stored, token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

describe('consent', () => {
  it('holds everything in memory until it is given, and sends it then with its original times', async () => {
    const context = await site.visitor();
    site.has('/', { tag: 'data-consent="false"' });
    const openedAt = Date.now();
    const page = await site.open(`/?ll=${token}`);
    await quiet(page);
    assert.equal(site.core.envelopes.length, 0);
    assert.deepEqual(await stored(page), { cookie: '', names: [] });
    assert.deepEqual(await context.cookies(), []);
    const consentedAt = Date.now();
    await page.evaluate(() => window.leadlight?.consent?.(true));
    await until('the page view', () => site.core.eventsOf('page_view').length === 1);
    const at = site.core.eventsOf('page_view')[0]?.at ?? 0;
    assert.ok(at >= openedAt - 1_000 && at < consentedAt);
    assert.equal(site.core.envelopes[0]?.identity?.token, token);
    await site.open('/', page);
    await until('the next page, which need not ask again', () => site.core.eventsOf('page_view').length === 2);
  });

  it('holds no more than fifty events', async () => {
    await site.visitor();
    site.has('/', { tag: 'data-consent="false"' });
    const page = await site.open(`/?ll=${token}`);
    await page.waitForTimeout(300);
    await page.evaluate(() => {
      for (let count = 0; count < 80; count++) window.leadlight?.track?.('again');
      window.leadlight?.consent?.();
    });
    await until('the events', () => site.core.events.length > 0);
    assert.equal(site.core.events.length, 50);
  });

  it('withdrawn, erases what was stored and stops', async () => {
    const context = await site.visitor();
    site.core.answer = () => takenAndRecorded;
    site.has('/');
    const page = await site.open(`/?ll=${token}`);
    await until('a recording', () => site.core.chunks.length > 0);
    const { vid } = site.core.envelopes[0] ?? {};
    await page.evaluate(() => window.leadlight?.consent?.(false));
    assert.deepEqual(await stored(page), { cookie: '', names: [] });
    assert.deepEqual(await context.cookies(), []);
    await until('the last word', () => site.core.envelopes.some(({ withdrawn }) => withdrawn));
    const last = site.core.envelopes.find(({ withdrawn }) => withdrawn);
    assert.deepEqual([last?.vid, last?.events], [vid, []]);
    const before = site.core.received.length;
    await quiet(page);
    assert.equal(site.core.received.length, before);
  });

  it('withdrawn before anything was sent, tells nobody', async () => {
    await site.visitor();
    site.has('/', { tag: 'data-consent="false"' });
    const page = await site.open(`/?ll=${token}`);
    await until('the second file', () => site.core.received.some(({ url }) => url === '/ll-visit.js'));
    await page.waitForTimeout(300);
    await page.evaluate(() => window.leadlight?.consent?.(false));
    await page.waitForTimeout(400);
    assert.deepEqual(site.core.envelopes, []);
  });

  it('withdrawn on a later page, before the second file is there, erases and tells all the same', async () => {
    await site.visitor();
    site.has('/');
    site.has('/no', { body: '<script>leadlight.consent(false)</script>' });
    const page = await site.open(`/?ll=${token}`);
    await until('the visit', () => site.core.envelopes.length > 0);
    await page.waitForTimeout(300);
    await site.open('/no', page);
    await until('the last word', () => site.core.envelopes.at(-1)?.withdrawn === true);
    assert.deepEqual(await stored(page), { cookie: '', names: [] });
  });

  const modes = [
    { knownContacts: true, anonymousVisitors: false, siteAnalytics: false },
    { knownContacts: true, anonymousVisitors: true, siteAnalytics: false },
    { knownContacts: false, anonymousVisitors: false, siteAnalytics: true },
  ];
  const states = [
    ['the tag asks', { tag: 'data-consent="false"' }, {}],
    ['the site always asks', {}, { consent: 'always' }],
    ['the site asks Europeans', {}, { consent: 'european' }],
    ['the visitor said no', { body: '<script>leadlight.consent(false)</script>' }, {}],
    [
      'a consent manager says no',
      { head: '<script>window.Cookiebot = { consent: { statistics: false }, hasResponse: true }</script>' },
      {},
    ],
  ] as const;
  it('not given, leaves nothing stored and no id sent, in any mode', async () => {
    for (const mode of modes)
      for (const [what, page, settings] of states) {
        const context = await site.visitor({ timezoneId: 'Europe/Paris' });
        site.core.config = { modes: mode, ...settings };
        site.has('/', page);
        const tab = await site.open(`/?ll=${token}`);
        await tab.evaluate(() => window.leadlight?.track?.('something'));
        await tab.waitForTimeout(350);
        assert.deepEqual([site.core.envelopes, await stored(tab), await context.cookies()], [[], { cookie: '', names: [] }, []], what);
      }
  }).timeout(60_000);

  for (const [where, timezoneId, consent, free] of [
    ['Berlin, where the site asks Europeans', 'Europe/Berlin', 'european', false],
    ['Zurich, where the site asks Europeans', 'Europe/Zurich', 'european', false],
    ['New York, where the site asks Europeans', 'America/New_York', 'european', true],
    ['New York, where the site asks everybody', 'America/New_York', 'always', false],
    ['Berlin, where the site asks nobody', 'Europe/Berlin', 'never', true],
  ] as const) {
    it(`is ${free ? 'not ' : ''}awaited in ${where}`, async () => {
      await site.visitor({ timezoneId });
      site.core.config = { consent };
      site.has('/');
      const page = await site.open(`/?ll=${token}`);
      await page.waitForTimeout(700);
      assert.equal(site.core.envelopes.length > 0, free);
      assert.equal((await stored(page)).names.length > 0, free);
    });
  }

  it('is awaited where the browser sends Global Privacy Control', async () => {
    const context = await site.visitor();
    await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
    site.has('/');
    const page = await site.open(`/?ll=${token}`);
    await page.waitForTimeout(600);
    assert.equal(site.core.envelopes.length, 0);
    assert.deepEqual(await stored(page), { cookie: '', names: [] });
    await page.evaluate(() => window.leadlight?.consent?.());
    await until('the visit, which this visitor allowed here', () => site.core.eventsOf('page_view').length === 1);
  });
});
