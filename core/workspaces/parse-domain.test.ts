import assert from 'node:assert/strict';
import { parseDomain } from './parse-domain.ts';

describe('the address of a website, as a person types it', () => {
  const good: readonly (readonly [string, readonly string[]])[] = [
    ['www.acme.example', ['https://www.acme.example', 'https://acme.example']],
    ['acme.example', ['https://acme.example', 'https://www.acme.example']],
    ['  Acme.Example  ', ['https://acme.example', 'https://www.acme.example']],
    ['https://www.acme.example/pricing?a=1#b', ['https://www.acme.example', 'https://acme.example']],
    ['HTTPS://ACME.example', ['https://acme.example', 'https://www.acme.example']],
    ['http://acme.example', ['http://acme.example', 'http://www.acme.example']],
    ['acme.example:8443', ['https://acme.example:8443', 'https://www.acme.example:8443']],
    ['https://user:secret@acme.example', ['https://acme.example', 'https://www.acme.example']],
    ['münchen.example', ['https://xn--mnchen-3ya.example', 'https://www.xn--mnchen-3ya.example']],
    ['localhost:4001', ['http://localhost:4001']],
    ['http://127.0.0.1:4001/', ['http://127.0.0.1:4001']],
    ['http://demo.localhost:4001', ['http://demo.localhost:4001']],
  ];
  for (const [typed, origins] of good) it(`understands ${typed}`, () => assert.deepEqual(parseDomain(typed), origins));

  for (const typed of ['acme', 'not a domain', 'https://', '://', 'javascript:alert(1)', 'acme.example:99999', '<script>', 'http://[']) {
    it(`refuses ${typed}, and says what to give`, () => {
      assert.throws(() => parseDomain(typed), { kind: 'invalid', code: 'domain-invalid', message: /for example www\.example\.com/ });
    });
  }
});
