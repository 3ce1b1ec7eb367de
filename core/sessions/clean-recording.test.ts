import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fieldMask } from '#contract/recording.ts';
import { cleanRecordingEvents, openCleaner } from './clean-recording.ts';

type Json = Readonly<Record<string, unknown>>;

const at = 1_790_000_000_000;
let nextId = 10;

function element(tagName: string, attributes: Json = {}, ...childNodes: Json[]): Json {
  return { type: 2, id: nextId++, tagName, attributes, childNodes };
}

function text(textContent: string): Json {
  return { type: 3, id: nextId++, textContent };
}

function snapshot(...nodes: Json[]): Json {
  const body = { type: 2, id: 3, tagName: 'body', attributes: {}, childNodes: nodes };
  const html = { type: 2, id: 2, tagName: 'html', attributes: {}, childNodes: [body] };
  return { type: 2, timestamp: at, data: { node: { type: 0, id: 1, childNodes: [html] }, initialOffset: { top: 0, left: 0 } } };
}

function increment(data: Json): Json {
  return { type: 3, timestamp: at + 1, data };
}

function mutation(parts: Json): Json {
  return increment({ source: 0, texts: [], attributes: [], removes: [], adds: [], ...parts });
}

function stored(...events: unknown[]): string {
  return JSON.stringify(cleanRecordingEvents(events).events);
}

const secrets = [
  'ada.park@example.com',
  '4111111111111111',
  'DE89370400440532013000',
  '+4915112345678',
  '078-05-1120',
  'sk_live_51Habcdefgh',
  'eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl',
];

/** Every place of a recording that can hold a string. */
const places: Readonly<Record<string, (secret: string) => unknown[]>> = {
  'the text of the page': (s) => [snapshot(element('p', {}, text(`Hello ${s}!`)))],
  'the title': (s) => [snapshot(element('title', {}, text(s)))],
  'a comment': (s) => [snapshot({ type: 5, id: 90, textContent: s })],
  'a noscript or a script': (s) => [snapshot(element('noscript', {}, text(s)), element('script', { type: 'application/json' }, text(s)))],
  'meta content': (s) => [snapshot(element('meta', { name: 'description', content: s, property: s }))],
  'attributes that are dropped': (s) => [
    snapshot(element('div', { title: s, 'data-user': s, 'aria-label': s, alt: s, name: s, [s]: s, 'my-attr': s })),
  ],
  'attributes that are kept': (s) => [
    snapshot(element('div', { class: `card ${s}`, id: s, role: s, lang: s, 'data-state': s, 'aria-expanded': s })),
  ],
  addresses: (s) => [
    snapshot(
      element('a', { href: `https://x.com/u/${s}?q=${s}#${s}` }),
      element('img', { src: `https://x.com/${s}.png`, srcset: s }),
      element('a', { href: `mailto:${s}` }),
    ),
  ],
  'a data document': (s) => [
    snapshot(element('img', { src: `data:image/svg+xml,${s}` }), element('iframe', { srcdoc: s, src: `data:text/html,${s}` })),
  ],
  CSS: (s) => [
    snapshot(
      element('style', { _cssText: `p::after{content:"${s}"} .x{background:url(https://x.com/${s})} /* ${s} */` }),
      element('style', {}, text(`q{quotes:"${s}"}`)),
    ),
  ],
  'an inline style': (s) => [snapshot(element('p', { style: `background:url("https://x.com/?${s}");--x:"${s}"` }))],
  'a drawing': (s) => [snapshot({ ...element('text', { d: s, points: s, transform: s }, text(s)), isSVG: true })],
  'a change of text': (s) => [mutation({ texts: [{ id: 5, value: s }] })],
  'a change of attributes': (s) => [
    mutation({
      attributes: [{ id: 5, attributes: { title: s, class: s, href: `/${s}`, value: s, style: { content: `"${s}"`, [s]: s } } }],
    }),
  ],
  'an added node': (s) => [
    mutation({
      adds: [
        { parentId: 3, nextId: null, node: element('p', { title: s, id: s }, text(s)) },
        { parentId: 3, nextId: null, node: text(s) },
      ],
    }),
  ],
  'what is typed': (s) => [increment({ source: 5, id: 5, text: s, isChecked: true })],
  rules: (s) => [
    increment({ source: 8, id: 5, adds: [{ rule: `a{content:"${s}"}` }], replace: `a{content:"${s}"}` }),
    increment({ source: 15, id: 1, styles: [{ styleId: 1, rules: [{ rule: `a{content:"${s}"}` }] }], styleIds: [1] }),
    increment({ source: 13, id: 5, index: [0], set: { property: 'content', value: `"${s}"` } }),
  ],
  'the address of the page': (s) => [{ type: 4, timestamp: at, data: { href: `https://x.com/${s}?email=${s}#${s}`, width: 1, height: 1 } }],
  'events that are none of ours': (s) => [
    { type: 5, timestamp: at, data: { tag: s, payload: s } },
    { type: 6, timestamp: at, data: { plugin: 'rrweb/console@1', payload: { trace: [s] } } },
    { type: 0, timestamp: at, data: { s } },
    { type: 1, timestamp: at, data: s, extra: s },
    increment({ source: 11, payload: [s] }),
    increment({ source: 9, id: 5, type: 0, property: 'fillText', args: [s] }),
    increment({ source: 10, family: s, fontSource: s, buffer: false }),
    increment({ source: 3, id: 5, x: 0, y: 0, note: s }),
  ],
  'keys that a browser would not send': (s) => [snapshot({ ...element('p', {}, text('x')), needBlock: s, extra: { deep: s }, rootId: s })],
};

