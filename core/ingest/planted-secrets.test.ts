import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import type { IngestEnvelope, SentEvent } from '#contract/events.ts';
import { ingestEnvelope } from '#contract/events.ts';
import { RecordingChunk } from '../sessions/recording-chunk.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { dumpDatabase } from '../testing/dump-database.ts';
import { disguises, type SecretClass, secrets } from '../testing/example-secrets.ts';
import { findSite, makeOwner } from '../testing/factories.ts';
import { newBrowser, pageView, sentBatch } from '../testing/sent-batch.ts';
import { type TestPlatform, testPlatform } from '../testing/test-platform.ts';
import { acceptBatch } from './accept-batch.ts';
import { DeadLetter } from './dead-letter.ts';
import { createIngest } from './ingest.ts';
import { decodeOnce } from './scrub-decode.ts';
import { Stylesheet } from './stylesheet.ts';

type Json = Readonly<Record<string, unknown>>;

interface Planted {
  readonly type: SecretClass;
  readonly secret: string;
  /** As it was sent. */
  readonly sent: string;
  readonly place: string;
}

/** One envelope as it is put together. */
interface Draft {
  readonly events: SentEvent[];
  readonly recorded: Json[];
  readonly sheets: { hash: string; css: string }[];
  readonly faults: { where: string; message: string }[];
  context: Json;
  traits: Json;
}

const at = 1_790_000_000_000;
let nextId = 100;
let platform: TestPlatform;

const text = (textContent: string): Json => ({ type: 3, id: nextId++, textContent });
const element = (tagName: string, attributes: Json = {}, ...childNodes: Json[]): Json => ({
  ...{ type: 2, id: nextId++, tagName, attributes, childNodes },
});
function snapshot(...nodes: Json[]): Json {
  const body = { type: 2, id: 3, tagName: 'body', attributes: {}, childNodes: nodes };
  const html = { type: 2, id: 2, tagName: 'html', attributes: {}, childNodes: [body] };
  return { type: 2, timestamp: at, data: { node: { type: 0, id: 1, childNodes: [html] }, initialOffset: { top: 0, left: 0 } } };
}
const change = (data: Json): Json => ({ type: 3, timestamp: at, data });
const mutation = (parts: Json): Json => change({ source: 0, texts: [], attributes: [], removes: [], adds: [], ...parts });
const add = (node: Json, parentId = 3): Json => mutation({ adds: [{ parentId, nextId: null, node }] });
const event = (type: string, props: Json): SentEvent => pageView(platform, { type, props });

/** The secret in pieces, as markup parts it. */
function pieces(secret: string): string[] {
  const cut = /\d{4}/.test(secret) ? 4 : Math.ceil(secret.length / 3);
  return secret.match(new RegExp(`[^]{1,${cut}}`, 'gu')) ?? [];
}

interface Place {
  /** Characters that fit. */
  readonly fits: number;
  /** Whole: only what is not disguised, because nothing would put the disguise together again. */
  readonly plain?: boolean;
  /** What the contact's own data may hold. */
  readonly except?: readonly SecretClass[];
  put(draft: Draft, secret: string): void;
}

const prop = (type: string, fits: number, props: (secret: string) => Json): Place => ({
  fits,
  put: ({ events }, secret) => void events.push(event(type, props(secret))),
});
const address = (write: (secret: string) => string): Place => ({
  fits: 1800,
  put: ({ events }, secret) => void events.push(pageView(platform, { url: write(secret) })),
});
const recorded = (events: (secret: string) => readonly Json[], more: Partial<Place> = {}): Place => ({
  fits: 5000,
  ...more,
  put: (draft, secret) => void draft.recorded.push(...events(secret)),
});
const context = (fits: number, fields: (secret: string) => Json): Place => ({
  fits,
  put: (draft, secret) => {
    draft.context = { ...draft.context, ...fields(secret) };
  },
});
const sheet = (write: (secret: string) => string): Place => ({
  fits: 5000,
  put: ({ sheets }, secret) => {
    const css = `/* ${randomUUID()} */${write(secret)}`;
    sheets.push({ hash: createHash('sha256').update(css).digest('hex'), css });
  },
});

