/** Where the pointer is, and what it does. */
import { source } from './format.ts';
import { guard, listen, targetOf } from './host.ts';
import { emitIncrement } from './outbox.ts';
import { sign } from './signs.ts';

const sampleMs = 50;
const batchMs = 500;
const interactions: Readonly<Record<string, number>> = {
  pointerup: 0,
  pointerdown: 1,
  click: 2,
  contextmenu: 3,
  dblclick: 4,
  focus: 5,
  blur: 6,
  touchcancel: 10,
};
const moves: Readonly<Record<string, number>> = { mousemove: source.mouseMove, touchmove: source.touchMove, drag: source.drag };
/** A finger's down and up have numbers of their own. */
const byFinger: Readonly<Record<number, number>> = { 0: 9, 1: 7 };
const pointerTypes: Readonly<Record<string, number>> = { mouse: 0, pen: 1, touch: 2 };

/** The id of what an event is about; -1 where it is not in the recording. */
export type IdOf = (target: EventTarget | null | undefined) => number;

interface Position {
  readonly x: number;
  readonly y: number;
  readonly id: number;
  readonly at: number;
}

let positions: Position[] = [];
let kind: number = source.mouseMove;
let lastAt = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

export function watchPointer(root: Document, idOf: IdOf): void {
  listen(root, Object.keys(moves).join(' '), moved);
  listen(root, Object.keys(interactions).join(' '), interacted);
  currentIdOf = idOf;
}

let currentIdOf: IdOf;

const moved = guard((event: Event) => {
  const now = Date.now();
  if (now - lastAt < sampleMs) return;
  lastAt = now;
  sign();
  const kindNow = moves[event.type] ?? source.mouseMove;
  if (kindNow !== kind) writeMoves();
  kind = kindNow;
  const place = placeOf(event);
  if (place) positions.push({ ...place, id: currentIdOf(targetOf(event)), at: now });
  timer ??= setTimeout(guard(writeMoves), batchMs);
});

const interacted = guard((event: Event) => {
  const id = currentIdOf(targetOf(event));
  if (id < 0) return;
  const by = pointerTypes[Reflect.get(event, 'pointerType')];
  const own = interactions[event.type] ?? 0;
  const type = by === pointerTypes.touch ? (byFinger[own] ?? own) : own;
  const tells = by !== undefined && (own > 1 || by === pointerTypes.pen);
  writeMoves();
  emitIncrement({
    source: source.mouseInteraction,
    type,
    id,
    ...placeOf(event),
    ...(tells && { pointerType: by }),
  });
});

/** Before a full snapshot too: its ids are others. */
export function writeMoves(): void {
  clearTimeout(timer);
  timer = undefined;
  if (positions.length === 0) return;
  const now = Date.now();
  emitIncrement({ source: kind, positions: positions.map(({ x, y, id, at }) => ({ x, y, id, timeOffset: at - now })) });
  positions = [];
}

function placeOf(event: Event): { x: number; y: number } | undefined {
  const { clientX: x, clientY: y } = Reflect.get(event, 'changedTouches')?.[0] ?? event;
  return x === undefined ? undefined : { x, y };
}
