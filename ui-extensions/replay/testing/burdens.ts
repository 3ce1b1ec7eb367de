/** Recordings that try to bring the viewer's browser to its knees. */
import { add, bodyId, change, element, forge, idOf, type Raw, recording, startAt, svg, text } from './forged-page.ts';

/** Refused with a message. */
export const tooLarge: Readonly<Record<string, () => Raw[]>> = {
  'a page of 300,000 elements': () =>
    forge(Array.from({ length: 300_000 }, (_, id) => ({ type: 2, id: 1000 + id, tagName: 'b', attributes: {}, childNodes: [] }))),
  'nodes put into each other, one by one, 2,000 deep': () =>
    forge(
      [],
      [
        change({
          adds: Array.from({ length: 2_000 }, (_, at) => add({ ...element('b'), id: 10_000 + at }, at === 0 ? bodyId : 9_999 + at)),
        }),
      ],
    ),
  'a million positions of the mouse': () =>
    forge(
      [],
      Array.from({ length: 250 }, () => ({
        source: 1,
        positions: Array.from({ length: 4_000 }, () => ({ x: 1, y: 1, id: bodyId, timeOffset: -1 })),
      })),
    ),
  '30 million characters of text': () => forge(Array.from({ length: 30 }, () => text('x'.repeat(1_000_000)))),
  'half a million events': () => [...forge([]), ...Array.from({ length: 500_000 }, () => ({ type: 3, timestamp: startAt, data: 0 }))],
};

/** Played, with what is wrong left out. */
export const mended: Readonly<Record<string, () => unknown[]>> = {
  'a selector nested 20,000 times': () =>
    forge([element('style', { _cssText: `p${':not('.repeat(20_000)}b${')'.repeat(20_000)}{color:red}` })]),
  'a selector of 100,000 parts': () => forge([element('style', { _cssText: `${'p '.repeat(100_000)}{color:red}` })]),
  'rules nested 5,000 times': () => forge([element('style', {}, text(`${'@media all{'.repeat(5_000)}p{color:red}`))]),
  'one id for many nodes': () =>
    forge(Array.from({ length: 50 }, () => ({ ...element('b', {}, { type: 3, id: 77, textContent: 'x' }), id: 77 }))),
  'a node inside itself': () => {
    const [outer, inner] = [element('div'), element('div')];
    return forge(
      [outer],
      [
        change({ adds: [add(inner, idOf(outer))] }),
        change({ adds: [add(outer, idOf(inner))] }),
        change({ adds: [add({ ...element('b'), id: 800 }, 801), add({ ...element('b'), id: 801 }, 800)] }),
        change({ adds: [add({ ...element('b'), id: 802 }, bodyId, 803), add({ ...element('b'), id: 803 }, bodyId, 802)] }),
        ...Array.from({ length: 20 }, (_, at) => change({ adds: [add({ ...element('b'), id: 900 + at }, bodyId, 5_000)] })),
        change({
          removes: [
            { id: 1, parentId: 1 },
            { id: idOf(inner), parentId: bodyId },
          ],
        }),
      ],
    );
  },
  'times that are none': () => [
    ...forge([]),
    ...[Number.NaN, -1, 0, 2 ** 53, Number.MAX_VALUE, 1e-9, '5', null].map((timestamp) => ({
      type: 3,
      timestamp,
      data: { source: 3, id: 1, x: 0, y: 0 },
    })),
    { type: 4, timestamp: startAt + 1, data: { href: '', width: 1e9, height: -5 } },
    { type: 3, timestamp: startAt + 2, data: { source: 1, positions: [{ x: 1e300, y: null, id: 1, timeOffset: -1e12 }] } },
    { type: 3, timestamp: startAt + 3, data: { source: 4, width: 900_000, height: 900_000 } },
  ],
  'rules at places that are none': () => {
    const style = element('style', { _cssText: 'p{color:red}' });
    return forge(
      [style],
      [
        { source: 13, id: idOf(style), index: Array.from({ length: 50_000 }, () => 0), set: { property: 'color', value: 'red' } },
        { source: 8, id: idOf(style), removes: [{ index: Array.from({ length: 50_000 }, () => 0) }] },
        { source: 13, id: idOf(style), index: [9, 9, 9], remove: { property: 'color' } },
        { source: 2, type: 99, id: bodyId },
        { source: 2, type: 5, id: 123_456 },
      ],
    );
  },
  'two documents in one': () => {
    const events = forge([]);
    const extra = { type: 2, id: 700, tagName: 'html', attributes: {}, childNodes: [] };
    return events.map((event) =>
      event.type === 2
        ? {
            ...event,
            data: JSON.parse(
              JSON.stringify(event.data).replace(
                '"childNodes":[',
                `"childNodes":[{"type":3,"id":701,"textContent":"x"},${JSON.stringify({ ...extra, tagName: 'p' })},`,
              ),
            ),
          }
        : event,
    );
  },
  'a modal dialog and a field that wants the keyboard': () => {
    const field = element('input', { autofocus: '' });
    const dialog = element(
      'dialog',
      { open: '', rr_open_mode: 'modal' },
      field,
      element('div', { contenteditable: 'true', tabindex: '0' }, text('x')),
    );
    return forge(
      [dialog, svg('svg', {}, svg('a', { tabindex: '0', autofocus: '' }))],
      [
        { source: 2, type: 5, id: idOf(field) },
        { source: 5, id: idOf(field), text: 'x', isChecked: true },
      ],
    );
  },
  'nothing that is an event': (): unknown[] => [
    ...forge([]),
    null,
    1,
    'x',
    [],
    {},
    { type: 3 },
    { type: 2, timestamp: startAt, data: {} },
    { type: 6, timestamp: startAt, data: { plugin: 'x' } },
    { type: 7, timestamp: startAt, data: { url: 'http://x' } },
  ],
};

/** As JSON: nothing that writes JSON goes so deep. */
export function deepPage(depth: number): string {
  const hole = text('HOLE');
  const open = Array.from(
    { length: depth },
    (_, at) => `{"type":2,"id":${10_000 + at},"tagName":"div","attributes":{},"childNodes":[`,
  ).join('');
  return JSON.stringify(recording(forge([hole]))).replace(JSON.stringify(hole), () => open + ']}'.repeat(depth));
}
