/**
 * Node ids and moments as the distance from the one before: what a page repeats is then the same text each time, and packs three to six
 * times smaller. Changes the events in place: they are many, and nobody else has them. The core packs with it, the player reads with it.
 */
import { isObject } from '#contract/recording.ts';
import type { RecordedEvent, RecordedIncrement } from '#contract/recording-events.ts';

/** Answers what stands for the number. */
type Shift = (value: number) => number;

export function toDistances(events: readonly RecordedEvent[]): void {
  shiftAll(events, () => {
    let before = 0;
    return (value) => {
      const distance = value - before;
      before = value;
      return distance;
    };
  });
}

/** Undoes `toDistances`. */
export function fromDistances(events: readonly RecordedEvent[]): void {
  shiftAll(events, () => {
    let before = 0;
    return (distance) => {
      before += distance;
      return before;
    };
  });
}

function shiftAll(events: readonly RecordedEvent[], start: () => Shift): void {
  const [moment, id] = [start(), start()];
  for (const event of events) {
    event.timestamp = moment(event.timestamp);
    if (event.type === 2) shiftTree(event.data.node, id);
    else if (event.type === 3) shiftIncrement(event.data, id);
  }
}

function shiftIncrement(data: RecordedIncrement, id: Shift): void {
  if (data.source === 0) {
    shiftList(data.removes, id);
    for (const add of data.adds) {
      add.parentId = id(add.parentId);
      if (add.nextId !== null) add.nextId = id(add.nextId);
      shiftTree(add.node, id);
    }
    shiftList(data.texts, id);
    shiftList(data.attributes, id);
  } else if ('positions' in data) shiftList(data.positions, id);
  else if ('id' in data && data.id !== undefined) data.id = id(data.id);
}

function shiftList(list: readonly { id: number; parentId?: number }[], id: Shift): void {
  for (const item of list) {
    if (item.parentId !== undefined) item.parentId = id(item.parentId);
    item.id = id(item.id);
  }
}

/** In the order of the document, in which a recorder numbers what it finds. Without recursion: the tree may be deep. */
function shiftTree(root: unknown, id: Shift): void {
  const stack: unknown[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if ('id' in node && typeof node.id === 'number') node.id = id(node.id);
    const children = isObject(node) ? node.childNodes : undefined;
    if (Array.isArray(children)) for (let place = children.length - 1; place >= 0; place -= 1) stack.push(children[place]);
  }
}
