/**
 * Other people's pages in a real browser, with the snippet and without: what it breaks, what it lets out, and how near the masked replay is
 * to the page. Secrets are planted in fields before the page's own code runs, and typed; then everything that was sent is searched.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { buildSnippet } from '../../build/build-snippet.ts';
import { atLeast, atMost, type Bench, type Measurement } from '../bench.ts';
import type { Asked } from '../browser/local-server.ts';
import { openOffline } from '../browser/open-offline.ts';
import { findSecrets } from '../measure/find-secrets.ts';
import { boxes, compareBoxes, lookAtBoxes } from '../measure/look-at-boxes.ts';
import { rebuild } from '../measure/rebuild.ts';
import { onStage, type Site, type Stage } from '../measure/stage.ts';
import { staticSite } from '../pages/static-site.ts';
import { bundledCode, folderOf, type ThirdPartyPage, thirdPartyPages } from '../pages/third-party.ts';
import { bundleForBrowsers } from '../tools/bundle-for-browsers.ts';
import { leadlight } from '../tools/leadlight.ts';
import type { Service, Tool } from '../tools/tool.ts';

const settleMs = 1_500;
/** The snippet hands over what it has each five seconds. */
const paceMs = 6_000;
const typedFields = 4;

export const thirdPartyPagesBench: Bench = {
  name: 'third-party-pages',
  describe: "other people's pages with the snippet and without: errors added, secrets sent, boxes of the masked replay in their place",
  async run({ folder, installPeer, say }) {
    const files = await folder();
    await buildSnippet(files);
    const browser = await openOffline();
    try {
      const raw: Measurement[] = [];
      for (const page of thirdPartyPages) {
        say(`Looking at ${page.name}`);
        const site = await siteOf(page, await installPeer(page.package, page.version));
        raw.push({ subject: page.name, round: 0, figures: await lookAt({ browser, site, page, tool: leadlight(files) }) });
      }
      const versions = Object.fromEntries(thirdPartyPages.map(({ package: name, version }) => [name, version]));
      return { rounds: 1, raw, budget: budget(raw), versions };
    } finally {
      await browser.close();
    }
  },
};

async function siteOf(page: ThirdPartyPage, installed: string): Promise<Site> {
  const code = bundledCode[page.package];
  const extra = {
    ...(page.own !== undefined && { [page.path]: page.own }),
    ...(code !== undefined && { '/bundled.js': await bundleForBrowsers(code, installed) }),
  };
  return (head) => staticSite(folderOf(installed, page.package), extra, head);
}

interface Look {
  readonly browser: Browser;
  readonly site: Site;
  readonly page: ThirdPartyPage;
  readonly tool: Tool;
}

async function lookAt({ browser, site, page, tool }: Look): Promise<Measurement['figures']> {
  const plain = await onStage({ browser, site, tool: undefined }, (stage) => use(stage, page));
  return onStage({ browser, site, tool }, async (stage) => {
    const used = await use(stage, page);
    await delay(paceMs);
    const here = boxes.parse(await stage.page.evaluate(`(() => { const doc = document; return ${lookAtBoxes}; })()`));
    const recording = (await stage.service.recording?.(stage.page)) ?? '[]';
    const frames = z.array(z.unknown()).parse(JSON.parse(recording)).length;
    const replayed = frames > 1 ? boxes.parse(await rebuild(browser, recording, lookAtBoxes)) : {};
    const sent = stage.service.asked().filter(({ bytes }) => bytes.length > 0);
    const { boxes: all, within } = compareBoxes(here, replayed, 4);
    return {
      pageErrorsAdded: Math.max(0, used.pageErrors - plain.pageErrors),
      consoleErrorsAdded: Math.max(0, used.consoleErrors - plain.consoleErrors),
      works: Number(used.elements > 0 && Math.abs(used.elements - plain.elements) <= Math.max(2, plain.elements * 0.02)),
      secretsPlanted: used.planted,
      secretsTyped: used.typed,
      secretsSent: findSecrets(used.secrets, sent.map(textOf)).length,
      requestsLookedAt: sent.length,
      charactersLookedAt: sent.reduce((sum, one) => sum + textOf(one).length, 0),
      framesLookedAt: frames,
      boxes: all,
      boxesWithin4Px: within,
    };
  });
}

