import assert from 'node:assert/strict';
import { EventType, type eventWithTime, IncrementalSource } from 'rrweb';
import type { MutationData } from '../rrweb-words.ts';
import { attacks } from '../testing/attacks.ts';
import { add, bodyId, change, element, forge, idOf, type Raw, startAt, text } from '../testing/forged-page.ts';
import { startBudget } from './budget.ts';
import { stripEvents } from './strip-events.ts';

function strip(events: readonly unknown[]): eventWithTime[] {
  return stripEvents(events, startBudget());
}

function mutations(events: readonly unknown[]): MutationData[] {
  return strip(events).flatMap((event) =>
    event.type === EventType.IncrementalSnapshot && event.data.source === IncrementalSource.Mutation ? [event.data] : [],
  );
}

const addedIds = (events: readonly unknown[]) => mutations(events).map(({ adds }) => adds.map(({ node }) => node.id));

describe('stripping a recording before it is played', () => {
  // Pieces that were parted stay as words that mean nothing; that they do not join is for a browser to say.
  const told = Object.entries(attacks).filter(([name]) => name !== 'CSS cut into pieces');
  for (const [name, attack] of told) {
    it(`leaves no trace of ${name}`, () => {
      const { nodes, changes } = attack('http://evil.example');
      assert.doesNotMatch(
        JSON.stringify(strip(forge(nodes, changes))),
        /evil\.example|javascript:|"on\w+":|srcdoc|"(script|iframe|object|embed|base|meta)"/i,
      );
    });
  }

  it('begins with a page and its size, whatever came before', () => {
    const early = { type: 3, timestamp: startAt - 5, data: { source: 3, id: 1, x: 0, y: 0 } };
    const types = strip([early, ...forge([])]).map(({ type }) => type);
    assert.deepEqual(types, [EventType.Meta, EventType.FullSnapshot, EventType.IncrementalSnapshot]);
    assert.deepEqual(strip([early]), []);
  });

  it('sorts what came out of order and drops what is a day away', () => {
    const events = forge([], [change({}), change({})]);
    const strange = { type: 3, timestamp: startAt + 10 * 86_400_000, data: { source: 3, id: 1, x: 0, y: 0 } };
    const times = strip([strange, ...events].toReversed()).map(({ timestamp }) => timestamp - startAt);
    assert.deepEqual(times, [0, 0, 20, 21, 150]);
  });

  it('puts additions into an order in which each finds its parent and its neighbour', () => {
    const node = (id: number): Raw => ({ ...element('b'), id });
    const adds = [add(node(701), bodyId, 702), add(node(703), 702), add(node(702), bodyId, 704), add(node(704))];
    assert.deepEqual(addedIds(forge([], [change({ adds })])), [[704, 702, 701, 703]]);
  });

  it('cuts a circle of neighbours open, and drops what waits for a parent that never comes', () => {
    const node = (id: number): Raw => ({ ...element('b'), id });
    const adds = [
      add(node(711), bodyId, 712),
      add(node(712), bodyId, 711),
      add(node(713), 714),
      add(node(714), 713),
      add(node(715), 9_999),
    ];
    assert.deepEqual(addedIds(forge([], [change({ adds })])), [[711, 712]]);
  });

  it('lets a node move, and refuses one that is still there', () => {
    const child = element('b');
    const [from, to] = [element('div', {}, child), element('div')];
    const move = change({ removes: [{ id: idOf(child), parentId: idOf(from) }], adds: [add(child, idOf(to))] });
    const copy = change({ adds: [add(child, idOf(from))] });
    assert.deepEqual(addedIds(forge([from, to], [move, copy])), [[idOf(child)], []]);
  });

  it('keeps links looking like links', () => {
    const page = forge([
      element('a', { href: 'https://x.com' }, text('x')),
      element('style', { _cssText: 'a:link{color:red}a{grid-area:link}' }),
    ]);
    assert.match(JSON.stringify(strip(page)), /"data-ll-link":"".*a\[data-ll-link\]\{color:red\}a\{grid-area:link\}/);
  });

  it('keeps the room of a picture whose size is known', () => {
    assert.match(
      JSON.stringify(strip(forge([element('img', { src: 'https://x.com/a.png', width: '640', height: '480' })]))),
      /"src":"data:image\/svg\+xml,[^"]*width='640' height='480'/,
    );
  });
});
