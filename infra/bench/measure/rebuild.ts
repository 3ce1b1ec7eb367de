/** Rebuilds a recording in rrweb's own player, to its end. */
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../check/run-tool.ts';
import { viewport } from '../pages/plan-visit.ts';

const player = path.join(root, 'node_modules/rrweb/dist/rrweb.umd.min.cjs');

/**
 * @param recording JSON of rrweb events.
 * @param look an expression over `doc`, the rebuilt document, evaluated in the player's page.
 */
export async function rebuild(browser: Browser, recording: string, look: string): Promise<unknown> {
  const context = await browser.newContext({ viewport: { width: viewport.width + 40, height: viewport.height + 40 } });
  try {
    const page = await context.newPage();
    await play(page, recording);
    return await page.evaluate(`(() => { const doc = window.replayer.iframe.contentDocument; return (${look}); })()`);
  } finally {
    await context.close();
  }
}

async function play(page: Page, recording: string): Promise<void> {
  await page.setContent('<!doctype html><body style="margin:0"><div id="root"></div></body>');
  await page.addScriptTag({ path: player });
  await page.evaluate(`(async () => {
    const events = ${recording};
    if (events.length < 2) throw new Error('There is nothing to rebuild');
    const root = document.getElementById('root');
    window.replayer = new rrweb.Replayer(events, { root, mouseTail: false, showWarning: false, triggerFocus: false });
    window.replayer.pause(events.at(-1).timestamp - events[0].timestamp + 1);
    await new Promise((done) => setTimeout(done, 300));
  })()`);
}
