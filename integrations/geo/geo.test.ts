import assert from 'node:assert/strict';
import { recordingTools } from '../testing/connector-tools.ts';
import { geo } from './geo.ts';
import { readPlace } from './read-place.ts';

const connect = (env: Record<string, string>, tools = recordingTools()) => geo.connect(geo.env.parse(env), tools);

describe('the location of an address', () => {
  it('is its country, from the public data, for both kinds of address', () => {
    const locate = connect({})?.locate;
    assert.deepEqual(locate?.('8.8.8.8'), { country: 'US', region: null, city: null });
    assert.equal(locate?.('2a00:1450:4001::1')?.country.length, 2);
  });

  it('is nothing for an address of nobody, and for what is none', () => {
    const locate = connect({})?.locate;
    for (const address of ['127.0.0.1', '10.0.0.1', '::1', '', 'example.com', '8.8.8.8, 8.8.4.4'])
      assert.equal(locate?.(address), null, address);
  });

  it('is not offered where it is switched off', () => {
    assert.equal(connect({ GEO_DATA_FILE: 'off' }), null);
  });

  it('is nothing where the file cannot be read, and the log says what to do, without the address', () => {
    const tools = recordingTools();
    const locate = connect({ GEO_DATA_FILE: '/nowhere/cities.mmdb' }, tools)?.locate;
    assert.equal(locate?.('8.8.8.8'), null);
    assert.equal(locate?.('8.8.8.8'), null);
    assert.equal(tools.lines.length, 1, 'once an hour is enough');
    assert.match(tools.lines[0] ?? '', /GEO_DATA_FILE/);
    assert.ok(!tools.lines.join().includes('8.8.8.8'));
  });

  it('is read from the records of both common kinds of file', () => {
    const maxmind = { country: { iso_code: 'DE' }, subdivisions: [{ names: { en: 'Land Berlin' } }], city: { names: { en: 'Berlin' } } };
    assert.deepEqual(readPlace(maxmind), { country: 'DE', region: 'Land Berlin', city: 'Berlin' });
    assert.deepEqual(readPlace({ country_code: 'fr', state1: 'Occitanie', city: '' }), { country: 'FR', region: 'Occitanie', city: null });
    for (const odd of [null, {}, { country_code: 'ZZ' }, { country_code: '' }, 'DE', { country: {} }]) assert.equal(readPlace(odd), null);
  });
});
