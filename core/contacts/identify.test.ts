import assert from 'node:assert/strict';
import type { SentIdentity } from '#contract/events.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import { Contact, type ContactDocument } from './contact.ts';
import { identifyVisitor } from './identify.ts';
import { TrackedLink } from './tracked-link.ts';
import { Visitor, visitorIdOf } from './visitor.ts';

const vid = 'b3b1d6b0-0000-4000-8000-000000000001';

describe('who a browser belongs to', () => {
  let platform: TestPlatform;
  let site: SiteDocument;
  let workspaceId: string;
  let ada: ContactDocument;
  let bob: ContactDocument;

  beforeEach(async () => {
    platform = await testPlatform();
    ({ workspaceId } = await makeOwner(platform));
    site = await findSite(workspaceId);
    ada = await makeContact(platform, { workspaceId, email: 'ada@example.com' });
    bob = await makeContact(platform, { workspaceId, email: 'bob@example.com', externalId: 'user-2' });
  });

  const identify = (identity?: SentIdentity) => identifyVisitor(platform, site, { vid, identity });
  const bound = (contactId: string, boundBy: 'link' | 'identify') =>
    Visitor.create([
      { _id: visitorIdOf(site, vid), workspaceId, siteId: site._id, vid, contactId, boundBy, boundAt: platform.clock.now() },
    ]);

  it('is nobody as long as nothing says who', async () => {
    assert.equal(await identify(), null);
    assert.equal(await identify({}), null);
    assert.equal(await identify({ token: 'a-token-nobody-gave' }), null);
    assert.equal(await Contact.countDocuments({ workspaceId }), 2);
  });

  it('is told by the token of the contact', async () => {
    const found = await identify({ token: ada.linkToken });
    assert.deepEqual([found?.contactId, found?.bind, found?.linkId], [ada._id, 'link', null]);
  });

  it('is told by a tracked link, as long as it is not revoked', async () => {
    const link = {
      workspaceId,
      contactId: bob._id,
      url: 'https://x.example',
      createdAt: platform.clock.now(),
      createdBy: 'mem_1',
      sessionIds: [],
    };
    await TrackedLink.create([{ ...link, _id: 'link_1', token: 'a-tracked-link-token' }]);
    await TrackedLink.create([{ ...link, _id: 'link_2', token: 'a-revoked-link-token', revokedAt: platform.clock.now() }]);
    const found = await identify({ token: 'a-tracked-link-token' });
    assert.deepEqual([found?.contactId, found?.bind, found?.linkId], [bob._id, 'link', 'link_1']);
    assert.equal(await identify({ token: 'a-revoked-link-token' }), null);
  });

  it('stays known without saying so again', async () => {
    await bound(ada._id, 'link');
    const found = await identify();
    assert.deepEqual([found?.contactId, found?.bind], [ada._id, null]);
    assert.equal((await identify({ token: ada.linkToken }))?.bind, null);
  });

  it('is told by the site itself, which outweighs a link', async () => {
    await bound(ada._id, 'link');
    const found = await identify({ email: 'BOB@example.com', token: ada.linkToken });
    assert.deepEqual([found?.contactId, found?.bind], [bob._id, 'identify']);
    assert.equal((await identify({ externalId: 'user-2' }))?.contactId, bob._id);
  });

  it('is not changed by a forwarded link once the site said who it is', async () => {
    await bound(bob._id, 'identify');
    const found = await identify({ token: ada.linkToken });
    assert.deepEqual([found?.contactId, found?.bind, found?.linkId], [bob._id, null, null]);
  });

  it('is not told by anything of another workspace', async () => {
    const stranger = await makeContact(platform, { externalId: 'user-9', email: 'eve@example.com' });
    assert.equal(await identify({ token: stranger.linkToken }), null);
    const found = await identify({ email: 'eve@example.com' });
    assert.notEqual(found?.contactId, stranger._id);
    assert.equal(await Contact.countDocuments({ workspaceId }), 3);
  });

  it('makes one new contact for a person nobody knew, also when asked at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        identify({ email: 'New@Example.com', externalId: 'user-3', traits: { name: 'New', company: 'Co', plan: 3 } }),
      ),
    );
    assert.equal(new Set(answers.map((found) => found?.contactId)).size, 1);
    const made = await Contact.findOne({ workspaceId, email: 'new@example.com' }).orFail().lean();
    assert.deepEqual([made.name, made.company, made.externalId], ['New', 'Co', 'user-3']);
  });

  it('goes by the address when address and id name two people', async () => {
    assert.equal((await identify({ email: 'ada@example.com', externalId: 'user-2' }))?.contactId, ada._id);
    assert.equal((await identify({ email: 'bob@example.com', externalId: 'user-2' }))?.contactId, bob._id);
  });
});
