import assert from 'node:assert/strict';
import { findPlace, keepsPlace, placeKept } from './place.ts';

const berlin = { country: 'DE', region: 'Land Berlin', city: 'Berlin' };

describe('the place of a visit', () => {
  it('is not even looked for until somebody switches it on', () => {
    assert.equal(keepsPlace({}), false);
    assert.equal(keepsPlace({ location: { contacts: 'off', anonymous: 'country' } }), true);
    assert.deepEqual(placeKept({}, 'contact', berlin), {});
  });

  it('is kept as far as the switch for such visits says', () => {
    const site = { location: { contacts: 'city', anonymous: 'country' } } as const;
    assert.deepEqual(placeKept(site, 'contact', berlin), { place: berlin });
    assert.deepEqual(placeKept(site, 'anonymous', berlin), { place: { country: 'DE', region: null, city: null } });
    assert.deepEqual(placeKept(site, 'analytics', berlin), { place: { country: 'DE', region: null, city: null } });
    assert.deepEqual(placeKept(site, 'contact', null), {});
    assert.deepEqual(placeKept({ location: { contacts: 'off', anonymous: 'city' } }, 'contact', berlin), {});
  });

  it('is what the first connector that knows says', () => {
    const connectors = new Map([
      ['crm', { id: 'crm', title: 'CRM' }],
      ['none', { id: 'none', title: 'None', locate: () => null }],
      ['geo', { id: 'geo', title: 'Geo', locate: (address: string) => (address === '192.0.2.1' ? berlin : null) }],
    ]);
    assert.deepEqual(findPlace({ connectors }, '192.0.2.1'), berlin);
    assert.equal(findPlace({ connectors }, '192.0.2.2'), null);
    assert.equal(findPlace({ connectors: new Map() }, '192.0.2.1'), null);
  });
});
