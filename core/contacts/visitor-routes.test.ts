import assert from 'node:assert/strict';
import { visitorList, visitor as visitorShape } from '#contract/api.ts';
import { EventBucket } from '../sessions/event-bucket.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { Session } from '../sessions/session.ts';
import { connectTo, recordAt } from '../testing/connect-to.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { findSite, makeContact, makeMember, makeOwner } from '../testing/factories.ts';
import { type FakeCrm, fakeCrm } from '../testing/fake-connectors.ts';
import { type Browser, newBrowser, sentChunk } from '../testing/sent-batch.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { type SiteVisits, visitSite } from '../testing/visit-site.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { Site } from '../workspaces/site.ts';
import { Contact, type ContactDocument } from './contact.ts';

describe("a contact's browsers", () => {
  let platform: TestPlatform;
  let app: TestApp;
  let crm: FakeCrm;
  let owner: MemberDocument;
  let workspaceId: string;
  let ada: ContactDocument;
  let visits: SiteVisits;
  let first: Browser;
  let second: Browser;

  beforeEach(async () => {
    crm = fakeCrm();
    platform = await testPlatform({ connectors: [crm.connector] });
    app = await testApp(platform);
    owner = await makeOwner(platform);
    workspaceId = owner.workspaceId;
    const atCrm = await connectTo(platform, crm, { workspaceId });
    ada = await makeContact(platform, { workspaceId, crm: [recordAt(atCrm, 'r1')] });
    visits = visitSite(platform, app, await findSite(workspaceId));
    [first, second] = [newBrowser(), newBrowser()];
    await open(first);
    await open(second);
  });
  afterEach(() => app.close());

  async function open(browser: Browser): Promise<void> {
    await visits.send(browser, { identity: { token: ada.linkToken }, chunks: [sentChunk(platform, 0)] });
    await visits.settle();
  }
  const list = async () => visitorList.parse((await app.callAs(owner, `/v1/contacts/${ada._id}/visitors`)).json).items;
  const forwarded = async () => (await list()).find(({ possiblyForwarded }) => possiblyForwarded);
  const bound = async () => (await list()).find(({ possiblyForwarded }) => !possiblyForwarded);
  const post = (id: string | undefined, deed: string, member = owner) =>
    app.callAs(member, `/v1/visitors/${id}/${deed}`, { method: 'POST' });
  const score = async () => (await Contact.findOne({ workspaceId, _id: ada._id }).orFail().lean()).intent.value;
  const sessions = () => Session.find({ workspaceId }).sort({ startedAt: 1 }).lean();

  it('are listed with what they are and what the binding rests on; a scanner is none', async () => {
    await visits.send(newBrowser(), { identity: { token: ada.linkToken }, evidence: null });
    await visits.settle();
    const found = await list();
    assert.deepEqual(
      found.map(({ boundBy, possiblyForwarded, browser, os, device, sessions: count }) => [
        boundBy,
        possiblyForwarded,
        browser,
        os,
        device,
        count,
      ]),
      [
        ['link', true, 'Firefox', 'Linux', 'desktop', 1],
        ['link', false, 'Firefox', 'Linux', 'desktop', 1],
      ],
    );
  });

  it('count once a member confirms them, again and again the same', async () => {
    const before = await score();
    const { id } = (await forwarded()) ?? {};
    const answer = visitorShape.parse((await post(id, 'confirm')).json);
    assert.deepEqual([answer.id, answer.boundBy, answer.possiblyForwarded], [id, 'member', false]);
    await visits.settle();
    assert.ok((await sessions()).every(({ heldFor }) => heldFor === null));
    const after = await score();
    assert.ok(after > before);
    assert.deepEqual(visitorShape.parse((await post(id, 'confirm')).json), answer);
    await visits.settle();
    assert.equal(await score(), after);
    const [, entry] = (await dumpDatabase(platform)).accessLog ?? [];
    assert.deepEqual([JSON.parse(entry ?? '{}').action, JSON.parse(entry ?? '{}').subject], ['visitor.confirmed', id]);
  });

  it('leave the contact when a member says so, with all that was kept of their visits, and the CRM is told', async () => {
    assert.ok((crm.states.get('r1')?.score ?? 0) > 0);
    const { id } = (await bound()) ?? {};
    assert.equal((await post(id, 'unbind')).status, 204);
    await visits.settle();
    const left = await sessions();
    assert.deepEqual(
      left.map(({ heldFor, contactId }) => [heldFor, contactId]),
      [['forwarded', ada._id]],
    );
    const ids = [left[0]?._id];
    assert.deepEqual(
      [await EventBucket.distinct('sessionId', { workspaceId }), await RecordingChunk.distinct('sessionId', { workspaceId })],
      [ids, ids],
    );
    const contact = await Contact.findOne({ workspaceId, _id: ada._id }).orFail().lean();
    assert.deepEqual([contact.intent.value, contact.insight, contact.lastSeenAt, contact.sessions30d], [0, null, null, 0]);
    assert.equal(crm.states.get('r1')?.score, 0);
    assert.equal((await visits.send(first)).known, false);
    assert.equal((await visits.send(first, { identity: { token: ada.linkToken } })).known, false, 'no link binds it again');
    assert.equal((await post(id, 'unbind')).status, 204);
  });

  it('leave their visits to nobody where anonymous visitors are recorded, and bring them along when identify names the contact', async () => {
    await Site.updateOne({ workspaceId }, { $set: { 'config.modes.anonymousVisitors': true } });
    await post((await bound())?.id, 'unbind');
    await visits.settle();
    assert.deepEqual((await sessions()).map(({ mode }) => mode).toSorted(), ['anonymous', 'contact']);
    assert.equal(await score(), 0);
    await visits.send(first, { identity: { email: ada.email ?? '' } });
    await visits.settle();
    assert.ok((await score()) > 0);
    assert.ok((await sessions()).every(({ contactId }) => contactId === ada._id));
  });

  it('give the link back: who opens it next is its first browser', async () => {
    await post((await bound())?.id, 'unbind');
    await visits.settle();
    await open({ ...newBrowser(), vid: second.vid });
    assert.deepEqual(
      (await list()).map(({ possiblyForwarded }) => possiblyForwarded),
      [false],
    );
    assert.ok((await score()) > 0);
  });

  it('do not come back by a batch that was on its way', async () => {
    const { id } = (await bound()) ?? {};
    await Promise.all([visits.send(first), post(id, 'unbind'), visits.send(first)]);
    await visits.settle();
    await visits.settle();
    assert.deepEqual(
      (await sessions()).map(({ heldFor }) => heldFor),
      ['forwarded'],
    );
    assert.equal(await score(), 0);
  });

  it('need a login, a role that may write links, and a contact of the own workspace', async () => {
    const { id } = (await bound()) ?? {};
    const path = `/v1/contacts/${ada._id}/visitors`;
    const stranger = await makeOwner(platform);
    const viewer = await makeMember(platform, { workspaceId, role: 'viewer' });
    assert.deepEqual([(await app.call(path)).status, (await app.callAs(stranger, path)).status], [401, 404]);
    for (const deed of ['confirm', 'unbind']) {
      assert.equal((await app.call(`/v1/visitors/${id}/${deed}`, { method: 'POST' })).status, 401);
      assert.deepEqual([(await post(id, deed, viewer)).status, (await post(id, deed, stranger)).status], [403, 404]);
      assert.equal((await post('vis_nobody', deed)).status, 404);
    }
  });
});
