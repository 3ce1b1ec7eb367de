import assert from 'node:assert/strict';
import { weigh, weighAll } from './weigh.ts';

describe('weighing files', () => {
  it('packs each file by itself, as it is served', () => {
    const text = Buffer.from('a lamp for the desk, a lamp for the room. '.repeat(50));
    const one = weigh(text);
    assert.equal(one.bytes, text.length);
    assert.ok(one.brotliBytes < one.gzipBytes && one.gzipBytes < one.bytes);
    assert.deepEqual(weighAll([text, text]), {
      files: 2,
      bytes: 2 * one.bytes,
      gzipBytes: 2 * one.gzipBytes,
      brotliBytes: 2 * one.brotliBytes,
    });
    assert.deepEqual(weighAll([]), { files: 0, bytes: 0, gzipBytes: 0, brotliBytes: 0 });
  });
});
