/**
 * What a browser sends, bodies of requests as they go over the wire: page load and the typical use, until the page is left. Ours as the
 * first visitor of a site, whose stylesheets nobody has brought yet, and as a later one.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { buildSnippet } from '../../build/build-snippet.ts';
import { atMost, type Bench, type Measurement } from '../bench.ts';
import { openOffline } from '../browser/open-offline.ts';
import { interleave, medianOf } from '../interleave.ts';
import { sheetsSent } from '../measure/sheets-sent.ts';
import { onStage, type Site } from '../measure/stage.ts';
import { planVisit } from '../pages/plan-visit.ts';
import { playVisit } from '../pages/play-visit.ts';
import { typicalSite } from '../pages/typical-page.ts';
import { leadlight } from '../tools/leadlight.ts';
import { limitName, peers, versionsOf } from '../tools/peers.ts';
import { bytesSent, type Tool } from '../tools/tool.ts';

const rounds = 3;
const settleMs = 2_000;
/** The page is still by then; some tools hand over every ten seconds after their start, and lose what waits when a page is left. */
const lingerMs = 5_000;
const partMs = 1_500;
const first = 'Leadlight, first visitor';
const later = 'Leadlight, later visitor';

export const wire: Bench = {
  name: 'wire',
  describe: 'bytes a browser sends for a page load and six seconds of typical use: the snippet against four peers and rrweb + gzip',
  async run({ folder, installPeer, say }) {
    const files = await folder();
    await buildSnippet(files);
    const others = await peers(installPeer);
    const tools = [leadlight(files, first, 'recorded'), leadlight(files, later, 'returning'), ...others];
    const browser = await openOffline();
    try {
      const site: Site = (head) => typicalSite(installPeer, head);
      const subjects = tools.map((tool) => ({
        subject: tool.name,
        measure: () => {
          say(`Measuring ${tool.name}`);
          return visit(browser, site, tool);
        },
      }));
      const raw = await interleave(rounds, subjects);
      return { rounds, raw, budget: budget(raw), versions: versionsOf(others) };
    } finally {
      await browser.close();
    }
  },
};

function visit(browser: Browser, site: Site, tool: Tool): Promise<Measurement['figures']> {
  return onStage({ browser, site, tool }, async ({ page, service, address }) => {
    await page.goto(address);
    await delay(settleMs);
    await playVisit(page, planVisit(7));
    if (tool.name === limitName) return packed((await service.recording?.(page)) ?? '');
    await delay(lingerMs);
    await page.goto('about:blank');
    await delay(partMs);
    return { ...bytesSent(service.asked()), ...sheetsSent(service.asked()) };
  });
}

/** rrweb has no transport: as if all that it took went in one request. */
function packed(recording: string): Measurement['figures'] {
  return { bytes: gzipSync(recording).length, requests: 1 };
}

function budget(raw: readonly Measurement[]) {
  return [
    atMost('bytes of a first visitor', medianOf(raw, first, 'bytes'), 23_000),
    atMost('bytes of a later visitor', medianOf(raw, later, 'bytes'), 23_000),
    atMost('stylesheets sent more than once by a first visitor', medianOf(raw, first, 'sheetsSentAgain'), 0),
    atMost('stylesheets sent by a later visitor', medianOf(raw, later, 'sheetsSent'), 0),
  ];
}