/** Every field of an envelope that can hold a text. */
const places: Readonly<Record<string, Place>> = {
  title: prop('page_view', 300, (s) => ({ title: `Hello ${s}`.slice(0, 300) })),
  'referrer path': prop('page_view', 1500, (s) => ({ title: '', referrer: `https://x.example/u/${s}` })),
  'referrer query': prop('page_view', 1500, (s) => ({ title: '', referrer: `https://x.example/?utm_term=${s}&q=${s}#${s}` })),
  path: address((s) => `https://www.example.com/a/${s}/b`),
  'encoded path': address((s) => `https://www.example.com/${encodeURIComponent(s)}`),
  'query value': address((s) => `https://www.example.com/?utm_campaign=${encodeURIComponent(s)}&x=${s}`),
  'raw query value': address((s) => `https://www.example.com/?utm_source=${s}`),
  hash: address((s) => `https://www.example.com/#/${s}`),
  'user of the address': address((s) => `https://${encodeURIComponent(s)}@www.example.com/`),
  selector: prop('engagement', 280, (s) => ({ scrollDepth: 1, activeMs: 1, rageClicks: [{ selector: `a[title="${s}"]`, count: 3 }] })),
  section: prop('engagement', 100, (s) => ({ scrollDepth: 1, activeMs: 1, sections: { [s]: 1 } })),
  product: prop('product_view', 300, (s) => ({ productId: s })),
  'product name': prop('add_to_cart', 290, (s) => ({ productName: `For ${s}` })),
  'checkout step': prop('checkout_view', 300, (s) => ({ step: s })),
  order: prop('purchase', 300, (s) => ({ orderId: s })),
  search: prop('search_query', 100, (s) => ({ query: s })),
  form: prop('form_start', 300, (s) => ({ formId: s })),
  'form field': prop('form_submit', 300, (s) => ({ formId: 'f', fields: [{ name: s, type: 'text' }] })),
  'form field type': prop('form_submit', 40, (s) => ({ formId: 'f', fields: [{ name: 'a', type: s }] })),
  'last field': prop('form_abandon', 300, (s) => ({ formId: 'f', lastField: s })),
  error: prop('session_end', 250, (s) => ({ pages: 1, durationMs: 1, activeMs: 1, lastErrors: [`TypeError: ${s} is not a function`] })),
  plan: prop('trial_signup', 300, (s) => ({ plan: s })),
  'plan name': prop('pricing_engage', 100, (s) => ({ plans: { [s]: 1 } })),
  change: prop('subscription_change', 300, (s) => ({ from: s, to: s })),
  'own event': prop('custom', 100, (s) => ({ name: s })),
  'own property': prop('custom', 300, (s) => ({ name: 'x', props: { value: s } })),
  'own property name': prop('custom', 100, (s) => ({ name: 'x', props: { [s]: true } })),
  'an event that is refused': {
    fits: 100,
    put: ({ events }, secret) => void events.push(event('custom', { name: 'x', props: { [secret]: [] } })),
  },
  'referrer host': context(300, (s) => ({ referrerHost: s })),
  campaign: context(300, (s) => ({ utm: { source: s, term: s } })),
  'click id': context(20, (s) => ({ clickIds: [s] })),
  language: context(35, (s) => ({ language: s })),
  'time zone': context(64, (s) => ({ timeZone: s })),
  connection: context(20, (s) => ({ connection: s })),
  fault: { fits: 280, put: ({ faults }, secret) => void faults.push({ where: 'record', message: `cannot read ${secret}` }) },
  'place of a fault': { fits: 100, put: ({ faults }, secret) => void faults.push({ where: secret, message: 'x' }) },
  trait: {
    fits: 300,
    except: ['email', 'phone'],
    put: (draft, secret) => {
      draft.traits = { ...draft.traits, name: secret, company: secret };
    },
  },
  'stylesheet string': sheet((s) => `p::after{content:${JSON.stringify(s)}}`),
  'stylesheet comment': sheet((s) => `p{color:red}/* ${s} */`),
  'stylesheet address': sheet((s) => `p{background:url("https://x.example/${s}")}`),
  'page text': recorded((s) => [snapshot(element('p', {}, text(`Hello ${s}!`)))]),
  'page title': recorded((s) => [snapshot(element('title', {}, text(s)))]),
  attributes: recorded((s) => [snapshot(element('div', { class: s, id: s, title: s, 'data-user': s, 'aria-label': s }))]),
  'link and image': recorded((s) => [
    snapshot(element('a', { href: `/u/${s}?a=${s}` }), element('img', { src: `https://x.example/${s}`, alt: s })),
  ]),
  'inline style': recorded((s) => [snapshot(element('p', { style: `--x:${JSON.stringify(s)}` }))]),
  'field value': recorded((s) => [snapshot(element('input', { value: s, placeholder: s, name: s }), element('textarea', {}, text(s)))]),
  'typed text': recorded((s) => [change({ source: 5, id: 5, text: s, isChecked: false })]),
  'changed text': recorded((s) => [
    snapshot(element('p', {}, { type: 3, id: 90, textContent: '' })),
    mutation({ texts: [{ id: 90, value: s }] }),
  ]),
  'changed attribute': recorded((s) => [mutation({ attributes: [{ id: 3, attributes: { class: s, title: s, href: `/${s}` } }] })]),
  'added text': recorded((s) => [add(element('p', {}, text(s)))]),
  'css rule': recorded((s) => [change({ source: 8, id: 5, adds: [{ rule: `a{content:${JSON.stringify(s)}}` }] })]),
  'recorded address': recorded((s) => [
    { type: 4, timestamp: at, data: { href: `https://x.example/${encodeURIComponent(s)}`, width: 1, height: 1 } },
  ]),
  'neighbouring texts': recorded((s) => [snapshot(element('p', {}, ...pieces(s).map(text)))], { plain: true }),
  'texts parted by markup': recorded(
    (s) => [snapshot(element('p', {}, text('call '), ...pieces(s).map((part) => element('b', {}, element('i', {}, text(part))))))],
    { plain: true },
  ),
  'texts of one mutation': recorded(
    (s) => [mutation({ adds: pieces(s).map((part) => ({ parentId: 3, nextId: null, node: text(part) })) })],
    { plain: true },
  ),
  'texts of several mutations': recorded((s) => [snapshot(), ...pieces(s).map((part) => add(element('span', {}, text(part))))], {
    plain: true,
  }),
};