describe('cleaning a recording', () => {
  for (const [place, plant] of Object.entries(places)) {
    it(`lets nothing that identifies a person through in ${place}`, () => {
      for (const secret of secrets) assert.ok(!stored(...plant(secret)).includes(secret), secret);
    });
  }

  const planted = '%PLANTED%';
  const fields: Readonly<Record<string, Json>> = {
    'an input': element('input', {
      type: 'text',
      value: planted,
      placeholder: planted,
      title: planted,
      'aria-label': planted,
      checked: planted,
    }),
    'a hidden input': element('input', { type: 'hidden', value: planted, name: planted }),
    'a submit button of a form': element('input', { type: 'submit', value: planted }),
    'a textarea': element('textarea', { placeholder: planted, value: planted }, text(planted)),
    'a select': element(
      'select',
      { value: planted },
      element('optgroup', { label: planted }, element('option', { value: planted, label: planted, selected: true }, text(planted))),
    ),
    'a datalist': element('datalist', {}, element('option', { value: planted }, text(planted))),
    'an editable element': element('div', { contenteditable: 'true' }, element('p', {}, text(planted), element('b', {}, text(planted)))),
    'an element that is editable by name': element('div', { contenteditable: 'plaintext-only' }, text(planted)),
  };
  for (const [name, field] of Object.entries(fields)) {
    it(`keeps nothing of what ${name} holds`, () => assert.ok(!stored(snapshot(field)).includes(planted)));
  }

  it('masks what is typed by one length, and says only whether something was', () => {
    const typed = (value: string) => increment({ source: 5, id: 5, text: value, isChecked: true, userTriggered: true });
    const { events, caught } = cleanRecordingEvents([typed('a'), typed('a much longer secret'), typed('')]);
    const texts = events.map((event) => (event.type === 3 && event.data.source === 5 ? [event.data.text, event.data.isChecked] : []));
    assert.deepEqual(texts, [
      [fieldMask, false],
      [fieldMask, false],
      ['', false],
    ]);
    assert.deepEqual(caught, { field: 2 });
  });

  it('masks what is changed in a field that it has seen', () => {
    const words = text('before');
    const box = element('div', { contenteditable: '' }, words);
    const later = element('div', {}, text('x'));
    const clean = stored(
      snapshot(box, later),
      mutation({ texts: [{ id: words.id, value: planted }] }),
      mutation({ adds: [{ parentId: box.id, nextId: null, node: text(planted) }] }),
      mutation({ attributes: [{ id: later.id, attributes: { contenteditable: 'true' } }] }),
      mutation({ adds: [{ parentId: later.id, nextId: null, node: text(planted) }] }),
    );
    assert.ok(!clean.includes(planted));
  });

  it('knows a field of an earlier chunk', () => {
    const words = text('before');
    const cleaner = openCleaner();
    cleaner.clean([snapshot(element('div', { contenteditable: 'true' }, words))]);
    const later = cleaner.clean([mutation({ texts: [{ id: words.id, value: planted }] })]);
    assert.ok(!JSON.stringify(later).includes(planted));
    assert.deepEqual(cleaner.caught(), { field: 2 });
  });

  const parted: Readonly<Record<string, () => unknown[]>> = {
    'a card in spans': () => [
      snapshot(element('p', {}, ...['4111', ' 1111', ' 1111', ' 1111'].map((part) => element('span', {}, text(part))))),
    ],
    'a card in boxes': () => [snapshot(...['4111', '1111', '1111', '1111'].map((part) => element('div', {}, text(part))))],
    'an address with a bold @': () => [snapshot(element('p', {}, text('ada.park'), element('b', {}, text('@')), text('example.com')))],
    'a card in wide digits with nothing between': () => [
      snapshot(element('p', {}, text('４１１１\u200b１１１１'), element('i', {}, text('１１１１1111')))),
    ],
    'a card that comes piece by piece': () =>
      ['4111', '1111', '1111', '1111'].map((part) => mutation({ adds: [{ parentId: 3, nextId: null, node: text(part) }] })),
  };
  for (const [what, plant] of Object.entries(parted)) {
    it(`sees ${what}, and leaves no half of it`, () => {
      const { events, caught } = cleanRecordingEvents(plant());
      assert.deepEqual(Object.values(caught), [1]);
      const texts = Array.from(JSON.stringify(events).matchAll(/"(?:textContent|value)":"([^"]*)"/g), ([, part]) => part).join('');
      assert.doesNotMatch(texts, what.includes('piece by piece') ? /4111.*1111$/ : /4111|1111|１|ada|example/);
    });
  }

  it('leaves numbers of neighbouring cells and words as they are', () => {
    const cells = ['2019', '2020', '4200', '1350', '€49', '12.50', '30'].map((part) => element('td', {}, text(part)));
    const page = snapshot(
      element('table', {}, element('tr', {}, ...cells)),
      element('p', {}, text('From '), element('b', {}, text('€49')), text(' to '), element('b', {}, text('€1,299.00'))),
    );
    assert.deepEqual(cleanRecordingEvents([page]).caught, {});
  });

  it('tells what it caught', () => {
    const page = snapshot(
      element('p', { onclick: 'x()' }, text('ada@x.com')),
      element('textarea', {}, text('secret')),
      element('p', {}, text('bob@x.com')),
    );
    assert.deepEqual(cleanRecordingEvents([page]).caught, { markup: 1, email: 2, field: 1 });
  });

  it('leaves an ordinary page as it was', () => {
    const page = snapshot(
      element('style', { _cssText: '.plan:hover{color:red}@media (max-width:600px){.plan{width:50%}}' }),
      element(
        'main',
        { class: 'plans grid', id: 'top', style: 'width: 100%' },
        element('h1', {}, text('Plans for 2027')),
        element('a', { href: 'https://x.com/pricing' }, text('€49 per month')),
      ),
      { ...element('svg', { viewBox: '0 0 24 24' }, { ...element('path', { d: 'M12.5 3.25l9 -4.0625z' }), isSVG: true }), isSVG: true },
    );
    const { events, caught } = cleanRecordingEvents([page]);
    const [event] = events;
    assert.deepEqual(caught, {});
    assert.deepEqual(JSON.parse(JSON.stringify(event?.type === 2 && event.data.node)), {
      ...Object(Object(page.data).node),
      compatMode: 'CSS1Compat',
    });
  });

  it('keeps the icons of a sprite, and a link within the page without its hash', () => {
    const use = { ...element('use', { href: '#icon-alert' }), id: 70, isSVG: true };
    const page = snapshot(element('a', { href: '#ada-park' }), { ...element('svg', {}, use), isSVG: true });
    const change = (value: string) => ({
      ...{ type: 3, timestamp: 2 },
      data: { source: 0, adds: [], removes: [], texts: [], attributes: [{ id: 70, attributes: { href: value } }] },
    });
    const { events, caught } = cleanRecordingEvents([page, change('#icon-bell'), change('#ada@x.com'), change('#4242424242424242')]);
    const clean = JSON.stringify(events);
    assert.match(clean, /"href":"#icon-alert".*"href":"#icon-bell"/);
    assert.doesNotMatch(clean, /ada|4242/);
    assert.deepEqual(caught, { url: 1, email: 1, card: 1 });
  });

  it('puts an empty element where it drops one, so that later changes still find their place', () => {
    const clean = stored(
      snapshot(
        { ...element('script', { src: 'x.js' }, text('run()')), id: 77 },
        { ...element('iframe', { src: 'x', width: '300' }), id: 78 },
      ),
    );
    assert.match(clean, /"id":77,"tagName":"noscript","attributes":\{\},"childNodes":\[\]/);
    assert.match(clean, /"id":78,"tagName":"canvas","attributes":\{"width":"300"\},"childNodes":\[\]/);
  });

  it('survives a page nested 20,000 deep', () => {
    let deep = element('b');
    for (let depth = 0; depth < 20_000; depth += 1) deep = element('div', {}, deep);
    assert.ok(stored(snapshot(deep)).length > 10_000);
  });

  it('answers any JSON, and the same when it cleans again', () => {
    const secret = fc.constantFrom(...secrets, 'plain words', '#/route', 'https://x.com/a?b=c');
    const place = fc.constantFrom(
      ...Object.values(places),
      ...Object.values(fields).map((field) => (s: string) => [JSON.parse(JSON.stringify(snapshot(field)).replaceAll(planted, s))]),
    );
    const real = fc.tuple(secret, place).map(([s, plant]) => plant(s));
    const shaped = fc
      .record({ type: fc.integer({ min: 0, max: 7 }), timestamp: fc.oneof(fc.double(), fc.constant(at)), data: fc.jsonValue() })
      .map((event) => [event]);
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            real,
            shaped,
            fc.jsonValue().map((value) => [value]),
          ),
        ),
        (groups) => {
          const once = cleanRecordingEvents(groups.flat()).events;
          assert.deepEqual(JSON.parse(stored(...JSON.parse(JSON.stringify(once)))), JSON.parse(JSON.stringify(once)));
        },
      ),
      { numRuns: 200 },
    );
  });
});
