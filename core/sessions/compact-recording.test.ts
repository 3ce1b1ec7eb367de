import assert from 'node:assert/strict';
import { zstdCompressSync } from 'node:zlib';
import { z } from 'zod';
import { replayTicket } from '#contract/api.ts';
import { playerFrame, playerIndex, playerRecording } from '#contract/recording.ts';
import type { RecordedEvent } from '#contract/recording-events.ts';
import { fromDistances } from '#contract/shift-numbers.ts';
import { Stylesheet } from '../ingest/stylesheet.ts';
import { eraseSession } from '../insights/erase-session.ts';
import type { Blobs } from '../store/blobs.ts';
import { askJob } from '../testing/ask-job.ts';
import { makeContact, makeOwner, makeSession } from '../testing/factories.ts';
import { makeKey } from '../testing/make-key.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import { compactRecordingHandler } from './compact-recording.ts';
import { blobsOf, Recording } from './recording.ts';
import { RecordingChunk } from './recording-chunk.ts';
import { RecordingDictionary } from './recording-dictionary.ts';
import { compactRecording } from './recording-jobs.ts';
import { Session, type SessionDocument } from './session.ts';

const sheet = { hash: 'a'.repeat(64), css: '.plan{color:red}' };

/** A page with a list, then one item more every 100 ms. */
function chunkOf(seq: number, from: number): unknown[] {
  const snapshot = [
    { type: 4, timestamp: from, data: { href: 'https://www.example.com/plans', width: 1280, height: 720 } },
    { type: 2, timestamp: from, data: { node: page, initialOffset: { top: 0, left: 0 } } },
  ];
  const items = Array.from({ length: 40 }, (_, place) => itemAdded(seq * 40 + place, from + place * 100));
  return seq === 0 ? [...snapshot, ...items] : items;
}

const element = (id: number, tagName: string, childNodes: object[] = [], attributes = {}) => ({
  type: 2,
  id,
  tagName,
  attributes,
  childNodes,
});
const page = {
  ...{ type: 0, id: 1, compatMode: 'CSS1Compat' },
  childNodes: [
    element(2, 'html', [element(3, 'head', [element(4, 'link', [], { _cssText: `ll-css:${sheet.hash}` })]), element(5, 'body')]),
  ],
};

function itemAdded(item: number, timestamp: number) {
  const node = { ...element(100 + item * 2, 'p'), childNodes: [] };
  const text = { type: 3, id: 101 + item * 2, textContent: `Item number ${item} ${'which has a long description '.repeat(20)}` };
  const adds = [
    { parentId: 5, nextId: null, node },
    { parentId: node.id, nextId: null, node: text },
  ];
  return { type: 3, timestamp, data: { source: 0, texts: [], attributes: [], removes: [], adds } };
}

