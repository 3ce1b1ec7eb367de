import assert from 'node:assert/strict';
import { type Answer, taken, takenAndRecorded } from './testing/fake-core.ts';
import { token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

/** What does not change when a batch is sent again. */
function essence(): string[] {
  return site.core.envelopes.map(({ sentAt: _, ...rest }) => JSON.stringify(rest));
}

describe('sending', () => {
  it('sends the first page view at once, as plain text without a preflight and without cookies', async () => {
    await site.visitor();
    site.has('/');
    const startedAt = Date.now();
    await site.open(`/?ll=${token}`);
    await until('the page view', () => site.core.eventsOf('page_view').length === 1);
    const request = site.core.received.find(({ method }) => method === 'POST');
    assert.equal(request?.headers['content-type'], 'text/plain');
    assert.equal(request?.headers.cookie, undefined);
    assert.equal(
      site.core.received.some(({ method }) => method === 'OPTIONS'),
      false,
    );
    assert.ok(Date.now() - startedAt < 5_000);
    const [envelope] = site.core.envelopes;
    assert.ok(envelope?.context?.viewport);
    assert.ok(Math.abs((envelope?.sentAt ?? 0) - Date.now()) < 10_000);
  });

  it('sends the same batch again after a 503, not earlier than the core asked', async () => {
    await site.visitor();
    site.has('/');
    const times: number[] = [];
    const answers: Answer[] = [
      { status: 503, headers: { 'retry-after': '2', 'access-control-expose-headers': 'retry-after' } },
      { status: 503 },
      taken,
    ];
    site.core.answer = () => {
      times.push(Date.now());
      return answers[times.length - 1] ?? taken;
    };
    await site.open(`/?ll=${token}`);
    await until('three tries', () => times.length >= 3, 15_000);
    const [first, second, third] = essence();
    assert.equal(second, first);
    assert.equal(third, first);
    assert.ok((times[1] ?? 0) - (times[0] ?? 0) >= 1_990);
  });

  for (const status of [400, 403, 404]) {
    it(`stops for the page, silently, after a ${status}`, async () => {
      await site.visitor();
      site.has('/');
      site.core.answer = () => ({ status });
      const page = await site.open(`/?ll=${token}`);
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      await until('the first try', () => site.core.envelopes.length === 1);
      await page.evaluate(() => window.leadlight?.track?.('more'));
      await page.waitForTimeout(800);
      assert.equal(site.core.envelopes.length, 1);
      assert.deepEqual(problems, []);
    });
  }

  it('compresses what is large', async () => {
    await site.visitor();
    site.has('/', { body: `<main>${'<p>A paragraph of a page.</p>'.repeat(300)}</main>` });
    site.core.answer = () => takenAndRecorded;
    await site.open(`/?ll=${token}`);
    await until('a full snapshot', () => site.core.chunks.some(({ events }) => events.some(({ type }) => type === 2)));
    const large = site.core.received.find(({ text }) => text.includes('A paragraph'));
    assert.ok(large);
    assert.ok(large.url.endsWith('&enc=gzip'));
    assert.ok(large.bytes.length * 5 < large.text.length);
  });

  it('sends what it has when the page is left, and loses nothing over ten pages', async () => {
    await site.visitor();
    for (let number = 0; number < 10; number++) site.has(`/${number}`);
    const page = await site.open(`/0?ll=${token}`);
    await until('the first page view', () => site.core.eventsOf('page_view').length === 1);
    for (let number = 1; number < 10; number++) {
      await page.evaluate((name) => window.leadlight?.track?.(name), `left-${number - 1}`);
      await site.open(`/${number}`, page);
    }
    await until('the last page view', () => site.core.eventsOf('page_view').length === 10);
    await until('each event', () => site.core.eventsOf('custom').length === 9);
    const ids = site.core.events.map(({ eid }) => eid);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      site.core.eventsOf('custom').map(({ props }) => props.name),
      Array.from({ length: 9 }, (_, number) => `left-${number}`),
    );
  });

  it('keeps for the next page what does not fit when the page is left', async () => {
    await site.visitor();
    site.has('/');
    site.has('/two');
    site.core.answer = () => takenAndRecorded;
    const page = await site.open(`/?ll=${token}`);
    await until('a recording', () => site.core.chunks.length > 0);
    await page.evaluate(() => {
      const words = Array.from({ length: 24_000 }, (_, place) => `word${place}`).join(' ');
      document.body.append(words, 'the end of it');
      return new Promise((resolve) => requestAnimationFrame(resolve));
    });
    await site.open('/two', page);
    await until('the large change', () => site.core.received.some(({ text }) => text.includes('the end of it')));
    assert.ok(site.core.received.every(({ url, bytes }) => url.includes('enc=gzip') || bytes.length < 51_200));
    const seqs = site.core.chunks.map(({ seq }) => seq).sort((a, b) => a - b);
    assert.deepEqual(
      seqs,
      [...new Set(seqs)].map((_, place) => place),
    );
  });

  it('keeps counting the chunks of a tab over its pages, without a gap', async () => {
    await site.visitor();
    site.core.answer = () => takenAndRecorded;
    for (const path of ['/', '/a', '/b']) site.has(path, { body: '<p>Text</p>' });
    const page = await site.open(`/?ll=${token}`);
    await until('the first snapshot', () => site.core.chunks.length > 0);
    for (const path of ['/a', '/b']) {
      const before = site.core.chunks.length;
      await site.open(path, page);
      await until('a snapshot of the next page', () =>
        site.core.chunks.slice(before).some(({ events }) => events.some(({ type }) => type === 2)),
      );
    }
    await page.close({ runBeforeUnload: true });
    // A chunk whose answer its page did not see any more may come again.
    const seqs = [...new Set(site.core.chunks.map(({ seq }) => seq))].sort((a, b) => a - b);
    assert.deepEqual(
      seqs,
      seqs.map((_, place) => place),
    );
    assert.equal(new Set(site.core.chunks.map(({ tab }) => tab)).size, 1);
  });

  it('sends the first whole picture of a recording at once', async () => {
    const page = await (await site.visitor()).newPage();
    site.has('/', { body: '<p>Text</p>' });
    site.core.answer = () => takenAndRecorded;
    await page.clock.install();
    await site.open(`/?ll=${token}`, page);
    let passedMs = 0;
    await until('the recorder', async () => {
      await page.clock.runFor(100);
      return site.core.received.some(({ url }) => url === '/ll-recorder.js');
    });
    await page.waitForTimeout(500);
    await until('the snapshot', async () => {
      await page.clock.runFor(100);
      passedMs += 100;
      await page.waitForTimeout(50);
      return site.core.chunks.some(({ events }) => events.some(({ type }) => type === 2));
    });
    assert.ok(passedMs <= 1_000, `${passedMs} ms`);
  });

  it('waits while the browser is offline', async () => {
    const context = await site.visitor();
    site.has('/');
    const page = await site.open(`/?ll=${token}`);
    await until('the page view', () => site.core.eventsOf('page_view').length === 1);
    await context.setOffline(true);
    await page.evaluate(() => window.leadlight?.track?.('offline', { note: 'kept' }));
    await page.waitForTimeout(400);
    await context.setOffline(false);
    await until('the kept event', () => site.core.eventsOf('custom').length === 1);
    assert.deepEqual(site.core.eventsOf('custom')[0]?.props, { name: 'offline', props: { note: 'kept' } });
  });
});

