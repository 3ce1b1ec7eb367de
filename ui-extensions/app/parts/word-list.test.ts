import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { asList, wordsOfList } from './word-list.ts';

describe('a list of words', () => {
  it('counts what is typed and not added yet', () => {
    assert.deepEqual(wordsOfList({ words: ['ref'], typed: ' plan, size ;ref ' }), ['ref', 'plan', 'size']);
  });

  it('stays as it is when nothing is typed', () => {
    assert.deepEqual(wordsOfList(asList(['a', 'b'])), ['a', 'b']);
  });
});
