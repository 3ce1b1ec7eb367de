/**
 * What recording costs a page's main thread: six seconds of typical use, and a heavy page (10,000 nodes at once, then 10,000 changes of
 * attributes), each less the same page without a tool. Thread time of the renderer's main thread; workers are not in it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { buildSnippet } from '../../build/build-snippet.ts';
import { atLeast, atMost, type Bench, type Compared, type Measurement } from '../bench.ts';
import { openOffline } from '../browser/open-offline.ts';
import { interleave, medianOf } from '../interleave.ts';
import { countMainThread, heldHeap } from '../measure/main-thread.ts';
import { rebuild } from '../measure/rebuild.ts';
import { onStage, type Site } from '../measure/stage.ts';
import { heavyChanges, heavyNodes, heavySite } from '../pages/heavy-page.ts';
import { planVisit } from '../pages/plan-visit.ts';
import { playVisit } from '../pages/play-visit.ts';
import { typicalSite } from '../pages/typical-page.ts';
import { leadlight } from '../tools/leadlight.ts';
import { limitName, peers, versionsOf } from '../tools/peers.ts';
import type { Tool } from '../tools/tool.ts';

const rounds = 3;
/** Every tool has loaded and taken its first picture of the page by then. */
const settleMs = 2_000;
/** Every tool hands over what it has at least each five seconds: that is part of the cost. */
const afterHeavyMs = 6_000;
const alone = 'the page alone';

export const recorder: Bench = {
  name: 'recorder',
  describe: 'main-thread time of recording, typical and heavy page: the snippet against four peers and rrweb with no transport',
  async run({ folder, installPeer, isWanted, say }) {
    const files = await folder();
    await buildSnippet(files);
    const ours = leadlight(files);
    // The limit is in every ratio.
    const others = (await peers(installPeer)).filter(({ name }) => name === limitName || isWanted(name));
    const browser = await openOffline();
    try {
      const typical: Site = (head) => typicalSite(installPeer, head);
      const subjects = [undefined, ours, ...others].map((tool) => ({
        subject: tool?.name ?? alone,
        measure: async () => {
          say(`Measuring ${tool?.name ?? alone}`);
          return { ...(await useTypically(browser, typical, tool)), ...(await useHeavily(browser, tool)) };
        },
      }));
      await useTypically(browser, typical, undefined);
      const raw = await interleave(rounds, subjects);
      const compared = [ours, ...others].map(({ name }) => compare(raw, name));
      return { rounds, raw, compared, budget: budget(raw, ours.name), versions: versionsOf(others) };
    } finally {
      await browser.close();
    }
  },
};

function useTypically(browser: Browser, site: Site, tool: Tool | undefined): Promise<Measurement['figures']> {
  return onStage({ browser, site, tool }, async ({ page, address }) => {
    const read = await countMainThread(page);
    await page.goto(address);
    await delay(settleMs);
    const loaded = await read();
    await playVisit(page, planVisit(7));
    const used = await read();
    return {
      loadScriptMs: loaded.scriptMs,
      loadTaskMs: loaded.taskMs,
      useScriptMs: round(used.scriptMs - loaded.scriptMs),
      useTaskMs: round(used.taskMs - loaded.taskMs),
      useLayoutMs: round(used.layoutMs - loaded.layoutMs),
      heapKiB: await heldHeap(page),
    };
  });
}

const found = z.object({ nodes: z.number(), changes: z.number() });
const look = `({
  nodes: doc.querySelectorAll('.row, .cell').length,
  changes: [...doc.querySelectorAll('.row, .cell')].filter((node) => node.style.opacity !== '' || node.matches('.warm, .cold')).length,
})`;

function useHeavily(browser: Browser, tool: Tool | undefined): Promise<Measurement['figures']> {
  return onStage({ browser, site: heavySite, tool }, async ({ page, service, address }) => {
    const read = await countMainThread(page);
    await page.goto(address);
    await delay(settleMs);
    const loaded = await read();
    await page.evaluate('heavy()');
    await delay(afterHeavyMs);
    const used = await read();
    const figures = {
      heavyTaskMs: round(used.taskMs - loaded.taskMs),
      heavyScriptMs: round(used.scriptMs - loaded.scriptMs),
      heavyHeapKiB: await heldHeap(page),
    };
    if (service.recording === undefined) return figures;
    const { nodes, changes } = found.parse(await rebuild(browser, await service.recording(page), look));
    return { ...figures, heavyNodesRebuilt: nodes, heavyChangesRebuilt: changes };
  });
}

/** Medians less those of the page alone, and how they stand to the limit's. */
function compare(raw: readonly Measurement[], subject: string): Compared {
  const extra = (figure: string, of = subject) => round(medianOf(raw, of, figure) - medianOf(raw, alone, figure));
  const toLimit = (figure: string) => Number((extra(figure) / extra(figure, limitName)).toFixed(2));
  return {
    subject,
    figures: {
      extraUseScriptMs: extra('useScriptMs'),
      useScriptToLimit: toLimit('useScriptMs'),
      extraUseTaskMs: extra('useTaskMs'),
      extraLoadScriptMs: extra('loadScriptMs'),
      loadScriptToLimit: toLimit('loadScriptMs'),
      extraHeavyTaskMs: extra('heavyTaskMs'),
      heavyTaskToLimit: toLimit('heavyTaskMs'),
      extraHeavyScriptMs: extra('heavyScriptMs'),
      extraHeapKiB: extra('heapKiB'),
      extraHeavyHeapKiB: extra('heavyHeapKiB'),
    },
  };
}

function budget(raw: readonly Measurement[], ours: string) {
  const { figures } = compare(raw, ours);
  return [
    atMost('extra script in 6 s of typical use, ms', figures.extraUseScriptMs ?? Number.NaN, 45),
    atMost('extra task time, heavy page, ms', figures.extraHeavyTaskMs ?? Number.NaN, 200),
    atLeast('nodes of the heavy page in the replay', medianOf(raw, ours, 'heavyNodesRebuilt'), heavyNodes),
    atLeast('changed attributes of the heavy page in the replay', medianOf(raw, ours, 'heavyChangesRebuilt'), heavyChanges),
  ];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
