import assert from 'node:assert/strict';
import { bytesSent } from './tool.ts';

describe('counting what a browser sent', () => {
  it('counts bodies as they came, and no request without one', () => {
    const asked = [
      { method: 'GET', url: '/ll.js', bytes: Buffer.alloc(0) },
      { method: 'OPTIONS', url: '/collect', bytes: Buffer.alloc(0) },
      { method: 'POST', url: '/collect', bytes: Buffer.alloc(40) },
      { method: 'POST', url: '/collect', bytes: Buffer.alloc(2) },
    ];
    assert.deepEqual(bytesSent(asked), { bytes: 42, requests: 2 });
  });
});
