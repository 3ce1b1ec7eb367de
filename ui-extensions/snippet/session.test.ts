import assert from 'node:assert/strict';
import { takenAndRecorded } from './testing/fake-core.ts';
import { token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

describe('a session', () => {
  it('ends after thirty minutes without interaction: the next one opens another, which starts with its page and a whole picture', async () => {
    const context = await site.visitor();
    site.core.answer = () => takenAndRecorded;
    site.has('/', { body: '<p>Text</p>' });
    const page = await context.newPage();
    await page.clock.install();
    await site.open(`/?ll=${token}`, page);
    await page.clock.runFor(6_000);
    await until('a recording', async () => {
      await page.clock.runFor(500);
      return site.core.chunks.length > 0;
    });
    await page.clock.fastForward(31 * 60_000);
    await page.mouse.click(20, 20);
    await until('the second session', async () => {
      await page.clock.runFor(1_000);
      return new Set(site.core.chunks.map(({ sid }) => sid)).size === 2;
    });
    const [first, second] = [...new Set(site.core.envelopes.map(({ sid }) => sid))];
    assert.equal(site.core.envelopes.filter(({ sid, events }) => sid === second && JSON.stringify(events).includes('page_view')).length, 1);
    assert.ok(site.core.envelopes.some(({ sid, context: told }) => sid === second && told !== undefined));
    const opening = site.core.chunks.find(({ sid }) => sid === second);
    assert.equal(opening?.seq, 0);
    assert.ok(opening.events.some(({ type }) => type === 2));
    assert.notEqual(first, second);
  });

  it('is joined by a new tab also when the others are slow to answer', async () => {
    const context = await site.visitor();
    site.has('/');
    const one = await site.open(`/?ll=${token}`);
    await until('the first tab', () => site.core.eventsOf('page_view').length === 1);
    await one.evaluate(() => {
      const post = BroadcastChannel.prototype.postMessage;
      const waiting: (() => void)[] = [];
      BroadcastChannel.prototype.postMessage = function (message: unknown) {
        waiting.push(() => post.call(this, message));
      };
      Object.assign(window, { answerNow: () => waiting.map((send) => send()) });
    });
    const two = await context.newPage();
    await two.clock.install();
    await two.clock.pauseAt(Date.now() + 60_000);
    await site.open('/', two);
    // It waits for its answer no longer than this, and opens a session of its own.
    await until('a session', async () => {
      await two.clock.runFor(20);
      return two.evaluate(() => sessionStorage.getItem('_ll_sid') !== null);
    });
    await one.evaluate(() => 'answerNow' in window && typeof window.answerNow === 'function' && window.answerNow());
    const sid = site.core.envelopes[0]?.sid;
    await until('the same session', () => two.evaluate((first) => sessionStorage.getItem('_ll_sid') === first, sid));
    await two.clock.runFor(1_000);
    await until('the second page view', () => site.core.eventsOf('page_view').length === 2);
    assert.equal(new Set(site.core.envelopes.map((envelope) => envelope.sid)).size, 1);
  });

  it('counts the chunks of a duplicated tab apart', async () => {
    const context = await site.visitor();
    site.has('/');
    const page = await site.open(`/?ll=${token}`);
    await until('the first tab', () => site.core.eventsOf('page_view').length === 1);
    const opened = context.waitForEvent('page');
    await page.evaluate(() => {
      window.open('/', '_blank');
    });
    await opened;
    await until('the second tab', () => site.core.eventsOf('page_view').length === 2);
    assert.equal(new Set(site.core.envelopes.map(({ tab }) => tab)).size, 2);
    assert.equal(new Set(site.core.envelopes.map(({ sid }) => sid)).size, 1);
  });
});

describe('a recording', () => {
  it('shows that something is in a field, in a mask of one length', async () => {
    await site.visitor();
    site.core.answer = () => takenAndRecorded;
    site.has('/', { body: '<input id="short"><textarea id="long"></textarea>' });
    const page = await site.open(`/?ll=${token}`);
    await until('a snapshot', () => site.core.chunks.length > 0);
    await page.fill('#short', 'ab');
    await page.fill('#long', 'a long text that somebody wrote');
    const inputs = () =>
      site.core.chunks
        .flatMap(({ events }) => events.map(({ data }) => JSON.stringify(data)))
        .filter((data) => data.includes('"source":5'));
    await until('both fields', () => inputs().length >= 2);
    for (const data of inputs()) assert.match(data, /"text":"•{6}"/);
  });

  it('pauses while the page is hidden, and takes the whole page again when it missed something', async () => {
    await site.visitor();
    site.core.answer = () => takenAndRecorded;
    site.has('/', { body: '<p id="p">Text</p>' });
    const page = await site.open(`/?ll=${token}`);
    const snapshots = () => site.core.chunks.flatMap(({ events }) => events).filter(({ type }) => type === 2).length;
    await until('a snapshot', () => snapshots() === 1);
    const setHidden = (hidden: boolean) =>
      page.evaluate((now) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (now ? 'hidden' : 'visible') });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await setHidden(true);
    await page.evaluate(() => {
      document.body.append('written while hidden');
    });
    await page.waitForTimeout(300);
    await setHidden(false);
    await until('another snapshot', () => snapshots() === 2);
    const changes = site.core.chunks
      .flatMap(({ events }) => events)
      .filter(({ type, data }) => type === 3 && JSON.stringify(data).includes('written while hidden'));
    assert.equal(changes.length, 0);
  });
});
