import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '#infra/testing/chromium.ts';
import { buildScripts, eventsOf, openPage, replay, type Scripts, type Served } from './testing/recorded-page.ts';

let browser: Browser;
let scripts: Scripts;
before(async () => {
  browser = await launchChromium();
  scripts = await buildScripts();
});
after(() => browser.close());

interface Compared {
  readonly live: string[];
  readonly replayed: string[];
  readonly problems: string[];
  readonly events: string;
}

/** Records a page while `happens`, and answers how it looks in the end, there and in the replay. */
async function compare(served: Served, happens: (page: Page) => Promise<void> = async () => {}): Promise<Compared> {
  const page = await openPage(browser, served);
  await page.addScriptTag({ content: scripts.recorder });
  await happens(page);
  const events = await eventsOf(page);
  const live: string[] = await page.evaluate('shapeOf(document, false)');
  const faults = await page.evaluate(() => window.kept.faults);
  await page.close();
  const played = await replay(browser, events, scripts);
  const replayed: string[] = await played.evaluate('shapeOf(player.iframe.contentDocument, true)');
  const problems: string[] = await played.evaluate('problems');
  await played.close();
  return { live, replayed, problems: [...faults, ...problems], events };
}

async function same(served: Served, happens?: (page: Page) => Promise<void>): Promise<Compared> {
  const all = await compare(served, happens);
  assert.deepEqual(all.problems, []);
  assert.deepEqual(all.replayed, all.live);
  return all;
}

const html = (body: string, head = '') =>
  `<!doctype html><html lang="en"><head><title>A page</title>${head}</head><body>${body}</body></html>`;

