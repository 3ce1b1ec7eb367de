import assert from 'node:assert/strict';
import { failureOf } from './failure.ts';

const now = new Date('2026-11-03T14:00:00Z');

function failure(status: number, body: unknown, headers: Record<string, string> = {}) {
  return failureOf({ status, headers: new Headers(headers), body }, now, ['CN-secret']);
}

describe("HubSpot's refusals", () => {
  it('wait ten seconds when the account was called too often', () => {
    const { kind, retryAfterMs } = failure(429, { errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' });
    assert.deepEqual([kind, retryAfterMs], ['vendorBusy', 10_000]);
  });

  it('wait as long as HubSpot says, where it says so', () => {
    assert.equal(failure(429, { policyName: 'TEN_SECONDLY_ROLLING' }, { 'retry-after': '3' }).retryAfterMs, 3000);
  });

  it('wait one second at the limit of a second', () => assert.equal(failure(429, { policyName: 'SECONDLY' }).retryAfterMs, 1000));

  it("wait until midnight UTC once the day's calls are used up", () => {
    const { code, retryAfterMs } = failure(429, { policyName: 'DAILY' });
    assert.deepEqual([code, retryAfterMs], ['hubspot-daily-limit', 10 * 3_600_000]);
  });

  it('wait at least two seconds for a locked record', () => {
    assert.equal(failure(423, {}, { 'retry-after': '1' }).retryAfterMs, 2000);
    assert.equal(failure(423, {}, { 'retry-after': '5' }).retryAfterMs, 5000);
  });

  it('wait for an account that is being moved', () => {
    assert.equal(failure(477, {}, { 'retry-after': '86400' }).retryAfterMs, 86_400_000);
    assert.equal(failure(477, {}).retryAfterMs, 3_600_000);
  });

  for (const status of [408, 500, 502, 503, 504, 521, 526]) {
    it(`try again later after ${status}`, () => assert.equal(failure(status, '<html>bad gateway</html>').kind, 'vendorBusy'));
  }

  it('tell an expired token from a lost grant by the code', () => {
    assert.equal(failure(401, { category: 'EXPIRED_AUTHENTICATION' }).code, 'hubspot-token-expired');
    const lost = failure(401, null);
    assert.deepEqual([lost.kind, lost.code], ['grantLost', 'hubspot-grant-lost']);
  });

  it('name the permission that is missing', () => {
    const context = { requiredGranularScopes: ['crm.objects.contacts.write'] };
    const { kind, message } = failure(403, { category: 'MISSING_SCOPES', message: 'not granted', errors: [{ message: 'x', context }] });
    assert.equal(kind, 'vendorRefused');
    assert.match(message, /crm\.objects\.contacts\.write/);
  });

  it("use HubSpot's words where no permission is named", () => {
    assert.match(failure(403, { message: 'This feature needs a paid seat' }).message, /“This feature needs a paid seat”/);
  });

  it('say in plain words that a property is gone', () => {
    const { code, message } = failure(400, { message: 'Property values were not valid: [{"error":"PROPERTY_DOESNT_EXIST"}]' });
    assert.equal(code, 'hubspot-property-unusable');
    assert.match(message, /missing or changed/);
  });

  it('see a missing property in the details too', () => {
    assert.equal(failure(400, { message: 'no', errors: [{ message: 'PROPERTY_DOESNT_EXIST' }] }).code, 'hubspot-property-unusable');
  });

  it('never repeat a token that HubSpot echoes, and never grow long', () => {
    const { message } = failure(400, { message: `token CN-secret ${'x'.repeat(5000)}` });
    assert.ok(!message.includes('CN-secret'));
    assert.ok(message.length < 400);
  });

  it('can be read whatever shape the body has', () => {
    for (const body of [null, '', 'text', [], 7, { message: 7, errors: 'no', context: [] }]) {
      assert.equal(failure(400, body).kind, 'vendorRefused');
    }
  });
});
