import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../testing/chromium.ts';
import { makePlace, type Place, pause, runSystem, type System, until } from './testing/run-system.ts';
import { alertsIn, contactOf, notesOf, readSandbox } from './testing/sandbox-state.ts';

/** Three of the sandbox's contacts, each with a visit through the link of one e-mail. */
const prefetched = '51011';
const scanned = '51012';
const visited = '51013';
const edge =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0';
/** Longer than a dwell of a few seconds would be. */
const scannerStaysMs = 8_000;

describe('a link that a mail scanner opens before the recipient does', function tellsPeopleApart() {
  this.timeout(120_000);
  let place: Place;
  let system: System;
  let browser: Browser;

  before(async () => {
    place = await makePlace();
    [system, browser] = await Promise.all([runSystem(place), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    await system?.stop();
    await place?.remove();
  });

  it('moves no score and alerts nobody when it is fetched ahead', async () => {
    const answer = await fetch(await linkOf(system, prefetched), { headers: { 'User-Agent': edge, 'Sec-Purpose': 'prefetch' } });
    assert.equal(answer.status, 200);
  });

  it('moves no score and alerts nobody when a headless browser opens it and does nothing', async () => {
    for (const recordId of [scanned, visited]) {
      const page = await newPage(browser);
      await page.goto(await linkOf(system, recordId));
      await pause(scannerStaysMs);
      await page.context().close();
    }
    const state = await readSandbox(system.addresses.sandbox);
    for (const recordId of [prefetched, scanned, visited]) {
      assert.equal(notesOf(state, recordId).length, 0);
      assert.equal(Number(contactOf(state, recordId).properties.leadlight_intent_score ?? 0), 0);
    }
    assert.equal(alertsIn(state).length, 0);
  });

  it('scores and alerts when the recipient opens the same link afterwards', async () => {
    const page = await newPage(browser);
    await page.goto(await linkOf(system, visited));
    await page.mouse.move(200, 200);
    await page.mouse.move(300, 320);
    await page.mouse.wheel(0, 400);
    await until('the note and the message are there', async () => {
      const state = await readSandbox(system.addresses.sandbox);
      const score = Number(contactOf(state, visited).properties.leadlight_intent_score ?? 0);
      return notesOf(state, visited).length === 1 && alertsIn(state).length === 1 && score > 0;
    });
    await page.context().close();
    const state = await readSandbox(system.addresses.sandbox);
    for (const recordId of [prefetched, scanned]) assert.equal(notesOf(state, recordId).length, 0);
  });

  it('keeps the score still when a colleague opens the forwarded link', async () => {
    const page = await newPage(browser);
    await page.goto(await linkOf(system, visited));
    await page.mouse.move(200, 200);
    await page.mouse.move(300, 320);
    await pause(4_000);
    await page.context().close();
    const state = await readSandbox(system.addresses.sandbox);
    assert.equal(notesOf(state, visited).length, 1);
    assert.equal(alertsIn(state).length, 1);
  });
});

async function newPage(browser: Browser): Promise<Page> {
  return (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
}

async function linkOf({ addresses }: System, recordId: string): Promise<string> {
  const { properties } = contactOf(await readSandbox(addresses.sandbox), recordId);
  return `${addresses.demoSite}/pricing?utm_source=newsletter&ll=${properties.leadlight_link_token ?? ''}`;
}
