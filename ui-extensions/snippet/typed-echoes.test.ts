import assert from 'node:assert/strict';
import { hideEchoes, rememberEarlier } from './typed-echoes.ts';

/** A field as far as it is looked at where what was typed earlier is handed over. */
const field = Object.create(null);
field.localName = 'textarea';

describe('what a page repeats of what was typed', () => {
  before(() =>
    rememberEarlier([
      [field, 'information desk'],
      [field, '4571 2290 8813'],
      [field, 'Żółć-Straße'],
    ]),
  );

  for (const [text, clean] of [
    ['Hello information desk!', 'Hello •••!'],
    ['Hello INFORMATION  DESK!', 'Hello •••!'],
    ['Hello informat', 'Hello •••'],
    ['Hello info', 'Hello •••'],
    ['informal', '•••l'],
    ['infos', 'infos'],
    ['inf', 'inf'],
    ['457122908813', '•••'],
    ['4571-2290-8813', '•••'],
    ['4\u200b5\u200b7\u200b1\u200b2\u200b2', '•••'],
    ['of żółć-straße 5', 'of ••• 5'],
  ] as const)
    it(`makes "${clean}" of "${text}"`, () => assert.equal(hideEchoes(text), clean));

  it('stays quick on hostile text', () => {
    rememberEarlier([
      [field, 'a'.repeat(5_000)],
      [field, `${'a'.repeat(4_000)}b`],
    ]);
    hideEchoes('aaa '.repeat(50_000));
    assert.equal(hideEchoes('a'.repeat(100_000)).includes('a'), false);
  });
});
