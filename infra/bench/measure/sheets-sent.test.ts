import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { sheetsSent } from './sheets-sent.ts';

const batch = (sheets: object[], packed = false) => {
  const bytes = Buffer.from(JSON.stringify({ v: 1, sheets }));
  return { method: 'POST', url: `/v1/ingest?key=k${packed ? '&enc=gzip' : ''}`, bytes: packed ? gzipSync(bytes) : bytes };
};

describe('counting the stylesheets in what was sent', () => {
  it('tells a hash from a text, and a text from the same text again', () => {
    const asked = [
      batch([{ hash: 'a' }, { hash: 'b' }]),
      batch([{ hash: 'a', css: 'p{}' }], true),
      batch([{ hash: 'a', css: 'p{}' }]),
      { method: 'GET', url: '/ll.js', bytes: Buffer.alloc(0) },
    ];
    assert.deepEqual(sheetsSent(asked), { sheetsTold: 2, sheetsSent: 2, sheetsSentAgain: 1 });
  });

  it('finds none where none were sent', () => {
    assert.deepEqual(sheetsSent([{ method: 'POST', url: '/v1/ingest', bytes: Buffer.from('{"v":1}') }]), {
      sheetsTold: 0,
      sheetsSent: 0,
      sheetsSentAgain: 0,
    });
  });
});
