import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pathToReturnTo, webAddress } from './safe-address.ts';

describe('addresses given from outside', () => {
  it('returns to a path of this app, with its query', () => {
    assert.equal(pathToReturnTo('/r/s1?t=40'), '/r/s1?t=40');
    assert.equal(pathToReturnTo('/contacts#a'), '/contacts#a');
  });

  it('never returns to another site', () => {
    for (const given of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
      '/a\\..\\b',
      '/..//evil.example',
      '',
      undefined,
    ]) {
      assert.equal(pathToReturnTo(given), '/', String(given));
    }
  });

  it('does not return to the sign-in page itself', () => {
    assert.equal(pathToReturnTo('/sign-in?return=/contacts'), '/');
    assert.equal(pathToReturnTo('/welcome'), '/');
  });

  it('links to the web only', () => {
    assert.equal(webAddress('https://app.example/contact/1'), 'https://app.example/contact/1');
    assert.equal(webAddress('javascript:alert(1)'), undefined);
    assert.equal(webAddress('data:text/html,x'), undefined);
    assert.equal(webAddress('contact/1'), undefined);
  });
});
