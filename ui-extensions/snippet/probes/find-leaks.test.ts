import assert from 'node:assert/strict';
import { findLeaks } from './testing/find-leaks.ts';

const secret = 'ada@leak.example';
const search = (text: string | Buffer) => findLeaks([{ name: 'request 3', bytes: Buffer.from(text) }], [secret]).get(secret);
const found = (text: string | Buffer) => search(text) !== undefined;
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the search for leaks', () => {
  for (const [how, text] of [
    ['as it is', `x ${secret} y`],
    ['in capitals', secret.toUpperCase()],
    ['in percent signs', 'ada%40leak%2Eexample'],
    ['in percent signs twice', 'ada%2540leak.example'],
    ['in base64', base64(secret)],
    ['in base64 in the middle of a word', `token${base64(`x${secret}`)}`],
    ['in base64 twice', base64(base64(secret))],
    ['in escapes', JSON.stringify({ a: 'ada\\u0040leak.example' })],
    ['in entities', 'ada&#64;leak&#x2e;example'],
    ['backwards', [...secret].reverse().join('')],
    ['in wide letters', [...secret].map((each) => String.fromCodePoint(each.charCodeAt(0) + 0xfee0)).join('')],
    ['letter by letter', JSON.stringify([...secret].map((textContent, id) => ({ textContent, id })))],
    ['with what nobody sees inside', [...secret].join('\u200b')],
  ] as const)
    it(`finds a secret ${how}`, () => assert.ok(found(text)));

  it('finds a secret in UTF-16, wherever it begins', () => {
    assert.ok(found(Buffer.from(secret, 'utf16le')));
    assert.ok(found(Buffer.concat([Buffer.from('{'), Buffer.from(secret, 'utf16le')])));
  });

  it('says where it was found', () =>
    assert.equal(search(`x ${secret} y`), `"${secret}" in request 3, as it is, at 2 of 20: "x ${secret} y"`));

  it('finds nothing where nothing is', () => assert.ok(!found('{"textContent":"ada leaks nothing","id":7}')));
});
