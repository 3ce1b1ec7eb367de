import assert from 'node:assert/strict';
import { Website } from '../testing/website.ts';
import { addresses, events } from './testing/family-events.ts';
import { markup } from './testing/family-markup.ts';
import { spellings } from './testing/family-spellings.ts';
import { structure } from './testing/family-structure.ts';
import { echoes, waysIn } from './testing/family-typing.ts';
import { card, email, type Probe, word } from './testing/probe.ts';
import { namesOf, play } from './testing/stage.ts';

const families: Readonly<Record<string, readonly Probe[]>> = {
  'what comes into a field': waysIn,
  'what a page repeats of a field': echoes,
  'how a page writes what was typed': spellings,
  'where elements stand and how they move': structure,
  'what markup holds beside its text': markup,
  'what addresses hold': addresses,
  'what events hold': events,
};
const probes = Object.values(families).flat();

let site: Website;
before(async () => {
  site = await Website.start();
});
after(() => site.stop());

/** The page refuses nothing to the core: then a full address would be in the requests' own headers. */
const openReferrer = '<meta name="referrer" content="unsafe-url">';

describe('what recorders leak in families', () => {
  for (const [family, members] of Object.entries(families)) {
    it(`${family} (${members.length})`, async () => {
      const found = await play(site, members, { canary: word, text: 'visible', head: openReferrer });
      assert.deepEqual(namesOf(found.filter(({ wordsMayStay, visible }) => !wordsMayStay && !visible)), []);
    });
  }

  it(`tells no e-mail address in any of ${probes.length} places`, async () => {
    assert.deepEqual(namesOf(await play(site, probes, { canary: email, text: 'visible' })), []);
  });

  it('tells no card number', async () => {
    assert.deepEqual(namesOf(await play(site, probes, { canary: card, text: 'visible' })), []);
  });

  it('tells no word where the site masks all text', async () => {
    const found = await play(site, probes, { canary: word, text: 'masked' });
    assert.deepEqual(namesOf(found.filter(({ wordsMayStay }) => !wordsMayStay)), []);
  });

  it('tells no word in a region that is masked', async () => {
    const found = await play(site, probes, { canary: word, text: 'visible', region: 'data-ll-mask' });
    assert.deepEqual(namesOf(found.filter(({ wordsMayStay }) => !wordsMayStay)), []);
  });
});
