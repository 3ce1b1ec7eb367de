import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { leak } from '#contract/api.ts';
import { adviceFor, adviceOn, leakKinds } from './leak-words.ts';

describe('the advice on what pages leak', () => {
  it('has words for every kind, wherever it was found', () => {
    for (const kind of leak.shape.kind.options) {
      assert.ok(leakKinds[kind].what.endsWith('.'), kind);
      for (const where of leak.shape.where.options) assert.ok(adviceFor({ kind, where }).length > 20, `${kind} ${where}`);
    }
  });

  it('says to mask what a page shows, and to move what an address holds', () => {
    assert.match(adviceFor({ kind: 'email', where: 'recording' }), /data-ll-mask/);
    assert.match(adviceFor({ kind: 'token', where: 'address' }), /Move it out of the address/);
  });

  it('does not blame a page for what the snippet must never send', () => {
    assert.doesNotMatch(adviceFor({ kind: 'field', where: 'recording' }), /data-ll-mask/);
  });

  it('tells each thing once', () => {
    const found = adviceOn([
      { kind: 'email', where: 'recording' },
      { kind: 'iban', where: 'recording' },
      { kind: 'email', where: 'recording' },
      { kind: 'email', where: 'event' },
    ]);
    assert.deepEqual(
      found.map(({ kind, advice }) => [kind, advice.length]),
      [
        ['email', 2],
        ['iban', 1],
      ],
    );
  });
});