describe('a page that must not notice', () => {
  const hostile: readonly (readonly [string, Answer])[] = [
    ['is down', { status: 500 }],
    ['answers garbage', { status: 200, body: '<html>not json' }],
    ['answers something else', { status: 200, body: '{"hello":[1,2]}' }],
    ['does not know the site', { status: 404, body: '{}' }],
  ];
  for (const [what, answer] of hostile) {
    it(`works on while the core ${what}`, async () => {
      const page = await (await site.visitor()).newPage();
      site.core.config = answer;
      site.has('/', { body: '<button onclick="this.textContent = 1">0</button>' });
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      await site.open(`/?ll=${token}`, page);
      await page.click('button');
      await page.evaluate(() => window.leadlight?.track?.('x'));
      await page.waitForTimeout(300);
      assert.equal(await page.textContent('button'), '1');
      assert.deepEqual(problems, []);
    });
  }

  it('works under a strict policy that names the core alone, with Trusted Types', async () => {
    const page = await (await site.visitor()).newPage();
    const { origin } = site.core;
    const csp = `default-src 'none'; script-src ${origin}; connect-src ${origin}; require-trusted-types-for 'script'; trusted-types leadlight`;
    site.has('/', { csp, body: '<p>Strict</p>' });
    site.core.answer = () => takenAndRecorded;
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await site.open(`/?ll=${token}`, page);
    await until('a recording', () => site.core.chunks.length > 0);
    assert.deepEqual(problems, []);
  });

  it('works on where storage is refused', async () => {
    const context = await site.visitor();
    await context.addInitScript(() => {
      Object.defineProperty(window, 'sessionStorage', {
        get: () => {
          throw new DOMException('refused', 'SecurityError');
        },
      });
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('refused', 'SecurityError');
        },
      });
    });
    site.has('/');
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    await site.open(`/?ll=${token}`, page);
    await until('the page view', () => site.core.eventsOf('page_view').length === 1);
    assert.deepEqual(problems, []);
  });
});
