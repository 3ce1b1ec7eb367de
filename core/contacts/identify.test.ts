import assert from 'node:assert/strict';
import type { SentIdentity } from '#contract/events.ts';
import { findSite, makeContact, makeMember, makeOwner } from '../testing/factories.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import { Contact, type ContactDocument } from './contact.ts';
import { identifyVisitor } from './identify.ts';
import { TrackedLink } from './tracked-link.ts';
import { newVisitor, Visitor, type VisitorDocument } from './visitor.ts';

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

  const sid = 'b3b1d6b0-0000-4000-8000-000000000002';
  /** Null: nobody. `bind`: how the visitor is to be bound now, null when it is bound so already. */
  const identify = async (identity?: SentIdentity) => {
    const found = await identifyVisitor(platform, site, { vid, sid, identity });
    if (found === 'own') return 'own';
    const { before, visitor, link } = found;
    const bind = visitor.version === (before?.version ?? 0) ? null : visitor.boundBy;
    return visitor.contactId === null ? null : { contactId: visitor.contactId, bind, linkId: link?.linkId ?? null };
  };
  const known = async (identity?: SentIdentity) => {
    const found = await identify(identity);
    return found === 'own' ? null : found;
  };
  const bound = (contactId: string, boundBy: 'link' | 'identify' | 'member', fields: Partial<VisitorDocument> = {}) =>
    Visitor.create([
      { ...newVisitor(site, vid), version: 1, contactId, boundBy, boundAt: platform.clock.now(), standing: 'bound', ...fields },
    ]);

  it('is nobody as long as nothing says who', async () => {
    assert.equal(await identify(), null);
    assert.equal(await identify({}), null);
    assert.equal(await identify({ token: 'a-token-nobody-gave' }), null);
    assert.equal(await Contact.countDocuments({ workspaceId }), 2);
  });

  it('is told by the token of the contact', async () => {
    const found = await known({ token: ada.linkToken });
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
    const found = await known({ token: 'a-tracked-link-token' });
    assert.deepEqual([found?.contactId, found?.bind, found?.linkId], [bob._id, 'link', 'link_1']);
    assert.equal(await identify({ token: 'a-revoked-link-token' }), null);
  });

  it('stays known without saying so again', async () => {
    await bound(ada._id, 'link');
    const found = await known();
    assert.deepEqual([found?.contactId, found?.bind], [ada._id, null]);
    assert.equal((await known({ token: ada.linkToken }))?.bind, 'link', 'the link is noted');
  });

  it('is told by the site itself, which outweighs a link', async () => {
    await bound(ada._id, 'link');
    const found = await known({ email: 'BOB@example.com', token: ada.linkToken });
    assert.deepEqual([found?.contactId, found?.bind], [bob._id, 'identify']);
    assert.equal((await known({ externalId: 'user-2' }))?.contactId, bob._id);
  });

  it('is not changed by a forwarded link once the site said who it is', async () => {
    await bound(bob._id, 'identify');
    const found = await known({ token: ada.linkToken });
    assert.deepEqual([found?.contactId, found?.bind, found?.linkId], [bob._id, null, null]);
  });

  it('is not told by anything of another workspace', async () => {
    const stranger = await makeContact(platform, { externalId: 'user-9', email: 'eve@example.com' });
    assert.equal(await identify({ token: stranger.linkToken }), null);
    const found = await known({ email: 'eve@example.com' });
    assert.notEqual(found?.contactId, stranger._id);
    assert.equal(await Contact.countDocuments({ workspaceId }), 3);
  });

  it('makes one new contact for a person nobody knew, also when asked at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        known({ email: 'New@Example.com', externalId: 'user-3', traits: { name: 'New', company: 'Co', plan: 3 } }),
      ),
    );
    assert.equal(new Set(answers.map((found) => found?.contactId)).size, 1);
    const made = await Contact.findOne({ workspaceId, email: 'new@example.com' }).orFail().lean();
    assert.deepEqual([made.name, made.company, made.externalId], ['New', 'Co', 'user-3']);
  });

  it('goes by the address when address and id name two people', async () => {
    assert.equal((await known({ email: 'ada@example.com', externalId: 'user-2' }))?.contactId, ada._id);
    assert.equal((await known({ email: 'bob@example.com', externalId: 'user-2' }))?.contactId, bob._id);
  });

  it('stays as the site or a member said, and notes the click on a link of its own contact', async () => {
    await bound(ada._id, 'member');
    assert.equal((await known({ token: bob.linkToken }))?.contactId, ada._id);
    assert.deepEqual(await known({ token: ada.linkToken }), { contactId: ada._id, bind: 'member', linkId: null });
  });

  it('does not change hands by a link that is bound to another browser', async () => {
    await bound(ada._id, 'link');
    await Contact.updateOne({ workspaceId, _id: bob._id }, { $set: { linkVisitorId: 'vis_other', linkVisitorToken: bob.linkToken } });
    assert.equal((await known({ token: bob.linkToken }))?.contactId, ada._id);
    await Contact.updateOne({ workspaceId, _id: bob._id }, { $set: { linkVisitorToken: 'an-older-token-of-bob' } });
    assert.equal((await known({ token: bob.linkToken }))?.contactId, bob._id, 'a changed token is free');
  });

  it('is not bound by a link again after a member said that it is somebody else; identify still may', async () => {
    await bound(ada._id, 'link', { contactId: null, boundBy: null, standing: 'open', unboundFrom: [ada._id] });
    assert.equal(await identify({ token: ada.linkToken }), null);
    assert.equal((await known({ token: bob.linkToken }))?.contactId, bob._id);
    assert.equal((await known({ email: 'ada@example.com' }))?.contactId, ada._id);
  });

  describe('of the own people', () => {
    it('is nobody: a member by address, in any case, and by a link made for that address', async () => {
      const { email } = await makeMember(platform, { workspaceId });
      assert.equal(await identify({ email: email.toUpperCase() }), 'own');
      const contact = await makeContact(platform, { workspaceId, email, externalId: 'user-7' });
      assert.equal(await identify({ token: contact.linkToken }), 'own');
      assert.equal(await identify({ externalId: 'user-7' }), 'own');
    });

    it('is told by a domain too, and no contact is made for it', async () => {
      site = { ...site, exclusion: { members: true, emailDomains: ['halden.example'] } };
      assert.equal(await identify({ email: 'New@Halden.example' }), 'own');
      assert.notEqual(await identify({ email: 'new@not-halden.example' }), 'own');
      assert.equal(await Contact.exists({ workspaceId, email: 'new@halden.example' }), null);
    });

    it('counts like everybody where the site says so, and everywhere else', async () => {
      const { email } = await makeMember(platform, { workspaceId });
      site = { ...site, exclusion: { members: false, emailDomains: [] } };
      assert.notEqual(await identify({ email }), 'own');
      const { email: ofAnother } = await makeMember(platform);
      assert.notEqual(await identify({ email: ofAnother }), 'own');
    });
  });
});
