import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { startAt } from './player-messages.ts';

describe("the player's address", () => {
  it('starts at the moment that was asked for, with the token out of the query', () => {
    assert.equal(startAt('https://play.example/player#token=abc', 42.9), 'https://play.example/player?t=42#token=abc');
  });

  it('keeps the start it has, and adds none for the beginning', () => {
    assert.equal(startAt('https://play.example/player?t=7#token=abc', 42), 'https://play.example/player?t=7#token=abc');
    assert.equal(startAt('https://play.example/player#token=abc', 0), 'https://play.example/player#token=abc');
  });
});
