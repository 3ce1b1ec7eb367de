/** Looks at neighbouring texts of a page as one: a card number in four spans, an e-mail address with its `@` in bold. */
import { cardWindows } from '../ingest/scrub-cards.ts';
import { findIn } from '../ingest/scrub-joined.ts';
import { type MirrorNode, step, type TextMirror } from './text-mirror.ts';

const reach = { back: 12, ahead: 200, steps: 400, cells: 20 } as const;
const digitsOnly = /^\s*\d{1,6}\s*$/;

export interface Joined {
  /** Texts of earlier events that turned out to be a part of a find. */
  readonly earlier: readonly { readonly id: number; readonly value: string }[];
}

/** Redacts what only shows when texts are read together; those of the event that is being cleaned in their place. */
export function joinTexts(mirror: TextMirror, note: (kind: string) => void): Joined {
  const earlier = new Map<number, string>();
  const write = (node: MirrorNode, text: string) => {
    if (node.text === text) return;
    node.text = text;
    if (node.holder === null) earlier.set(node.id, text);
    else node.holder.write(text);
  };
  const touched = mirror.takeTouched();
  const done = new Set<MirrorNode>();
  for (const node of touched) {
    if (!done.has(node)) redactLine(lineAround(node, done), { write, note });
  }
  for (const node of touched.filter(isCell)) redactCells(cellsAround(node), { write, note });
  for (const node of touched) node.holder = null;
  return { earlier: Array.from(earlier, ([id, value]) => ({ id, value })) };
}

interface Pen {
  write(node: MirrorNode, text: string): void;
  note(kind: string): void;
}

function redactLine(line: readonly MirrorNode[], { write, note }: Pen): void {
  if (line.length < 2) return;
  const found = findIn(line.map((node) => node.text ?? ''));
  if (found === null) return;
  for (const kind of found.kinds) note(kind);
  for (const [index, node] of line.entries()) write(node, found.texts[index] ?? '');
}

/** The texts that stand in one line with this one. What was looked at whole is done. */
function lineAround(node: MirrorNode, done: Set<MirrorNode>): MirrorNode[] {
  const before = walk(node, { direction: 'previous', most: reach.back, overBreaks: false });
  const after = walk(node, { direction: 'next', most: reach.ahead, overBreaks: false });
  const seen = after.length < reach.ahead ? after : after.slice(0, -reach.back);
  for (const one of seen) done.add(one);
  return [...before.reverse(), node, ...after];
}

interface Walk {
  readonly direction: 'next' | 'previous';
  readonly most: number;
  readonly overBreaks: boolean;
}

function walk(from: MirrorNode, { direction, most, overBreaks }: Walk): MirrorNode[] {
  const found: MirrorNode[] = [];
  let node = step(from, direction, overBreaks);
  for (let steps = 0; node !== null && steps < reach.steps && found.length < most; steps += 1) {
    if (node.text !== null && (overBreaks ? node.text.trim() !== '' : node.text !== '')) {
      if (overBreaks && !isCell(node)) break;
      found.push(node);
    }
    node = step(node, direction, overBreaks);
  }
  return found;
}

function isCell({ text }: MirrorNode): boolean {
  return text !== null && digitsOnly.test(text);
}

/** A card in boxes of four digits: each box is a block of its own. */
function cellsAround(node: MirrorNode): MirrorNode[] {
  const before = walk(node, { direction: 'previous', most: reach.cells, overBreaks: true });
  return [...before.reverse(), node, ...walk(node, { direction: 'next', most: reach.cells, overBreaks: true })];
}

function redactCells(cells: readonly MirrorNode[], { write, note }: Pen): void {
  if (!cells.every(isCell)) return;
  for (const [from, to] of cardWindows(cells.map(({ text }) => (text ?? '').trim()))) {
    note('card');
    for (const [index, cell] of cells.slice(from, to + 1).entries()) write(cell, index === 0 ? '[card]' : '');
  }
}
