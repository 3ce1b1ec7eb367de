import assert from 'node:assert/strict';
import { takenAndRecorded } from './testing/fake-core.ts';
import { token, until, Website } from './testing/website.ts';

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

function hasSnapshot(count: number): boolean {
  return site.core.chunks.flatMap(({ events }) => events).filter(({ type }) => type === 2).length >= count;
}

describe('what a recording never holds', () => {
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

  it('stands for every value by a mask of one length', async () => {
    await site.visitor();
    site.core.answer = () => takenAndRecorded;
    site.has('/', { body: '<input id="short"><input id="long"><textarea>x</textarea><textarea>a much longer text than x</textarea>' });
    const page = await site.open(`/?ll=${token}`);
    await until('the snapshot', () => hasSnapshot(1));
    await page.fill('#short', 'abc');
    await page.fill('#long', 'abcdefghijklmnopqrstuvwxyz');
    const masks = () => JSON.stringify(site.core.chunks).match(/•+/g) ?? [];
    await until('all four fields', () => masks().length >= 4);
    assert.equal(new Set(masks()).size, 1);
  });
});