interface Used {
  readonly pageErrors: number;
  readonly consoleErrors: number;
  readonly elements: number;
  readonly secrets: readonly string[];
  readonly planted: number;
  readonly typed: number;
}

/** Opens the page, types into its first fields, moves, scrolls and clicks where nothing is. */
async function use({ page, address, service }: Stage, { path }: ThirdPartyPage): Promise<Used> {
  const seen = { pageErrors: 0, consoleErrors: 0 };
  page.on('pageerror', () => {
    seen.pageErrors += 1;
  });
  page.on('console', (message) => {
    if (message.type() === 'error') seen.consoleErrors += 1;
  });
  const planted = makeSecrets(12);
  await page.addInitScript(plant, planted);
  await page.goto(addressOf(address, path, service), { waitUntil: 'domcontentloaded' });
  await delay(settleMs);
  await page.mouse.move(300, 300);
  await page.mouse.move(500, 350);
  await page.mouse.wheel(0, 300);
  const typed = await typeSecrets(page);
  await page.mouse.wheel(0, -300);
  await delay(500);
  const inFields = z.number().parse(await page.evaluate('window.benchPlanted || 0'));
  const elements = await page.evaluate(() => document.querySelectorAll('body *').length);
  return { ...seen, elements, secrets: [...planted.slice(0, inFields), ...typed], planted: inFields, typed: typed.length };
}

function addressOf(address: string, path: string, { query }: Service): string {
  return new URL(path + query, address).href;
}

function makeSecrets(count: number): string[] {
  return Array.from({ length: count }, () => `Kanary${randomBytes(6).toString('hex')}`);
}

/** Runs in the page before its own code: values stand in the fields when the snippet first sees them. */
function plant(secrets: readonly string[]): void {
  document.addEventListener('DOMContentLoaded', () => {
    const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
      'input:not([type]),input[type=text],input[type=email],input[type=password],input[type=tel],input[type=search],input[type=hidden],textarea',
    );
    const filled = [...fields].slice(0, secrets.length);
    for (const [place, field] of filled.entries()) field.value = secrets[place] ?? '';
    Object.assign(window, { benchPlanted: filled.length });
  });
}

/** Into the first fields that a person could reach, each another secret, after what stands there. */
async function typeSecrets(page: Page): Promise<string[]> {
  const fields = await page
    .locator(
      'input:not([type]),input[type=text],input[type=email],input[type=password],input[type=tel],input[type=search],textarea,[contenteditable=true]',
    )
    .all();
  const typed: string[] = [];
  for (const field of fields) {
    if (typed.length === typedFields) break;
    const [secret = ''] = makeSecrets(1);
    const reached = await field.focus({ timeout: 500 }).then(
      () => field.evaluate((element) => element.getClientRects().length > 0 && element.matches(':focus')),
      () => false,
    );
    if (!reached) continue;
    await page.keyboard.type(secret, { delay: 5 });
    typed.push(secret);
  }
  return typed;
}

function textOf({ url, bytes }: Asked): string {
  return url + (url.includes('enc=gzip') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function budget(raw: readonly Measurement[]) {
  const sum = (figure: string) => raw.reduce((total, { figures }) => total + (figures[figure] ?? 0), 0);
  const share = sum('boxesWithin4Px') / sum('boxes');
  return [
    atLeast('pages looked at', raw.length, 12),
    atLeast('pages that still work', sum('works'), raw.length),
    atMost('page errors added', sum('pageErrorsAdded'), 0),
    atMost('console errors added', sum('consoleErrorsAdded'), 0),
    atLeast('secrets planted and typed', sum('secretsPlanted') + sum('secretsTyped'), 40),
    atLeast('pages of which a recording was looked at', raw.filter(({ figures }) => (figures.framesLookedAt ?? 0) > 1).length, raw.length),
    atMost('secrets sent', sum('secretsSent'), 0),
    atLeast('share of boxes within 4 px in the masked replay', Number(share.toFixed(4)), 0.95),
  ];
}