describe('a recorded page', () => {
  it('is in its replay as it was', async () => {
    const { live } = await same({
      '/': html(
        `<main class="a" id="m"><h1>Hello <b>you</b></h1><!-- not this --><script>1</script><p hidden>text</p></main>
        <svg viewBox="0 0 9 9"><linearGradient id="g"></linearGradient><path d="M0 0L9 9"/></svg>
        <ul><li>one<li>two</ul><input><textarea>x</textarea><select><option>a<option>b</select><canvas></canvas><video></video>`,
        '<style>p{color:red} main > h1{margin:0}</style><meta name="x" content="y">',
      ),
    });
    assert.ok(live.length > 25);
  });

  it('follows what is added, moved, removed and changed in one task', async () => {
    await same({ '/': html('<div id="a"><p>1</p><p>2</p><p>3</p></div><div id="b"></div>') }, async (page) => {
      await page.evaluate(() => {
        const [a, b] = [document.querySelector('#a'), document.querySelector('#b')];
        if (!a || !b) return;
        const [one, two, three] = a.children;
        if (!one || !two || !three) return;
        b.append(two);
        a.prepend(three);
        one.remove();
        a.append(one);
        two.innerHTML = 'new <i>text</i><!--x--> end';
        two.className = 'x';
        const more = document.createElement('section');
        more.append('1', document.createElement('b'), '2', document.createComment(''), document.createElement('i'));
        a.insertBefore(more, one);
        more.firstChild?.remove();
        document.body.append(document.createTextNode('tail'));
      });
    });
  });

  it('follows what scripts do to style sheets, adopted ones too, in shadows and frames', async () => {
    const { events, live, replayed, problems } = await compare(
      {
        '/': html(
          '<p>x</p><x-box></x-box><iframe id="f" src="/frame"></iframe>',
          '<style id="s">p{color:red}</style><link rel="stylesheet" href="/a.css">',
        ),
        '/a.css': '@import "/b.css" print; .from-a { margin: 1px; }',
        '/b.css': '.from-b { margin: 2px; }',
        '/frame': html('<p>in the frame</p>'),
      },
      async (page) => {
        await page.evaluate(async () => {
          const pause = () => new Promise((resolve) => setTimeout(resolve, 60));
          const { sheet } = document.querySelector<HTMLStyleElement>('#s') ?? {};
          sheet?.insertRule('.one { top: 1px; }', 0);
          sheet?.insertRule('@media print { .two { top: 2px; } }', 1);
          await pause();
          const [first, group] = sheet?.cssRules ?? [];
          if (group instanceof CSSMediaRule) group.insertRule('.three { top: 3px; }', 1);
          if (first instanceof CSSStyleRule) first.style.setProperty('left', '4px', 'important');
          await pause();
          sheet?.deleteRule(2);
        });
        await page.evaluate(async () => {
          const pause = () => new Promise((resolve) => setTimeout(resolve, 60));
          const late = document.createElement('link');
          late.rel = 'stylesheet';
          late.href = '/b.css';
          document.head.append(late);
          const root = document.querySelector('x-box')?.attachShadow({ mode: 'open' });
          if (root) root.innerHTML = '<b>shadow</b>';
          const made = new CSSStyleSheet();
          made.replaceSync('.made { top: 5px; }');
          if (root) root.adoptedStyleSheets = [made];
          document.adoptedStyleSheets.push(made);
          await pause();
          made.insertRule('.later { top: 6px; }', 1);
          const frame = document.querySelector<HTMLIFrameElement>('#f');
          frame?.contentDocument?.body.append('more in the frame');
          await pause();
          frame?.contentWindow?.location.reload();
          await new Promise((resolve) => frame?.addEventListener('load', resolve));
          frame?.contentDocument?.body.append('after the reload');
          await pause();
        });
      },
    );
    assert.deepEqual(problems, []);
    // What a sheet imports is written in its place.
    const imported = '@import url("/b.css") print;';
    assert.deepEqual(
      replayed,
      live.map((line) => line.replace(imported, '@media print {\n  .from-b { margin: 2px; }\n}')),
    );
    for (const source of ['"source":8', '"source":13', '"source":15', '"isAttachIframe":true', 'after the reload', '.later', 'from-b'])
      assert.ok(events.includes(source), source);
  });

  it('writes a long style sheet by its hash, once', async () => {
    const rules = Array.from({ length: 100 }, (_, at) => `.rule-${at} { margin: ${at}px; }`).join('\n');
    const page = await openPage(browser, { '/': html('<p>x</p>', `<style>${rules}</style><style>${rules}</style>`) });
    await page.addScriptTag({ content: scripts.recorder });
    await page.waitForFunction(() => window.kept.frames.length > 1);
    const { frames, sheets } = await page.evaluate(() => ({ frames: window.kept.frames, sheets: window.kept.sheets }));
    await page.close();
    assert.equal(frames.join('').match(/"_cssText":"ll-css:[0-9a-f]{64}"/g)?.length, 2);
    assert.equal(Object.keys(sheets).length, 1);
    assert.ok(Object.values(sheets)[0]?.includes('.rule-99'));
  });

  it('writes it out where the page leaves before its hash is there', async () => {
    const rules = Array.from({ length: 100 }, (_, at) => `.rule-${at} { margin: ${at}px; }`).join('\n');
    const page = await openPage(browser, { '/': html('<p>x</p>', `<style>${rules}</style>`) });
    const sent = await page.evaluate(`${scripts.recorder}; window.kept.controls.flush(); window.kept.frames.join('')`);
    await page.close();
    assert.ok(String(sent).includes('.rule-99'));
  });

  it('tells what the visitor does, never what is typed', async () => {
    const { events } = await same(
      {
        '/': html(
          '<input id="i" style="margin:60px"><div id="d" style="height:90px;overflow:auto"><p style="height:900px">x</p></div><p style="height:3000px">y</p>',
        ),
      },
      async (page) => {
        await page.mouse.move(200, 10);
        await page.mouse.move(250, 12);
        await page.locator('#i').pressSequentially('secretword');
        await page.mouse.click(300, 20);
        await page.evaluate(() => {
          document.querySelector('#d')?.scrollTo(0, 50);
          window.scrollTo(0, 200);
        });
        await page.setViewportSize({ width: 900, height: 600 });
        await page.waitForTimeout(700);
      },
    );
    assert.ok(!events.includes('secretword'));
    const data: { source?: number; type?: number; text?: string; y?: number }[] = JSON.parse(events).map(
      (event: { data: object }) => event.data,
    );
    for (const [what, is] of Object.entries({
      move: { source: 1 },
      down: { source: 2, type: 1 },
      up: { source: 2, type: 0 },
      click: { source: 2, type: 2 },
      focus: { source: 2, type: 5 },
      blur: { source: 2, type: 6 },
      field: { source: 5, text: '••••••' },
      element: { source: 3, y: 50 },
      page: { source: 3, y: 200 },
      resize: { source: 4, width: 900 },
    }))
      assert.ok(
        data.some((each) =>
          Object.entries(is).every(([key, value]) => Object.entries(each).some(([name, own]) => name === key && own === value)),
        ),
        what,
      );
  });

  it('follows ten thousand elements that come at once and all change again', async () => {
    const { live } = await same({ '/': html('<main></main>') }, async (page) => {
      await page.evaluate(async () => {
        const main = document.querySelector('main');
        for (let row = 0; row < 100; row++) {
          const made = document.createElement('div');
          for (let cell = 0; cell < 99; cell++)
            made.append(Object.assign(document.createElement('span'), { textContent: `${row} ${cell}` }));
          main?.append(made);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
        for (const [at, each] of [...document.querySelectorAll('main *')].entries()) each.className = `k${at}`;
      });
    });
    assert.ok(live.length > 19_000);
    assert.ok(live.some((line) => line.includes('class=k9999')));
  });

  it('keeps boxes where they were, masked or not', async () => {
    const card = (at: number) =>
      `<section class="card"><h2>Plan number ${at}</h2><img width="40" height="30" alt=""><p>Everything that a small team needs, and ${at} more things.</p>
      <ul><li>First of all</li><li>And then</li></ul><button>Choose it</button><select><option>One</option><option>Another one</option></select></section>`;
    const style = `<style>body{font:16px/1.5 sans-serif;margin:0}header{padding:20px;background:#eee}.grid{display:grid;grid-template-columns:repeat(3,1fr);gap:16px;padding:20px}
      .card{border:1px solid #ccc;padding:12px}table{width:100%}td{padding:4px;width:25%}</style>`;
    const rows = Array.from({ length: 20 }, (_, at) => `<tr><td>Row ${at}</td><td>Value</td><td>${at * 7}</td><td>done</td></tr>`).join('');
    for (const mark of ['', 'data-ll-mask']) {
      const body = `<header ${mark}><nav><a href="/">Home</a> <a href="/b">Pricing</a></nav></header><div class="grid" ${mark}>${[1, 2, 3, 4, 5, 6].map(card).join('')}</div>
        <div data-ll-block class="card">not <b>this</b></div><table>${rows}</table>`;
      const page = await openPage(browser, { '/': html(body, style) });
      await page.addScriptTag({ content: scripts.recorder });
      const events = await eventsOf(page);
      const live: number[][] = await page.evaluate(() => {
        for (const inside of document.querySelectorAll('[data-ll-block] *')) inside.remove();
        return window.boxesOf(document);
      });
      await page.close();
      const played = await replay(browser, events, scripts);
      const boxes: number[][] = await played.evaluate('boxesOf(player.iframe.contentDocument)');
      await played.close();
      const near = live.filter((box, at) => box.every((side, edge) => Math.abs(side - (boxes[at]?.[edge] ?? Number.NaN)) <= 4));
      assert.equal(boxes.length, live.length);
      assert.ok(near.length >= live.length * 0.95, `${near.length} of ${live.length} boxes, ${mark}`);
    }
  });
});
