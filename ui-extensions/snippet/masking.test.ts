import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type Answer, takenAndRecorded } from './testing/fake-core.ts';
import { type Probe, probes } from './testing/leak-probes.ts';
import { token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

type Canary = (number: number) => string;

/** Opens a page with every probe, lets everything happen, and answers the probes whose canary was sent or stored. */
async function leaks(canary: Canary, text: 'visible' | 'masked'): Promise<Probe[]> {
  await site.visitor();
  site.core.config = { masking: { text } };
  site.core.answer = (): Answer => takenAndRecorded;
  site.has('/', {
    head: probes.map(({ head }, place) => head?.(canary(place)) ?? '').join('\n'),
    body: probes.map(({ body }, place) => body?.(canary(place)) ?? '').join('\n'),
  });
  site.has('/end', { body: '<p>the end</p>' });
  const page = await site.open(`/?ll=${token}`);
  await until('the snapshot', () => hasSnapshot(1));
  await letHappen(page, canary);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  await site.open('/end', page);
  await until('the next page', () => site.core.eventsOf('page_view').some(({ url }) => url.endsWith('/end')));
  const left = [kept, ...site.core.received.filter(({ method }) => method === 'POST').flatMap(({ url, text: body }) => [url, body])]
    .join('\n')
    .toLowerCase();
  assert.ok(left.includes('"source":0'), 'changes of the page were recorded');
  return probes.filter(
    ({ typed }, place) =>
      left.includes(canary(place).split('@')[0]?.toLowerCase() ?? '') || (typed && left.includes(typed[1](canary(place)).toLowerCase())),
  );
}

async function letHappen(page: Page, canary: Canary): Promise<void> {
  for (const [place, { later }] of probes.entries()) if (later) await page.evaluate(later(canary(place)));
  for (const [place, { typed }] of probes.entries()) if (typed) await page.locator(typed[0]).pressSequentially(typed[1](canary(place)));
  const fileProbe = probes.findIndex(({ what }) => what === 'file name');
  await page.setInputFiles('#file', { name: `${canary(fileProbe)}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from('x') });
  await page.waitForTimeout(400);
}

function hasSnapshot(count: number): boolean {
  return site.core.chunks.flatMap(({ events }) => events).filter(({ type }) => type === 2).length >= count;
}

const names = (found: readonly Probe[]) => found.map(({ what }) => what);

describe('what a recording never holds', () => {
  it('nothing of what was typed, chosen, hidden or written into the code of the page', async () => {
    const found = await leaks((number) => `canary${number}x`, 'visible');
    assert.deepEqual(names(found.filter(({ visible }) => !visible)), []);
    assert.ok(found.length > 5, 'text that a visitor sees is recorded');
  });

  it('no e-mail address, not even in text that a visitor sees', async () => {
    assert.deepEqual(names(await leaks((number) => `canary${number}x@leak.example`, 'visible')), []);
  });

  it('shows what the site chose to show, where it masks all other text: text, never fields', async () => {
    await site.visitor();
    site.core.config = { masking: { text: 'masked' } };
    site.core.answer = () => takenAndRecorded;
    site.has('/', {
      body: `<p>hiddenword</p>
        <div data-ll-unmask id="shown">shownword <b>deepword</b> ada@example.com
          <input value="fieldword" placeholder="hintword"><select><option>choiceword</option></select>
          <span data-ll-mask>againword</span></div>`,
    });
    const page = await site.open(`/?ll=${token}`);
    await until('the snapshot', () => hasSnapshot(1));
    await page.locator('#shown input').fill('typedword');
    await page.evaluate(() => {
      document.querySelector('#shown')?.append('addedword', ' typedword');
      document.body.append('unseenword');
    });
    const recorded = () => JSON.stringify(site.core.chunks);
    await until('the change', () => recorded().includes('addedword'));
    for (const word of ['shownword', 'deepword']) assert.ok(recorded().includes(word), word);
    for (const word of ['hidden', 'field', 'hint', 'choice', 'again', 'unseen', 'typed', 'ada@'])
      assert.ok(!recorded().includes(word.includes('@') ? word : `${word}word`), word);
  });

  it('no text at all, where the site masks all text', async () => {
    assert.deepEqual(names(await leaks((number) => `canary${number}x`, 'masked')), []);
  });
});
