import assert from 'node:assert/strict';
import { callerAddress, isNetwork } from './caller-address.ts';

const list = ['10.0.0.0/8', '2001:db8:1::/48', '192.0.2.7'];

describe('whose request it is', () => {
  const cases: readonly (readonly [string, string, string, number | readonly string[], string])[] = [
    ['nobody is believed', '203.0.113.9', '6.6.6.6', 0, '203.0.113.9'],
    ['no proxy is listed', '203.0.113.9', '6.6.6.6', [], '203.0.113.9'],
    ['a stranger forges the header', '203.0.113.9', '10.0.0.1, 6.6.6.6', list, '203.0.113.9'],
    ['our proxy appended', '10.1.2.3', '6.6.6.6, 203.0.113.9', list, '203.0.113.9'],
    ['two of our proxies appended', '10.1.2.3', '6.6.6.6, 203.0.113.9, 192.0.2.7', list, '203.0.113.9'],
    ['a caller claims to be one of our proxies', '10.1.2.3', '6.6.6.6, 10.9.9.9, 203.0.113.9', list, '203.0.113.9'],
    ['every hop is ours', '10.1.2.3', '10.0.0.9', list, '10.0.0.9'],
    ['the header is nonsense', '10.1.2.3', 'unknown, <script>', list, '10.1.2.3'],
    ['our proxy writes ports', '10.1.2.3', '203.0.113.9:51000', list, '203.0.113.9'],
    ['IPv6 with brackets', '2001:db8:1::2', '[2001:db8:9::7]:443', list, '2001:db8:9::7'],
    ['IPv4 written as IPv6', '::ffff:10.1.2.3', '::ffff:203.0.113.9', list, '203.0.113.9'],
    ['one proxy is counted', '10.1.2.3', '6.6.6.6, 203.0.113.9', 1, '203.0.113.9'],
    ['two are counted, and one wrote', '10.1.2.3', '203.0.113.9', 2, '10.1.2.3'],
    ['one is counted, and a stranger came around it', '203.0.113.9', '6.6.6.6', 1, '203.0.113.9'],
    ['the header is endless', '10.1.2.3', '6.6.6.6,'.repeat(100_000), list, '10.1.2.3'],
  ];
  for (const [when, peer, header, trusted, caller] of cases) {
    it(`is told rightly when ${when}`, () => assert.equal(callerAddress(peer, header, trusted), caller));
  }

  it('is asked only of what is a network', () => {
    for (const good of ['10.0.0.0/8', '192.0.2.7', '::1', '2001:db8::/32']) assert.ok(isNetwork(good), good);
    for (const bad of ['10.0.0.0/33', '10.0.0/8', 'proxy.example', '::1/129', '10.0.0.0/8/8', '', '1.2.3.4/x'])
      assert.ok(!isNetwork(bad), bad);
  });
});
