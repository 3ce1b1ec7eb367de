/** Attributes that the replayed page may have: none that names an address, none that does anything. */

import { attributeKind, isObject } from '#contract/recording.ts';
import { styleChange } from '#contract/recording-events.ts';
import { type AttributeValue, readAttributes } from '#contract/recording-node.ts';
import type { Budget } from './budget.ts';
import { stripCss } from './strip-css.ts';

type Owner = { readonly tagName: string; readonly isSVG: boolean };

/** `raw` is the attributes of one element as they were recorded. */
export function stripAttributes(
  raw: readonly (readonly [string, AttributeValue])[],
  owner: Owner,
  budget: Budget,
): Record<string, AttributeValue> {
  budget.spend('attributes', raw.length);
  const clean: Record<string, AttributeValue> = {};
  for (const attribute of raw) {
    const kept = stripOne(attribute, owner, budget);
    if (kept !== null) clean[kept[0]] = kept[1];
  }
  const picture = owner.tagName === 'img' ? pictureOf(raw) : null;
  return picture === null ? clean : { ...clean, src: picture };
}

type Kept = readonly [string, AttributeValue] | null;

function stripOne([name, value]: readonly [string, AttributeValue], owner: Owner, budget: Budget): Kept {
  if (typeof value === 'string') budget.spend('characters', value.length);
  const kind = attributeKind(name);
  if (kind === 'url') return stripAddress(name, value, owner);
  if (kind === 'css') return typeof value === 'string' ? [name, stripCss(value, budget)] : null;
  if (name.startsWith('rr_')) return stripOwn(name, value);
  // Editable text takes the keyboard.
  return name.toLowerCase() === 'contenteditable' ? null : [name, value];
}

/** A link keeps its looks by a mark. A reference into the page itself (an icon of a sprite, a gradient) stays. */
function stripAddress(name: string, value: AttributeValue, owner: Owner): Kept {
  if (owner.isSVG && typeof value === 'string' && /^#[\w-]{1,200}$/.test(value)) return [name, value];
  return name === 'href' && (owner.tagName === 'a' || owner.tagName === 'area') ? ['data-ll-link', ''] : null;
}

/** What rrweb adds: sizes, scroll offsets, and how a dialog is open. A modal one would take the keyboard: it is drawn as if it were. */
function stripOwn(name: string, value: AttributeValue): Kept {
  if (name === 'rr_open_mode') return value === 'modal' ? ['data-ll-modal', ''] : null;
  if (typeof value === 'number') return /^rr_scroll(Left|Top)$/.test(name) ? [name, value] : null;
  return /^rr_(width|height)$/.test(name) && typeof value === 'string' && /^\d{1,6}(\.\d{1,12})?(px|%)$/.test(value) ? [name, value] : null;
}

/** An empty picture of the size that the page gave, so that the layout stands without the image. */
function pictureOf(raw: readonly (readonly [string, AttributeValue])[]): string | null {
  const attributes = new Map(raw);
  const [width, height] = [Number(attributes.get('width')), Number(attributes.get('height'))];
  if (!(width > 0 && width <= 10_000 && height > 0 && height <= 10_000)) return null;
  return `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='${width}' height='${height}'/%3E`;
}

type Change = Record<string, string | null | Record<string, string | [string, string] | false>>;

/** A change of attributes while the page is watched. Null removes one. */
export function stripAttributeChange(raw: Readonly<Record<string, unknown>>, owner: Owner, budget: Budget): Change {
  const names = Object.keys(raw);
  budget.spend('attributes', names.length);
  const changes: Change = {};
  for (const name of names) if (raw[name] === null && attributeKind(name) !== 'dropped') changes[name] = null;
  const read = readAttributes(raw).filter(([name]) => !name.startsWith('rr_'));
  for (const [name, value] of Object.entries(stripAttributes(read, owner, budget))) changes[name] = value === true ? '' : String(value);
  const style = isObject(raw.style) ? styleChange.safeParse(raw.style) : null;
  if (style?.success === true) changes.style = stripStyle(style.data, budget);
  return changes;
}

function stripStyle(style: Readonly<Record<string, string | [string, string] | false>>, budget: Budget) {
  const clean: Record<string, string | [string, string] | false> = {};
  for (const [property, value] of Object.entries(style)) {
    if (value === false) clean[property] = value;
    else clean[property] = typeof value === 'string' ? stripCss(value, budget) : [stripCss(value[0], budget), value[1]];
  }
  return clean;
}
