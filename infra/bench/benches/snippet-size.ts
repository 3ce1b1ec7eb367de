/**
 * What a browser loads, brotli 11 and gzip: our files, and what a real browser really asks for as three kinds of visitors; beside the
 * peers with recording on. The scripts alone: settings that a service answers with are small and not counted for anybody.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Response } from 'playwright-core';
import { buildSnippet } from '../../build/build-snippet.ts';
import { atLeast, atMost, type Bench, type Measurement } from '../bench.ts';
import { openOffline } from '../browser/open-offline.ts';
import { interleave, medianOf } from '../interleave.ts';
import { onStage } from '../measure/stage.ts';
import { weigh, weighAll } from '../measure/weigh.ts';
import { heavySite } from '../pages/heavy-page.ts';
import { leadlight } from '../tools/leadlight.ts';
import { peers, versionsOf } from '../tools/peers.ts';
import type { Tool } from '../tools/tool.ts';

const rounds = 3;
const loadMs = 1_500;
const nobody = 'Leadlight, nobody known: loaded';
const measured = 'Leadlight, measured: loaded';
const recorded = 'Leadlight, recorded: loaded';

export const snippetSize: Bench = {
  name: 'snippet-size',
  describe: 'what a browser loads, brotli 11: the snippet for three kinds of visitors against four peers and rrweb alone',
  async run({ folder, installPeer }) {
    const files = await folder();
    await buildSnippet(files);
    const others = await peers(installPeer);
    const tools = [
      leadlight(files, nobody, 'nobody'),
      leadlight(files, measured, 'measured'),
      leadlight(files, recorded, 'recorded'),
      ...others,
    ];
    const browser = await openOffline();
    try {
      const built = await weighFolder(files);
      const loaded = await interleave(
        rounds,
        tools.map((tool) => ({ subject: tool.name, measure: () => load(browser, tool) })),
      );
      return { rounds, raw: [...built, ...loaded], budget: budget([...built, ...loaded]), versions: versionsOf(others) };
    } finally {
      await browser.close();
    }
  },
};

async function weighFolder(folder: string): Promise<Measurement[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js')).sort();
  return Promise.all(
    names.map(async (name) => ({ subject: `Leadlight, file ${name}`, round: 0, figures: weigh(await readFile(path.join(folder, name))) })),
  );
}

/** Every script that the browser fetched, weighed. */
function load(browser: Browser, tool: Tool): Promise<Measurement['figures']> {
  return onStage({ browser, site: heavySite, tool }, async ({ page, address }) => {
    const scripts: Response[] = [];
    page.on('response', (response) => {
      // A worker that a script makes of its own text was loaded with that script.
      const isFetched = response.url().startsWith('http');
      if (isFetched && response.request().resourceType() === 'script') scripts.push(response);
    });
    await page.goto(address);
    // What a person does: some tools load more only then.
    await page.mouse.move(200, 200);
    await page.mouse.click(300, 300);
    await delay(loadMs);
    const bodies = await Promise.all(scripts.map((script) => script.body()));
    const ofRecorder = scripts.filter((script) => script.url().includes('recorder')).length;
    return { ...weighAll(bodies), recorderFiles: ofRecorder };
  });
}

function budget(raw: readonly Measurement[]) {
  const bytesOf = (...files: string[]) => files.reduce((sum, file) => sum + medianOf(raw, `Leadlight, file ${file}`, 'brotliBytes'), 0);
  return [
    atMost('all files but ll-shop.js, brotli bytes', bytesOf('ll.js', 'll-visit.js', 'll-recorder.js'), 24_000),
    atMost('all files, brotli bytes', bytesOf('ll.js', 'll-visit.js', 'll-shop.js', 'll-recorder.js'), 30_000),
    atMost('loader, brotli bytes', medianOf(raw, 'Leadlight, file ll.js', 'brotliBytes'), 3_500),
    atMost('all that a recorded visitor loads, brotli bytes', medianOf(raw, recorded, 'brotliBytes'), 24_000),
    atLeast('files of the recorder that a recorded visitor loads', medianOf(raw, recorded, 'recorderFiles'), 1),
    atMost('files of the recorder that a measured visitor loads', medianOf(raw, measured, 'recorderFiles'), 0),
    atMost('files of the recorder that a visitor nobody knows loads', medianOf(raw, nobody, 'recorderFiles'), 0),
    atMost('files that a visitor nobody knows loads', medianOf(raw, nobody, 'files'), 1),
  ];
}
