import assert from 'node:assert/strict';
import { networkTrouble } from './network-trouble.ts';
import { withoutSecrets } from './without-secrets.ts';

describe('withoutSecrets', () => {
  it('takes every secret out, wherever it stands', () => {
    assert.equal(withoutSecrets('token abc of app xyz: abc', ['abc', 'xyz', null]), 'token [secret] of app [secret]: [secret]');
  });

  it('leaves a text alone when there is no secret', () => assert.equal(withoutSecrets('as it was', [null, undefined, '']), 'as it was'));
});

describe('networkTrouble', () => {
  it('finds the code of the system below the words of fetch', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    assert.equal(networkTrouble(new TypeError('fetch failed', { cause })), 'ECONNREFUSED');
  });

  it('recognises a deadline', () => assert.equal(networkTrouble(new DOMException('too late', 'TimeoutError')), 'timeout'));

  it('passes nothing on but a code', () => {
    assert.equal(networkTrouble(new TypeError('Headers.append: "Bearer s3cret" is an invalid header value.')), 'no-answer');
  });
});
