import assert from 'node:assert/strict';
import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import type { IngestEnvelope } from '#contract/events.ts';
import { TrackedLink } from '../contacts/tracked-link.ts';
import { Visitor } from '../contacts/visitor.ts';
import { Job } from '../jobs/job.ts';
import { EventBucket } from '../sessions/event-bucket.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { Session } from '../sessions/session.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { findSite, makeContact, makeOwner } from '../testing/factories.ts';
import { countEvents, rawEvents } from '../testing/raw-events.ts';
import { newBrowser, pageView, sentBatch, sentChunk } from '../testing/sent-batch.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { Site, type SiteDocument } from '../workspaces/site.ts';
import { acceptBatch } from './accept-batch.ts';
import { DeadLetter } from './dead-letter.ts';
import { createIngest, type Ingest } from './ingest.ts';

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0';
const token = 'tracked-link-token-1';

describe('a batch', () => {
  let platform: TestPlatform;
  let site: SiteDocument;
  let workspaceId: string;
  let ingest: Ingest;

  beforeEach(async () => {
    platform = await testPlatform();
    ({ workspaceId } = await makeOwner(platform));
    site = await findSite(workspaceId);
    const { _id: contactId } = await makeContact(platform, { workspaceId });
    const createdAt = platform.clock.now();
    await TrackedLink.create([
      { _id: 'link_1', workspaceId, contactId, token, url: 'https://x.example', createdAt, createdBy: 'mem_1', sessionIds: [] },
    ]);
    ingest = createIngest(platform);
  });

  const accept = async (envelope: IngestEnvelope) => {
    const answer = await acceptBatch(platform, ingest, { site, userAgent, envelope });
    await ingest.drain();
    return answer;
  };
  const known = (fields: Partial<IngestEnvelope> = {}) => sentBatch(platform, newBrowser(), { identity: { token }, ...fields });
  const session = () => Session.findOne({ workspaceId }).orFail().lean();

  /** The same visit in two tabs: what each of them sends, in its order. */
  function visit(): IngestEnvelope[] {
    const first = newBrowser();
    const second = { ...first, tab: newBrowser().tab };
    const at = (agoMs: number) => platform.clock.now().getTime() - agoMs;
    const context = { referrerHost: 'www.google.com', utm: { source: 'spring' }, language: 'en-GB' };
    const base = { identity: { token } };
    return [
      {
        ...sentBatch(platform, first, {
          ...base,
          context,
          events: [pageView(platform, { at: at(9000) })],
          chunks: [sentChunk(platform, 0)],
        }),
      },
      { ...sentBatch(platform, first, { ...base, events: [pageView(platform, { at: at(5000) })], chunks: [sentChunk(platform, 1)] }) },
      { ...sentBatch(platform, second, { ...base, events: [], chunks: [sentChunk(platform, 0)], evidence: 'scroll' }) },
      {
        ...sentBatch(platform, second, {
          ...base,
          events: [pageView(platform, { at: at(60_000) }), pageView(platform, { type: 'nonsense' })],
        }),
      },
      { ...sentBatch(platform, first, { ...base, events: [leaving(at(100))] }) },
    ].map(({ evidence, ...batch }, index) => (index === 2 || index === 4 ? { ...batch, evidence: evidence ?? 'pointer' } : batch));
  }
  const leaving = (at: number) => pageView(platform, { type: 'session_end', at, props: { pages: 3, durationMs: 9000, activeMs: 4000 } });

  /** What is in the database, without what is random, counts how often something was asked for, or says how events were grouped. */
  async function written(): Promise<Record<string, unknown>> {
    const { eventBuckets: _grouped, sessions = [], ...dump } = await dumpDatabase(platform);
    const jobs = await Job.find({ workspaceId }, { _id: 0, kind: 1, key: 1, payload: 1, state: 1, dueAt: 1 }).sort({ kind: 1 }).lean();
    const rows = sessions.map((row) => ({ ...JSON.parse(row), stored: null }));
    return { ...dump, sessions: rows, events: await rawEvents(workspaceId), jobs };
  }

  async function forget(): Promise<void> {
    const mine = { workspaceId };
    await Promise.all([Session.deleteMany(mine), EventBucket.deleteMany(mine), RecordingChunk.deleteMany(mine), Visitor.deleteMany(mine)]);
    await Promise.all([Job.deleteMany(mine), DeadLetter.deleteMany(mine)]);
    await Promise.all([
      Site.updateMany(mine, { $set: { firstVisitAt: null } }),
      TrackedLink.updateMany(mine, { $set: { lastClickedAt: null, sessionIds: [] } }),
    ]);
  }

  it('of two tabs, in any order, any number of times, one by one or at once, gives what the clean visit gives', async () => {
    const batches = visit();
    for (const batch of batches) await accept(batch);
    const { startedAt, lastEventAt, evidence, channel, hasRecording } = await session();
    const now = platform.clock.now().getTime();
    assert.deepEqual([now - startedAt.getTime(), now - lastEventAt.getTime()], [60_000, 0]);
    assert.deepEqual([evidence, channel, hasRecording], ['scroll', 'campaign', true]);
    const clean = await written();
    const counts = await Promise.all([
      countEvents(workspaceId),
      RecordingChunk.countDocuments({ workspaceId }),
      DeadLetter.countDocuments({ workspaceId }),
    ]);
    assert.deepEqual(counts, [4, 3, 1]);
    const order = fc
      .array(fc.nat({ max: batches.length - 1 }), { maxLength: 4 })
      .chain((extra) => fc.shuffledSubarray([...batches.keys(), ...extra], { minLength: batches.length + extra.length }));
    const property = fc.asyncProperty(order, fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), async (deliveries, together) => {
      await forget();
      let underWay: Promise<unknown>[] = [];
      for (const [turn, index] of deliveries.entries()) {
        const batch = batches[index];
        assert.ok(batch);
        underWay.push(accept(batch));
        if (together[turn] === true) continue;
        await Promise.all(underWay);
        underWay = [];
      }
      await Promise.all(underWay);
      assert.deepEqual(await written(), clean);
    });
    await fc.assert(property, { numRuns: 20 });
  });

  it('tells where the visitor came from also when it arrives after others', async () => {
    const browser = newBrowser();
    const late = sentBatch(platform, browser, { identity: { token }, context: { referrerHost: 'www.google.com' } });
    await accept(sentBatch(platform, browser, { identity: { token } }));
    assert.deepEqual([(await session()).channel, (await session()).context], ['campaign', {}]);
    await accept(late);
    await accept({ ...late, context: { referrerHost: 'another.example' } });
    assert.deepEqual([(await session()).channel, (await session()).context], ['organic', { referrerHost: 'www.google.com' }]);
  });

  it('of a recording that arrives late does not make the visit longer', async () => {
    const browser = newBrowser();
    await accept(sentBatch(platform, browser, { identity: { token } }));
    const chunk = sentChunk(platform, 0);
    const { lastEventAt } = await session();
    platform.clock.advance(10 * 60_000);
    await accept(sentBatch(platform, browser, { events: [], chunks: [chunk] }));
    assert.deepEqual((await session()).lastEventAt, lastEventAt);
    assert.deepEqual((await session()).lastSeenAt, platform.clock.now());
  });

  it('keeps the proof that a person is there when a later one brings none', async () => {
    const browser = newBrowser();
    const { evidence: _, ...silent } = sentBatch(platform, browser, { identity: { token } });
    await accept(silent);
    assert.equal((await session()).evidence, null);
    await accept({ ...silent, evidence: 'key' });
    await accept(silent);
    assert.equal((await session()).evidence, 'key');
  });

  it('with a bad event is set aside once, however often it is sent', async () => {
    const batch = known({ events: [pageView(platform, { props: { title: 7 } }), { eid: 'x' }, 7, null] });
    for (let time = 0; time < 3; time += 1) await accept(batch);
    const letters = await DeadLetter.find({ workspaceId }).lean();
    assert.equal(letters.length, 4);
  });

  it('is refused in words that repeat nothing of a person', async () => {
    const page = pageView(platform);
    const { refused } = await accept(
      known({
        events: [
          pageView(platform, { type: 'ada@secret.example' }),
          pageView(platform, { type: 'custom', props: { name: 'x', props: { 'ada@secret.example': [] } } }),
          { ...page, url: 7, 'ada@secret.example': 1 },
        ],
      }),
    );
    assert.equal(refused.length, 3);
    const stored = JSON.stringify([refused, await DeadLetter.find({ workspaceId }).lean()]);
    assert.doesNotMatch(stored, /secret\.example/);
  });

  it('is scrubbed in every word of its context', async () => {
    const secret = 'ada@secret.example';
    await accept(
      known({
        context: {
          referrerHost: secret,
          utm: { source: secret, term: secret },
          clickIds: ['gclid', secret],
          language: secret,
          timeZone: secret,
        },
      }),
    );
    const { context } = await session();
    assert.doesNotMatch(JSON.stringify(context), /secret\.example/);
    assert.deepEqual(context.clickIds?.[0], 'gclid');
  });

  it('keeps in its recording the query keys that the site allows, and no other', async () => {
    site = { ...site, config: { ...site.config, queryKeys: ['plan'] } };
    const chunk = sentChunk(platform, 0);
    const [meta, ...rest] = chunk.events;
    const href = 'https://www.example.com/pricing?plan=pro&secret=7';
    await accept(
      known({ chunks: [{ ...chunk, events: [{ type: 4, timestamp: 0, ...meta, data: { href, width: 1, height: 1 } }, ...rest] }] }),
    );
    const { body } = await RecordingChunk.findOne({ workspaceId }).orFail();
    assert.match(zstdDecompressSync(body).toString(), /"href":"https:\/\/www\.example\.com\/pricing\?plan=pro"/);
  });

  it('whose recording says something else under a number that was sent before keeps the first, and sets the other aside', async () => {
    const browser = newBrowser();
    const send = (text: string, events = [pageView(platform)]) =>
      accept(sentBatch(platform, browser, { identity: { token }, events, chunks: [sentChunk(platform, 0, text)] }));
    const stored = async () => (await RecordingChunk.findOne({ workspaceId }).orFail().lean()).sentHash;
    await send('first');
    const first = await stored();
    await send('first');
    assert.equal(await DeadLetter.countDocuments({ workspaceId }), 0);
    const { accepted, refused } = await send('other');
    assert.equal(accepted, 1);
    assert.match(refused[0]?.reason ?? '', /sent before with another content/);
    await assert.rejects(send('other', []), { code: 'chunk-conflict' });
    assert.equal(await stored(), first);
    assert.equal(await DeadLetter.countDocuments({ workspaceId }), 1);
  });

  it('of a recording in which nothing was left after cleaning says when it came', async () => {
    await accept(
      known({
        chunks: [
          {
            seq: 0,
            events: [
              { type: 5, timestamp: 1, data: {} },
              { type: 3, timestamp: 1, data: 'nothing' },
            ],
          },
        ],
      }),
    );
    const { firstAt, lastAt } = await RecordingChunk.findOne({ workspaceId }).orFail().lean();
    assert.ok(firstAt <= lastAt && lastAt <= platform.clock.now());
  });

  it('is not taken at all where the site has switched known contacts off', async () => {
    site = { ...site, config: { ...site.config, modes: { ...site.config.modes, knownContacts: false } } };
    const before = await dumpDatabase(platform);
    assert.deepEqual(await accept(known()), { known: false, record: false, accepted: 0, refused: [] });
    assert.deepEqual(await dumpDatabase(platform), before);
  });

  it('asks for the insight at once and for the end of the session when it may be over', async () => {
    await accept(known());
    const due = async () => {
      const jobs = await Job.find({ workspaceId }).sort({ kind: 1 }).lean();
      return jobs.map(({ kind, dueAt }) => [kind, dueAt.getTime() - platform.clock.now().getTime()]);
    };
    assert.deepEqual(await due(), [
      ['insight.refresh', 0],
      ['session.close', 30 * 60_000],
    ]);
    await Job.deleteMany({ workspaceId });
    await accept(known({ events: [leaving(platform.clock.now().getTime())] }));
    assert.deepEqual(await due(), [
      ['insight.refresh', 0],
      ['session.close', 20_000],
    ]);
  });
});
