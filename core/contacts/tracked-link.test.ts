import assert from 'node:assert/strict';
import { linkAddress } from './tracked-link.ts';

const token = 'T0ken_of-Ada';

describe('the address of a tracked link', () => {
  const table: readonly (readonly [string, string])[] = [
    ['https://acme.example', 'https://acme.example?ll=T0ken_of-Ada'],
    ['https://acme.example/pricing', 'https://acme.example/pricing?ll=T0ken_of-Ada'],
    ['https://acme.example/?', 'https://acme.example/?ll=T0ken_of-Ada'],
    ['https://acme.example/?a=1', 'https://acme.example/?a=1&ll=T0ken_of-Ada'],
    ['https://acme.example/?a=1&', 'https://acme.example/?a=1&ll=T0ken_of-Ada'],
    ['https://acme.example/?a=1?b', 'https://acme.example/?a=1?b&ll=T0ken_of-Ada'],
    ['https://acme.example/#plans', 'https://acme.example/?ll=T0ken_of-Ada#plans'],
    ['https://acme.example/?a=1#plans', 'https://acme.example/?a=1&ll=T0ken_of-Ada#plans'],
    ['https://acme.example/#/route?tab=2', 'https://acme.example/?ll=T0ken_of-Ada#/route?tab=2'],
    ['https://acme.example/#one#two', 'https://acme.example/?ll=T0ken_of-Ada#one#two'],
    ['https://acme.example/?who={{ contact.id }}', 'https://acme.example/?who={{ contact.id }}&ll=T0ken_of-Ada'],
    ['https://acme.example/{{page}}?x=%20', 'https://acme.example/{{page}}?x=%20&ll=T0ken_of-Ada'],
    ['https://acme.example/?all=1&well=2&LL=3', 'https://acme.example/?all=1&well=2&LL=3&ll=T0ken_of-Ada'],
  ];
  for (const [url, address] of table) it(`keeps everything that was in ${url}`, () => assert.equal(linkAddress(url, token), address));

  it('names one person alone, also when it was copied from a link to another', () => {
    for (const url of [
      'https://acme.example/?ll=token-of-somebody-else',
      'https://acme.example/?a=1&ll=token-of-somebody-else&b=2#plans',
      'https://acme.example/?ll=one&ll=two&ll',
      linkAddress('https://acme.example/', 'token-of-somebody-else'),
    ]) {
      assert.deepEqual(new URL(linkAddress(url, token)).searchParams.getAll('ll'), [token], url);
    }
    assert.equal(linkAddress('https://acme.example/?a=1&ll=x&b=2#c', token), `https://acme.example/?a=1&b=2&ll=${token}#c`);
  });
});
