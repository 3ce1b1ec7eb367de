import assert from 'node:assert/strict';
import { Website } from '../testing/website.ts';
import { measuredBehaviour } from './testing/measured-behaviour.ts';
import { measuredMarkup } from './testing/measured-markup.ts';
import { email, word } from './testing/probe.ts';
import { namesOf, play } from './testing/stage.ts';

const probes = [...measuredMarkup, ...measuredBehaviour];

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

describe('the 96 places where recorders leak', () => {
  it('are all tried, each by its number', () => {
    assert.deepEqual(
      probes.map(({ number }) => number),
      Array.from({ length: 96 }, (_, place) => place + 1),
    );
  });

  it('tell nothing that was typed, chosen, hidden or written into the code of the page', async () => {
    const found = await play(site, probes, { canary: word, text: 'visible' });
    assert.deepEqual(namesOf(found.filter(({ visible }) => !visible)), []);
    assert.ok(found.filter(({ visible }) => visible).length > 10, 'text that a visitor sees is recorded');
  });

  it('tell no e-mail address, not even in text that a visitor sees', async () => {
    assert.deepEqual(namesOf(await play(site, probes, { canary: email, text: 'visible' })), []);
  });

  it('tell no word in a region that is masked', async () => {
    const found = await play(site, probes, { canary: word, text: 'visible', region: 'data-ll-mask' });
    assert.deepEqual(namesOf(found.filter(({ outside }) => !outside)), []);
  });

  it('tell no word in a region that is blocked', async () => {
    const found = await play(site, probes, { canary: word, text: 'visible', region: 'data-ll-block' });
    assert.deepEqual(namesOf(found.filter(({ outside }) => !outside)), []);
  });

  it('tell no text at all, where the site masks all text', async () => {
    assert.deepEqual(namesOf(await play(site, probes, { canary: word, text: 'masked' })), []);
  });

  it('tell nothing of fields, where the site shows the text around them again', async () => {
    const found = await play(site, probes, { canary: word, text: 'masked', region: 'data-ll-unmask' });
    assert.deepEqual(namesOf(found.filter(({ visible }) => !visible)), []);
  });
});