describe('a recording whose session is over', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let session: SessionDocument;
  let workspaceId: string;

  beforeEach(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
    workspaceId = owner.workspaceId;
    session = await record({ chunks: 45 });
  });
  afterEach(() => app.close());

  async function record({ chunks, visitorId }: { chunks: number; visitorId?: string }): Promise<SessionDocument> {
    const contact = await makeContact(platform, { workspaceId });
    const at = platform.clock.now();
    const visitor = visitorId === undefined ? {} : { visitorId };
    const made = await makeSession(platform, { workspaceId, contactId: contact._id, hasRecording: true, endedAt: at, ...visitor });
    await Stylesheet.updateOne(
      { workspaceId, _id: `${made.siteId}:${sheet.hash}` },
      { $setOnInsert: { siteId: made.siteId, hash: sheet.hash, body: zstdCompressSync(sheet.css), receivedAt: at } },
      { upsert: true },
    );
    for (let seq = 0; seq < chunks; seq += 1) await send(made, seq);
    return made;
  }

  async function send({ _id: sessionId, startedAt }: SessionDocument, seq: number, events?: unknown[]): Promise<void> {
    const from = startedAt.getTime() + seq * 4000;
    const body = zstdCompressSync(JSON.stringify(events ?? chunkOf(seq, from)));
    const at = new Date(from);
    const row = { workspaceId, sessionId, tab: 'tab-a', seq, firstAt: at, lastAt: new Date(from + 3900), body, receivedAt: at };
    await RecordingChunk.create([{ _id: `${sessionId}:tab-a:${seq}`, ...row }]);
  }

  const pack = async ({ _id: key } = session) => {
    await askJob(platform, compactRecording, { workspaceId, key, payload: { sessionId: key } });
    await app.work();
  };
  const bearer = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
  const ticket = async () => {
    const answer = await app.callAs(owner, `/v1/sessions/${session._id}/replay`, { method: 'POST' });
    return new URLSearchParams(new URL(replayTicket.parse(answer.json).playerUrl).hash.slice(1)).get('token') ?? '';
  };
  const whole = async () => playerRecording.parse((await app.callPlayer('/recording', bearer(await ticket()))).json);
  const index = async (atMs = 0) => playerIndex.parse((await app.callPlayer(`/recording/index?at=${atMs}`, bearer(await ticket()))).json);
  const frame = async (token: string, number: number) => told((await app.callPlayer(`/recording/frames/${number}`, bearer(token))).json);
  const told = (json: unknown) => {
    const { lead, events } = playerFrame.extend({ events: z.array(z.custom<RecordedEvent>()) }).parse(json);
    fromDistances(events);
    return { lead, events };
  };
  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of platform.store.blobs.list(blobsOf({ workspaceId, sessionId: session._id }))) found.push(key);
    return found;
  };
  const chunksLeft = () => RecordingChunk.countDocuments({ workspaceId, sessionId: session._id });

  it('is packed into one blob, and is played from it as it was before', async () => {
    const before = await whole();
    assert.equal((await index()).tabs, null);
    await pack();
    assert.deepEqual([await chunksLeft(), (await keys()).length], [0, 1]);
    assert.deepEqual(await whole(), before);
    assert.match(JSON.stringify(before), /\.plan\{color:red\}/);
  });

  it('is read frame by frame, each a page by itself, and together all that was recorded', async () => {
    const before = await whole();
    await pack();
    const { tabs, token, startedAt } = await index();
    const frames = tabs?.[0]?.frames ?? [];
    assert.ok(frames.length > 1, `${frames.length} frames`);
    const read = await Promise.all(frames.map(({ number }) => frame(token, number)));
    for (const [place, { lead, events }] of read.entries()) {
      assert.equal(lead > 0, place > 0);
      assert.partialDeepStrictEqual(events.slice(0, 2), [{ type: 4 }, { type: 2 }]);
      assert.match(JSON.stringify(events.slice(0, 2)), /\.plan\{color:red\}/);
    }
    assert.deepEqual(
      read.flatMap(({ lead, events }) => events.slice(lead)),
      before.tabs[0]?.events,
    );
    const begun = await Promise.all(frames.map(({ firstMs }) => index(firstMs + 1)));
    assert.deepEqual(
      begun.map(({ first }) => first?.number),
      frames.map(({ number }) => number),
    );
    const second = JSON.stringify(read[1]?.events[1]);
    assert.match(second, /Item number 0 /);
    const items = second.match(/Item number/g)?.length ?? 0;
    assert.equal(items, countItems(read[0]?.events ?? []));
    assert.equal(new Date(startedAt).getTime() + (frames[0]?.firstMs ?? -1), session.startedAt.getTime());
  });

  const countItems = (events: readonly unknown[]) => JSON.stringify(events).match(/Item number/g)?.length ?? 0;

  it('takes in what comes late, in its place, and what comes twice only once', async () => {
    const [late] = await RecordingChunk.find({ workspaceId, sessionId: session._id, seq: 7 }).lean();
    const before = await whole();
    await RecordingChunk.deleteOne({ workspaceId, _id: late?._id ?? '' });
    await pack();
    assert.equal((await index()).missingChunks, 1);
    await send(session, 7);
    await send(session, 3);
    assert.deepEqual([(await index()).tabs, await whole()], [null, before]);
    const [first] = await keys();
    await pack();
    assert.deepEqual([await whole(), (await index()).missingChunks, await chunksLeft()], [before, 0, 0]);
    const after = await keys();
    assert.equal(after.length, 1);
    assert.notEqual(after[0], first);
  });

  for (const step of ['put', 'list', 'delete'] as const) {
    it(`loses nothing and leaves nothing over when it is killed at ${step}`, async () => {
      const before = await whole();
      await pack();
      await send(session, 45);
      const withLate = await whole();
      const dying = { ...platform, store: { ...platform.store, blobs: breaking(platform.store.blobs, step) } };
      const job = { id: 'job', workspaceId, key: session._id, payload: { sessionId: session._id }, attempt: 1, assertMine: async () => {} };
      await assert.rejects(async () => compactRecordingHandler.handle(dying, [job]), /killed/);
      assert.deepEqual(await whole(), withLate);
      assert.notDeepEqual(withLate, before);
      await pack();
      assert.deepEqual([await whole(), (await keys()).length, await chunksLeft()], [withLate, 1, 0]);
    });
  }

  /** Dies right after it did this. */
  function breaking(blobs: Blobs, step: 'put' | 'list' | 'delete'): Blobs {
    const die = () => {
      throw new Error('killed');
    };
    return {
      ...blobs,
      put: async (key, body) => blobs.put(key, body).then(step === 'put' ? die : undefined),
      delete: async (key) => blobs.delete(key).then(step === 'delete' ? die : undefined),
      list: step === 'list' ? die : (prefix) => blobs.list(prefix),
    };
  }

  it('is not packed while it goes on', async () => {
    await Session.updateOne({ workspaceId, _id: session._id }, { $set: { endedAt: null } });
    await pack();
    assert.deepEqual([await Recording.countDocuments({ workspaceId }), await chunksLeft()], [0, 45]);
  });

  const erasures = {
    'goes with its session': () => eraseSession(platform, { workspaceId, sessionId: session._id }),
    'goes when it is deleted alone': async () => {
      const headers = { Authorization: `Bearer ${await makeKey(platform, { workspaceId })}` };
      const { status } = await app.call(`/v1/sessions/${session._id}/recording`, { method: 'DELETE', headers });
      assert.equal(status, 204);
    },
  };
  for (const [name, erase] of Object.entries(erasures)) {
    for (const moment of ['before', 'after'] as const) {
      it(`${name}, also when it is being packed, ${moment} its row is switched`, async () => {
        await pack();
        await send(session, 45);
        const { blobs } = platform.store;
        const put: Blobs['put'] = async (key, body) => {
          await blobs.put(key, body);
          if (moment === 'before') await erase();
        };
        // The first thing that is done once the row is switched.
        async function* list(prefix: string) {
          if (moment === 'after') await erase();
          yield* blobs.list(prefix);
        }
        const during = { ...platform, store: { ...platform.store, blobs: { ...blobs, put, list } } };
        const job = {
          id: 'job',
          workspaceId,
          key: session._id,
          payload: { sessionId: session._id },
          attempt: 1,
          assertMine: async () => {},
        };
        await compactRecordingHandler.handle(during, [job]);
        await app.work();
        assert.deepEqual([await keys(), await Recording.countDocuments({ workspaceId }), await chunksLeft()], [[], 0, 0]);
        assert.equal(await Session.countDocuments({ workspaceId, hasRecording: true }), 0);
      });
    }
  }

  it('is shown to nobody whose right to watch has ended, or who has a token of another kind', async () => {
    await pack();
    const first = await ticket();
    const { token } = await index();
    assert.equal((await app.callPlayer('/recording/frames/0', bearer(first))).status, 401);
    assert.equal((await app.callPlayer('/recording', bearer(token))).status, 401);
    assert.equal((await app.callPlayer('/recording/frames/0')).status, 401);
    platform.clock.advance(3 * 3600_000);
    assert.equal((await app.callPlayer('/recording/frames/99', bearer(token))).status, 401, 'the sign-in has ended');
  });

  it('is packed with what other visitors’ recordings of the site have in common, and stays readable', async () => {
    const sessions: SessionDocument[] = [];
    for (const visitorId of ['v1', 'v2', 'v3', 'v4', 'v5']) sessions.push(await record({ chunks: 2, visitorId }));
    for (const one of sessions) await pack(one);
    const [without] = await Recording.find({ workspaceId, visitorId: 'v5' }).lean();
    platform.clock.advance(61_000);
    await app.work();
    assert.equal(await RecordingDictionary.countDocuments({ workspaceId }), 1);
    const later = await record({ chunks: 2, visitorId: 'v6' });
    session = later;
    const before = await whole();
    await pack(later);
    const [packed] = await Recording.find({ workspaceId, visitorId: 'v6' }).lean();
    assert.deepEqual([packed?.dictionaryId, await whole()], [`${later.siteId}:1`, before]);
    assert.ok((packed?.bytes ?? 0) < (without?.bytes ?? 0) * 0.8, `${packed?.bytes} of ${without?.bytes}`);
  });
});
