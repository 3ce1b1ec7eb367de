/** Makes a recording the real way: rrweb in a page of a small shop, and somebody who uses it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import * as z from 'zod';

const page = `<!doctype html><html lang="en"><head><title>Halden Plans</title><style>
  body{font:16px/1.5 system-ui;margin:0;color:#213}header{background:#0b7285;color:#fff;padding:24px 40px}main{padding:24px 40px;max-width:900px}
  .plans{display:grid;grid-template-columns:repeat(3,1fr);gap:16px}.plan{border:1px solid #cdd;border-radius:8px;padding:16px}
  .plan:hover{border-color:#0b7285}button{background:#0b7285;color:#fff;border:0;border-radius:6px;padding:10px 16px}footer{height:1200px;margin-top:40px}
</style></head><body><header><h1>Plans for every team</h1><a href="#plans" style="color:#fff">See plans</a></header><main>
  <p>Choose how you start. Prices are per month.</p><div class="plans" id="plans">
  <section class="plan"><h2>Starter</h2><p>€19</p><button id="starter">Choose</button></section>
  <section class="plan"><h2>Team</h2><p>€49</p><button id="team">Choose</button></section>
  <section class="plan"><h2>Company</h2><p>€99</p><button id="company">Choose</button></section></div>
  <form><label>Your name <input id="name"></label></form><ul id="basket"></ul></main><footer></footer>
  <script>document.addEventListener('click', (e) => { if (e.target.matches('button')) { e.preventDefault(); const li = document.createElement('li');
    li.textContent = 'Added ' + e.target.id; document.getElementById('basket').append(li); } });</script></body></html>`;

const events = z.array(z.unknown());

/** rrweb events of a visit of about two seconds: three clicks, typing, scrolling. */
export async function recordVisit(browser: Browser): Promise<unknown[]> {
  const library = await readFile(
    createRequire(import.meta.url)
      .resolve('rrweb')
      .replace('rrweb.cjs', 'rrweb.umd.min.cjs'),
    'utf8',
  );
  const tab = await browser.newPage({ viewport: { width: 1100, height: 700 } });
  try {
    await tab.setContent(page);
    await tab.evaluate(
      `${library}; window.recorded = []; (window.rrweb ?? rrweb).record({ emit: (event) => window.recorded.push(event) });`,
    );
    for (const id of ['starter', 'team', 'company']) {
      await tab.click(`#${id}`);
      await tab.waitForTimeout(300);
    }
    await tab.locator('#name').pressSequentially('Ada', { delay: 40 });
    await tab.mouse.wheel(0, 200);
    await tab.waitForTimeout(400);
    return events.parse(JSON.parse(await tab.evaluate('JSON.stringify(window.recorded)')));
  } finally {
    await tab.close();
  }
}
