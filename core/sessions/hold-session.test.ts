import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { makeContact, makeSession } from '../testing/factories.ts';
import { testPlatform } from '../testing/test-platform.ts';
import { heldForExpression, heldForOf, heldReasons } from './hold-session.ts';
import { Session } from './session.ts';

const words = [null, 'dwell', 'pointer', 'scroll', 'key', 'touch'];
const standings = ['open', 'forwarded', 'bound'] as const;

describe('whether a visit counts', () => {
  it('depends on a person, and on whose browser it is', () => {
    const seen = { evidence: 'pointer', automated: false, contactId: 'con_1', standing: 'bound' } as const;
    assert.equal(heldForOf(seen), null);
    assert.equal(heldForOf({ ...seen, automated: true }), null, 'a person moves what a program drives');
    assert.equal(heldForOf({ ...seen, evidence: 'dwell' }), null);
    assert.equal(heldForOf({ ...seen, evidence: 'dwell', automated: true }), 'automated');
    assert.equal(heldForOf({ ...seen, evidence: null }), 'no-person');
    assert.equal(heldForOf({ ...seen, standing: 'forwarded' }), 'forwarded');
    assert.equal(heldForOf({ ...seen, standing: 'forwarded', evidence: null }), 'no-person');
    assert.equal(heldForOf({ ...seen, standing: 'open' }), 'no-person');
    assert.equal(heldForOf({ ...seen, standing: 'open', contactId: null }), null);
  });

  it('is the same for the database and for us, whatever the row says', async () => {
    const platform = await testPlatform();
    const { workspaceId, _id } = await makeContact(platform);
    for (const evidence of words) {
      for (const automated of [true, false])
        for (const standing of standings)
          for (const contactId of [null, _id]) {
            const made = await makeSession(platform, { _id: `ses_${randomUUID()}`, workspaceId, contactId, evidence, automated, standing });
            await Session.updateOne({ workspaceId, _id: made._id }, [{ $set: { heldFor: heldForExpression } }], { updatePipeline: true });
            const { heldFor } = await Session.findOne({ workspaceId, _id: made._id }).orFail().lean();
            assert.equal(heldFor, heldForOf(made), JSON.stringify({ evidence, automated, standing, contactId }));
            assert.ok(heldFor === null || heldReasons.includes(heldFor));
          }
    }
  });
});
