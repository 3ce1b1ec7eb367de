import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { eventProps } from '#contract/events.ts';
import { deadLetterDetail, deadLetterList, deadLetterReplayed, eventList } from '#contract/rest.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { makeKey } from '../testing/make-key.ts';
import { newBrowser, pageView } from '../testing/sent-batch.ts';
import { type Answer, type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { visitSite } from '../testing/visit-site.ts';
import { DeadLetter } from './dead-letter.ts';
import { deadContent, mostKept } from './dead-letter-content.ts';

describe('an event that was set aside', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let workspaceId: string;
  let secret: string;

  beforeEach(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    ({ workspaceId } = await makeOwner(platform));
    secret = await makeKey(platform, { workspaceId });
  });
  afterEach(() => app.close());

  const codeOf = ({ text }: Answer) => /"code":"([\w-]+)"/.exec(text)?.[1];
  const letters = async (query = '') => deadLetterList.parse((await app.callWith(secret, `/v1/dead-letters${query}`)).json).items;
  const replay = (id: string) => app.callWith(secret, `/v1/dead-letters/${id}/replay`, { method: 'POST' });

  async function send(...events: unknown[]) {
    const { linkToken: token } = await makeContact(platform, { workspaceId });
    const site = visitSite(platform, app, await findSite(workspaceId));
    const answer = await site.send(newBrowser(), { identity: { token }, events });
    await site.settle();
    return answer;
  }

  it('is listed with its reason and read without what identifies a person; the sender is told the reason alone', async () => {
    const eid = randomUUID();
    const bad = {
      ...pageView(platform),
      eid,
      type: 'pageview',
      props: { note: 'write to ada@example.com', 'ada@example.com': 4111111111111111 },
    };
    const { refused } = await send(pageView(platform), bad);
    assert.deepEqual(refused.map(Object.keys), [['eid', 'reason']]);
    const [letter, ...others] = await letters();
    assert.ok(letter);
    assert.deepEqual([others.length, letter.eid, letter.replayable, letter.replayedAt], [0, eid, true, null]);
    assert.match(letter.reason, /"pageview" is not in the catalogue/);
    const { event } = deadLetterDetail.parse((await app.callWith(secret, `/v1/dead-letters/${letter.id}`)).json);
    assert.match(JSON.stringify(event), new RegExp(eid));
    assert.doesNotMatch(JSON.stringify(event), /ada@|4111111111111111/);
    assert.equal((await letters('?reason=catalogue')).length, 1);
    assert.deepEqual([await letters('?reason=.*'), await letters('?site=other'), await letters('?replayed=yes')], [[], [], []]);
  });

  it('joins its session once when the catalogue reads it by now, however often it is replayed', async () => {
    const [good, late] = [pageView(platform), pageView(platform, { props: { title: 'Late' } })];
    await send(good, { ...late, props: {} });
    const [letter] = await letters();
    assert.ok(letter);
    assert.deepEqual(deadLetterReplayed.parse((await replay(letter.id)).json).accepted, false);
    // A newer version of the catalogue would read what this one cannot: here the letter changes instead.
    await DeadLetter.updateOne({ workspaceId, _id: letter.id }, { $set: { content: JSON.stringify(late) } });
    for (const _time of [1, 2])
      assert.deepEqual(deadLetterReplayed.parse((await replay(letter.id)).json), { accepted: true, reason: null });
    await app.work();
    const until = performance.now() + 15_000;
    const read = async () => eventList.parse((await app.callWith(secret, `/v1/sessions/${letter.sessionId}/events`)).json).items;
    while ((await read()).length < 2) assert.ok(performance.now() < until, 'it never joined');
    assert.deepEqual((await read()).map(({ id }) => id).sort(), [good.eid, late.eid].sort());
    assert.deepEqual([(await letters()).length, (await letters('?replayed=yes')).length], [0, 1]);
  });

  it('cannot be replayed when it was too large to keep, or its session is gone; it can be deleted', async () => {
    await send(pageView(platform), { type: 'x', filler: 'y'.repeat(9000) });
    const [letter] = await letters();
    assert.ok(letter);
    assert.deepEqual([letter.replayable, codeOf(await replay(letter.id))], [false, 'content-gone']);
    const lost = { content: JSON.stringify(pageView(platform)), sessionId: 'ses_gone' };
    await DeadLetter.updateOne({ workspaceId, _id: letter.id }, { $set: lost });
    assert.equal(codeOf(await replay(letter.id)), 'session-gone');
    const path = `/v1/dead-letters/${letter.id}`;
    assert.deepEqual(
      [(await app.callWith(secret, path, { method: 'DELETE' })).status, (await app.callWith(secret, path)).status],
      [204, 404],
    );
  });

  it('of a flood is kept without its content', async () => {
    await send(pageView(platform), ...Array.from({ length: mostKept + 5 }, (_, n) => ({ type: `bad ${n}` })));
    const all = await DeadLetter.find({ workspaceId }).lean();
    assert.equal(all.filter(({ content }) => content !== null).length, Math.min(mostKept, all.length));
  });

  it('keeps the ids and the moment that it needs, whatever they look like', () => {
    assert.ok('page_view' in eventProps);
    const at = 1_764_000_000_000;
    const eid = '41111111-1111-4111-9111-111111111111';
    assert.deepEqual(JSON.parse(deadContent({ eid, at, pageId: eid, props: null }, []) ?? ''), { eid, at, pageId: eid, props: null });
    assert.equal(deadContent('only text', []), '{"value":"only text"}');
    assert.equal(deadContent(undefined, []), '{}');
  });
});