const planting = fc
  .record({
    type: fc.constantFrom(...Object.keys(secrets)),
    disguise: fc.constantFrom('nothing', ...Object.keys(disguises)),
    place: fc.constantFrom(...Object.entries(places)),
  })
  .chain(({ type, disguise, place: [name, place] }) => {
    const kind = isClass(type) ? type : 'email';
    const hide = place.plain === true ? (secret: string) => secret : (disguises[disguise] ?? String);
    return secrets[kind].map((secret) => ({ type: kind, secret, sent: hide(secret), place: name, into: place }));
  })
  .filter(({ type, sent, into }) => sent.length <= into.fits && into.except?.includes(type) !== true);

function isClass(name: string): name is SecretClass {
  return name in secrets;
}

describe('secrets that a forged browser plants', () => {
  for (const seed of [1, 2, 3]) {
    it(`are not in the database, whatever they are and wherever they stood (seed ${seed})`, async () => {
      platform = await testPlatform();
      const { workspaceId } = await makeOwner(platform);
      const site = await findSite(workspaceId);
      const ingest = createIngest(platform);
      const all = fc.sample(planting, { numRuns: 1500, seed });
      const planted: Planted[] = [];
      for (let start = 0; start < all.length; start += 15) {
        const draft: Draft = { events: [], recorded: [], sheets: [], faults: [], context: {}, traits: {} };
        // What can stand in an envelope once stands there once.
        const once = new Map(all.slice(start, start + 15).map((one) => [one.place, one]));
        for (const { into, sent } of once.values()) into.put(draft, sent);
        planted.push(...once.values());
        await acceptBatch(platform, ingest, { site, userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0)', envelope: envelopeOf(draft) });
      }
      await ingest.drain();
      const stored = await everythingStored();
      assert.ok(planted.length > 1000);
      for (const type of Object.keys(secrets)) {
        const ofType = planted.filter((one) => one.type === type);
        const found = ofType.filter((one) => isIn(stored, one));
        assert.ok(
          found.length <= ofType.length / 100,
          `${type}: ${found.length} of ${ofType.length}\n${found.map(({ place, sent }) => `${place}: ${sent}`).join('\n')}`,
        );
      }
    });
  }

  it('would be found if they were there', async () => {
    platform = await testPlatform();
    const { workspaceId } = await makeOwner(platform);
    const [planted] = fc.sample(planting, { numRuns: 1, seed: 1 });
    assert.ok(planted);
    const letter = { _id: 'dead_1', workspaceId, siteId: 's', sessionId: 's', reason: `x ${planted.sent} x`, receivedAt: new Date(at) };
    await DeadLetter.create([letter]);
    assert.ok(isIn(await everythingStored(), planted));
  });

  function envelopeOf({ events, recorded: found, sheets, faults, context: surroundings, traits }: Draft): IngestEnvelope {
    const chunks = found.length === 0 ? [] : found.map((one, seq) => ({ seq, events: [one] }));
    return ingestEnvelope.parse({
      ...sentBatch(platform, newBrowser()),
      identity: { email: `${randomUUID()}@visitor.example`, traits },
      events,
      chunks: together(chunks),
      sheets,
      faults: faults.slice(0, 3),
      context: surroundings,
    });
  }

  /** As one chunk: what belongs together stays in its order. */
  function together(chunks: readonly { readonly events: readonly Json[] }[]): Json[] {
    return chunks.length === 0 ? [] : [{ seq: 0, events: chunks.flatMap(({ events }) => events) }];
  }

  /** Every stored text, and the recordings both as they are and as they read. */
  async function everythingStored(): Promise<string> {
    const { members: _members, contacts = [], ...dump } = await dumpDatabase(platform);
    const chunks = await RecordingChunk.find({}).setOptions(acrossWorkspaces);
    const sheets = await Stylesheet.find({}).setOptions(acrossWorkspaces);
    const bodies = [...chunks, ...sheets].map(({ body }) => zstdDecompressSync(body).toString());
    const people = contacts.map((row) => row.replace(/[\w-]+@visitor\.example/g, ''));
    const read = bodies.map((body) =>
      Array.from(body.matchAll(/"(?:textContent|value)":"((?:[^"\\]|\\.)*)"/g), ([, part]) => part).join(''),
    );
    return [...Object.values(dump).flat(), ...people, ...bodies, ...read].map(unquoted).join('\n');
  }

  /** Without JSON's own escapes. */
  function unquoted(json: string): string {
    return json.replaceAll('\\"', '"').replaceAll('\\\\', '\\');
  }

  function isIn(stored: string, { secret, sent }: Planted): boolean {
    return (
      stored.includes(sent) || stored.includes(secret) || stored.includes(encodeURIComponent(secret)) || stored.includes(decodeOnce(sent))
    );
  }
});
