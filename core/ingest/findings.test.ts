import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { faultList, leakList } from '#contract/api.ts';
import type { IngestEnvelope } from '#contract/events.ts';
import { playerRecording } from '#contract/recording.ts';
import { readRecording } from '../sessions/read-recording.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { Session } from '../sessions/session.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { findSite, makeOwner } from '../testing/factories.ts';
import { rawEvents } from '../testing/raw-events.ts';
import { type Browser, newBrowser, pageView, sentBatch, sentChunk } from '../testing/sent-batch.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import type { MemberDocument } from '../workspaces/member.ts';
import type { SiteDocument } from '../workspaces/site.ts';
import { acceptBatch } from './accept-batch.ts';
import { DeadLetter } from './dead-letter.ts';
import { Fault } from './fault.ts';
import { createIngest, type Ingest } from './ingest.ts';
import { Stylesheet } from './stylesheet.ts';

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0';
const identity = { email: 'ada@visitor.example' };
const hashOf = (css: string) => createHash('sha256').update(css).digest('hex');

describe('what the server finds in what a site sends', () => {
  let platform: TestPlatform;
  let app: TestApp;
  let owner: MemberDocument;
  let site: SiteDocument;
  let ingest: Ingest;

  beforeEach(async () => {
    platform = await testPlatform();
    app = await testApp(platform);
    owner = await makeOwner(platform);
    site = await findSite(owner.workspaceId);
    ingest = createIngest(platform);
  });
  afterEach(() => app.close());

  const accept = async (fields: Partial<IngestEnvelope>, browser: Browser = newBrowser()) => {
    const envelope = sentBatch(platform, browser, { identity, ...fields });
    const answer = await acceptBatch(platform, ingest, { site, userAgent, envelope });
    await ingest.drain();
    return answer;
  };
  const leaks = async () => {
    const { items } = leakList.parse((await app.callAs(owner, `/v1/sites/${site._id}/leaks`)).json);
    return items.map(({ path, kind, where, count }) => [path, kind, where, count]).sort();
  };
  const faults = async () => faultList.parse((await app.callAs(owner, `/v1/sites/${site._id}/faults`)).json).items;

  describe('leaks', () => {
    const url = 'https://www.example.com/account';
    const leaky = () => [
      pageView(platform, { url, props: { title: 'ada@x.com and bob@x.com' } }),
      pageView(platform, { url: 'https://www.example.com/u/ada@x.com?plan=1', props: { title: '' } }),
    ];

    it('are told by page, kind and place, and counted once however often a batch is sent', async () => {
      const browser = newBrowser();
      const chunk = sentChunk(platform, 0, 'Card 4111 1111 1111 1111');
      const batch = { events: leaky(), chunks: [chunk], context: { utm: { source: 'DE89370400440532013000' } } };
      for (let time = 0; time < 3; time += 1) await accept(batch, browser);
      await Promise.all([accept(batch, browser), accept(batch, browser)]);
      assert.deepEqual(await leaks(), [
        ['/account', 'email', 'event', 2],
        ['/account', 'iban', 'event', 1],
        ['/pricing', 'card', 'recording', 1],
        ['/u/:id', 'email', 'address', 1],
      ]);
      await accept({ events: leaky() });
      assert.deepEqual((await leaks())[0], ['/account', 'email', 'event', 4]);
    });

    it('are none where a browser behaves', async () => {
      await accept({ events: [pageView(platform)], chunks: [sentChunk(platform, 0)], context: { language: 'en-GB' } });
      assert.deepEqual(await leaks(), []);
    });

    it('are none in the number of an order, though ten digits could be a number to call; a card there is one', async () => {
      const event = (orderId: string) => ({ ...pageView(platform), type: 'purchase', props: { orderId } });
      await accept({ events: [event('5412345678'), event('2125550123')] });
      assert.deepEqual(await leaks(), []);
      const stored = await rawEvents(owner.workspaceId);
      assert.deepEqual(stored.map(({ props }) => props.orderId).sort(), ['2125550123', '5412345678']);
      await accept({ events: [event('4111111111111111'), event('ada@x.com'), event('+49 170 5551234')] });
      assert.deepEqual(
        (await leaks()).map(([, kind]) => kind),
        ['card', 'email', 'phone'],
      );
    });

    it('come newest first, page by page', async () => {
      const events = Array.from({ length: 60 }, (_, index) =>
        pageView(platform, { url: `https://www.example.com/p/a${index}`, props: { title: 'ada@x.com' } }),
      );
      await accept({ events });
      const path = `/v1/sites/${site._id}/leaks`;
      const first = leakList.parse((await app.callAs(owner, path)).json);
      const second = leakList.parse((await app.callAs(owner, `${path}?cursor=${first.next}`)).json);
      assert.deepEqual([first.items.length, second.items.length, second.next], [50, 10, null]);
      assert.equal(new Set([...first.items, ...second.items].map(({ id }) => id)).size, 60);
      assert.equal((await app.callAs(owner, `${path}?cursor=nonsense`)).status, 400);
    });

    it('of pages that a stranger made up fill no more than their room', async () => {
      for (let batch = 0; batch < 3; batch += 1) {
        const events = Array.from({ length: 400 }, (_, index) =>
          pageView(platform, { url: `https://www.example.com/p${batch}/a${index}`, props: { title: 'ada@x.com' } }),
        );
        await accept({ events });
      }
      const rows = await platform.store.connection.collection('leaks').countDocuments();
      assert.ok(rows >= 1000 && rows <= 1001, String(rows));
      assert.equal((await platform.store.connection.collection('leaks').findOne({ path: '*' }))?.count, 200);
    });
  });

  describe('faults of the snippet', () => {
    it('are counted by place, message and browser, scrubbed, and once for a batch that comes twice', async () => {
      const browser = newBrowser();
      const batch = { events: [pageView(platform)], faults: [{ where: 'record', message: 'x is not a function of ada@x.com' }] };
      await accept(batch, browser);
      await accept(batch, browser);
      await accept({ faults: batch.faults });
      assert.deepEqual(
        (await faults()).map(({ where, message, browser: family, count }) => [where, message, family, count]),
        [['record', 'x is not a function of [email]', 'Firefox', 2]],
      );
    });

    it('are kept by kind, up to a number', async () => {
      for (let batch = 0; batch < 70; batch += 1) {
        await accept({ faults: [0, 1, 2].map((index) => ({ where: 'record', message: `kind ${batch} ${index}` })) });
      }
      assert.equal(await Fault.countDocuments({ workspaceId: owner.workspaceId }), 200);
    });
  });

  describe('stylesheets', () => {
    const css = '.plan{color:red;background:url(https://x.example/ada@x.com)}';
    const hash = hashOf(css);
    const sheets = () => Stylesheet.find({ workspaceId: owner.workspaceId });

    it('are wanted until somebody sent them, once per site', async () => {
      assert.deepEqual((await accept({ sheets: [{ hash }] })).wanted, [hash]);
      assert.equal((await accept({ sheets: [{ hash, css }] })).wanted, undefined);
      assert.equal((await accept({ sheets: [{ hash, css }, { hash }] })).wanted, undefined);
      assert.equal((await accept({ sheets: [{ hash }] })).wanted, undefined);
      const [stored, ...more] = await sheets();
      assert.ok(stored !== undefined && more.length === 0);
      assert.equal(zstdDecompressSync(stored.body).toString(), '.plan{color:red;background:url("data:,")}');
    });

    it('are asked for twenty at a time', async () => {
      const announced = Array.from({ length: 50 }, (_, index) => ({ hash: hashOf(String(index)) }));
      assert.equal((await accept({ sheets: announced })).wanted?.length, 20);
    });

    it('whose text is another one are set aside and not stored', async () => {
      await accept({ sheets: [{ hash, css: 'body{color:blue}' }] });
      assert.equal((await sheets()).length, 0);
      assert.match((await DeadLetter.findOne({}).setOptions(acrossWorkspaces).orFail()).reason, /^sheets: /);
      assert.deepEqual((await accept({ sheets: [{ hash }] })).wanted, [hash]);
    });

    it('are neither wanted nor kept of a visitor who is not recorded', async () => {
      const config = { ...site.config, modes: { knownContacts: false, anonymousVisitors: false, siteAnalytics: true } };
      site = { ...site, config };
      const answer = await accept({ sheets: [{ hash, css }, { hash: hashOf('other') }] });
      assert.deepEqual([answer.record, answer.wanted, (await sheets()).length], [false, undefined, 0]);
    });

    const recordingOf = async () => {
      const session = await Session.findOne({ workspaceId: owner.workspaceId }).orFail().lean();
      let json = '';
      for await (const piece of readRecording(platform, session)) json += piece;
      assert.ok(playerRecording.safeParse(JSON.parse(json)).success);
      return json;
    };
    const styled = (_cssText: string) => {
      const { seq, events } = sentChunk(platform, 0);
      const style = { type: 2, id: 9, tagName: 'style', attributes: { _cssText }, childNodes: [] };
      const timestamp = platform.clock.now().getTime();
      const added = { source: 0, texts: [], attributes: [], removes: [], adds: [{ parentId: 2, nextId: null, node: style }] };
      return { seq, events: [...events, { type: 3, timestamp, data: added }] };
    };

    it('stand in a stored recording by their hash, and in the player’s by their text', async () => {
      await accept({ chunks: [styled(`ll-css:${hash}`)], sheets: [{ hash, css }] });
      const { body } = await RecordingChunk.findOne({ workspaceId: owner.workspaceId }).orFail();
      assert.ok(zstdDecompressSync(body).toString().includes(`"_cssText":"ll-css:${hash}"`));
      const played = await recordingOf();
      assert.ok(!played.includes('ll-css:'));
      assert.ok(played.includes('.plan{color:red;'));
    });

    it('that never arrived are empty, and the log says so', async () => {
      await accept({ chunks: [styled(`ll-css:${hash}`)] });
      const played = await recordingOf();
      assert.ok(!played.includes('ll-css:') && played.includes('"_cssText":""'));
      assert.equal(platform.log.lines.length, 1);
    });

    it('of a forged reference are read as the CSS that they are', async () => {
      await accept({ chunks: [styled(`ll-css:${hash.toUpperCase()} .x{background:url(https://x.example/)}`)] });
      assert.ok((await recordingOf()).includes('url(\\"data:,\\")'));
    });
  });
});
