import assert from 'node:assert/strict';
import { findSecrets } from './find-secrets.ts';

const secret = 'Canary+7f3a91b2';

describe('finding secrets in what was sent', () => {
  it('finds them as they are, encoded for an address, and inside base64 wherever they start', () => {
    const views = [
      secret,
      encodeURIComponent(secret),
      [...secret].reverse().join(''),
      ...['', 'a', 'ab', 'abc'].map((before) => Buffer.from(`${before}${secret} and more`).toString('base64')),
    ];
    for (const view of views) assert.deepEqual(findSecrets([secret], [`{"x":"${view}"}`]), [secret], view);
  });

  it('finds nothing where nothing is', () => {
    assert.deepEqual(findSecrets([secret], ['{"x":"Canary"}', Buffer.from('Canary+7f3a91').toString('base64')]), []);
  });
});
