/** Attributes of a recorded element, as they may be stored. */

import { attributeKind } from '#contract/recording.ts';
import { styleChange } from '#contract/recording-events.ts';
import { type AttributeValue, readAttributes } from '#contract/recording-node.ts';
import { type Cleaning, cleanSheet, cleanStyle } from './clean-state.ts';

/** The whole value of a drawing: numbers and letters of commands. */
const geometry = /^[MmLlHhVvCcSsQqTtAaZzEe\d\s.,+-]*$/;
const geometryNames = /^(d|points|transform|gradienttransform|patterntransform|viewbox|values|kernelmatrix|tablevalues|stroke-dasharray)$/i;
/** Draws nothing that anybody could see. */
const noDrawing = /(?<![.\d])(?:\d{9}|\d{3}-\d{2}-\d{4}(?!\d))/;

const reference = /^#[\w-]{1,200}$/;

export interface Owner {
  /** An input, textarea, select or option: its `aria-*` may tell what is in it. */
  readonly isField: boolean;
  readonly isSVG: boolean;
}

export function cleanAttributes(
  attributes: readonly (readonly [string, AttributeValue])[],
  owner: Owner,
  cleaning: Cleaning,
): Record<string, AttributeValue> {
  const clean: Record<string, AttributeValue> = {};
  for (const [name, value] of attributes) {
    if (owner.isField && /^aria-/i.test(name)) continue;
    const kept = typeof value === 'string' ? cleanValue(name, value, { owner, cleaning }) : value;
    if (kept !== null) clean[name] = kept;
  }
  return clean;
}

/** Counts what could run: the lists leave it out without a word. */
export function noteMarkup(raw: object, cleaning: Cleaning): void {
  const names = Object.keys(raw).filter((name) => /^on|^srcdoc$/i.test(name));
  if (names.length > 0) cleaning.note('markup', names.length);
}

function cleanValue(name: string, value: string, { owner, cleaning }: { owner: Owner; cleaning: Cleaning }): string | null {
  const kind = attributeKind(name);
  // An icon of a sprite is a reference into the page itself: cleaned as the id that it names.
  if (kind === 'url' && !(owner.isSVG && reference.test(value))) return cleaning.url(value) || null;
  if (/^_csstext$/i.test(name)) return cleanSheet(value, cleaning);
  if (kind === 'css') return cleanStyle(value, cleaning);
  if (geometryNames.test(name) && geometry.test(value) && !noDrawing.test(value)) return value;
  return cleaning.scrub(value);
}

/** A change of attributes. Null removes one; `style` may be an object of properties. */
export function cleanAttributeChange(
  change: { readonly id: number; readonly attributes: Readonly<Record<string, unknown>> },
  cleaning: Cleaning,
): Record<string, unknown> {
  noteMarkup(change.attributes, cleaning);
  const editable = change.attributes.contenteditable;
  if (typeof editable === 'string' && editable !== 'false') cleaning.typed.add(change.id);
  const removed = Object.keys(change.attributes).filter((name) => change.attributes[name] === null && attributeKind(name) !== 'dropped');
  const style = styleChange.safeParse(change.attributes.style);
  return {
    ...Object.fromEntries(removed.map((name) => [name, null])),
    ...cleanAttributes(
      readAttributes(change.attributes),
      { isField: cleaning.fields.has(change.id), isSVG: cleaning.drawings.has(change.id) },
      cleaning,
    ),
    ...(style.success && { style: cleanStyleChange(style.data, cleaning) }),
  };
}

function cleanStyleChange(style: Readonly<Record<string, string | [string, string] | false>>, cleaning: Cleaning) {
  const clean: Record<string, string | [string, string] | false> = {};
  for (const [property, value] of Object.entries(style)) {
    if (cleaning.scrub(property) !== property) continue;
    if (value === false) clean[property] = value;
    else
      clean[property] =
        typeof value === 'string' ? cleanStyle(value, cleaning) : [cleanStyle(value[0], cleaning), cleanStyle(value[1], cleaning)];
  }
  return clean;
}
