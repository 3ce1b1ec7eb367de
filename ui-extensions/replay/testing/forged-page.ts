/** Writes recordings by hand, as somebody would who holds nothing but the site key. */

export type Raw = Readonly<Record<string, unknown>>;

/** The body's id, for changes to what is in it. */
export const bodyId = 4;
export const startAt = 1_700_000_000_000;

let nextId = 100;

export function element(tagName: string, attributes: Raw = {}, ...childNodes: Raw[]): Raw {
  return { type: 2, id: nextId++, tagName, attributes, childNodes };
}

export function svg(tagName: string, attributes: Raw = {}, ...childNodes: Raw[]): Raw {
  return { ...element(tagName, attributes, ...childNodes), isSVG: true };
}

export function text(textContent: string): Raw {
  return { type: 3, id: nextId++, textContent };
}

export function idOf(node: Raw): number {
  return typeof node.id === 'number' ? node.id : 0;
}

/** What is in a page, and what happens to it. */
export interface Forgery {
  readonly nodes: readonly Raw[];
  readonly changes: readonly Raw[];
}

/** A page whose visible sign of life is `Still here`, with `nodes` in its body, and what happens next. */
export function forge(nodes: readonly Raw[], changes: readonly Raw[] = []): Raw[] {
  const sign = { type: 2, id: 5, tagName: 'p', attributes: {}, childNodes: [{ type: 3, id: 6, textContent: 'Still here' }] };
  const body = { type: 2, id: bodyId, tagName: 'body', attributes: {}, childNodes: [sign, ...nodes] };
  const head = { type: 2, id: 3, tagName: 'head', attributes: {}, childNodes: [] };
  const html = { type: 2, id: 2, tagName: 'html', attributes: {}, childNodes: [head, body] };
  const node = { type: 0, id: 1, childNodes: [html] };
  return [
    { type: 4, timestamp: startAt, data: { href: 'http://site.example/', width: 800, height: 600 } },
    { type: 2, timestamp: startAt, data: { node, initialOffset: { top: 0, left: 0 } } },
    ...changes.map((data, index) => ({ type: 3, timestamp: startAt + 20 + index, data })),
    { type: 3, timestamp: startAt + 150, data: { source: 3, id: 1, x: 0, y: 1 } },
  ];
}

/** A mutation. */
export function change(parts: Raw): Raw {
  return { source: 0, texts: [], attributes: [], removes: [], adds: [], ...parts };
}

export function add(node: Raw, parentId = bodyId, nextIdOfAdd: number | null = null): Raw {
  return { parentId, nextId: nextIdOfAdd, node };
}

export function recording(events: readonly unknown[], more: Raw = {}): Raw {
  const tabs = [{ tab: 'one', events }];
  return { sessionId: 's1', startedAt: '2026-11-20T10:00:00.000Z', live: false, tabs, missingChunks: 0, marks: [], pages: [], ...more };
}
