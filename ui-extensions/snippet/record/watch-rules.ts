/** Rules that scripts put into stylesheets, take out of them and change. */
import { isObject, source } from './format.ts';
import { isFresh, knownOf } from './known-nodes.ts';
import { maskProperty } from './mask-attributes.ts';
import { emitIncrement } from './outbox.ts';
import { whenIsCalled } from './patch.ts';
import { forgetSheet, keepsPlaces, scrubRule } from './sheets.ts';
import { adoptedId } from './watch-adopted.ts';

interface Step {
  readonly sheet: CSSStyleSheet;
  readonly source: number;
  readonly what: Record<string, unknown>;
}

interface Patience {
  /** Something is to be written soon. */
  readonly wake: () => void;
  /** The sheet of this element has to be written as a whole. */
  readonly rewrite: (owner: Node) => void;
  readonly isRewritten: (owner: Node) => boolean;
}

let steps: Step[] = [];
let patience: Patience;

export function watchRules(page: Window & typeof globalThis, given: Patience): void {
  patience = given;
  const { CSSStyleSheet: Sheet, CSSStyleDeclaration: Declaration } = page;
  const sheet = Sheet.prototype;
  whenIsCalled(sheet, 'insertRule', (self: CSSStyleSheet, [rule, index]) =>
    add(self, { adds: [{ rule: scrubbed(rule, self), index: Number(index) || 0 }] }),
  );
  whenIsCalled(sheet, 'deleteRule', (self: CSSStyleSheet, [index]) => add(self, { removes: [{ index: Number(index) }] }));
  for (const name of ['replace', 'replaceSync'])
    whenIsCalled(sheet, name, (self: CSSStyleSheet, [text]) => add(self, { [name]: scrubbed(text, self) }));
  for (const name of ['addRule', 'removeRule']) whenIsCalled(sheet, name, (self: CSSStyleSheet) => add(self, null));
  for (const group of [page.CSSGroupingRule, page.CSSStyleRule]) {
    whenIsCalled(group.prototype, 'insertRule', (self: CSSGroupingRule, [rule, index]) => {
      const of = self.parentStyleSheet;
      if (of) add(of, { adds: [{ rule: scrubbed(rule, of), index: [...placesOf(self), Number(index) || 0] }] });
    });
    whenIsCalled(group.prototype, 'deleteRule', (self: CSSGroupingRule, [index]) => {
      if (self.parentStyleSheet) add(self.parentStyleSheet, { removes: [{ index: [...placesOf(self), Number(index)] }] });
    });
  }
  whenIsCalled(Declaration.prototype, 'setProperty', (self: CSSStyleDeclaration, [property, value, priority]) => {
    const set = { property, value: value == null ? null : maskProperty(String(property), String(value)), priority: priority || '' };
    addDeclaration(self, { set });
  });
  whenIsCalled(Declaration.prototype, 'removeProperty', (self: CSSStyleDeclaration, [property]) =>
    addDeclaration(self, { remove: { property } }),
  );
}

/** Writes what was done to sheets that are in the recording already, in order. `asTheyAre`: those that were written just now. */
export function writeRules(asTheyAre: ReadonlySet<CSSStyleSheet>): void {
  for (const { sheet, source: from, what } of together(steps)) {
    const owner = sheet.ownerNode;
    if (owner && patience.isRewritten(owner)) continue;
    const known = owner ? knownOf(owner) : undefined;
    if (known && !isFresh(known)) emitIncrement({ source: from, id: known.id, ...what });
    const styleId = owner || asTheyAre.has(sheet) ? undefined : adoptedId(sheet);
    if (styleId) emitIncrement({ source: from, styleId, ...what });
  }
  forgetRules();
}

export function forgetRules(): void {
  steps = [];
}

export function pendingRules(): number {
  return steps.length;
}

function add(sheet: CSSStyleSheet, what: Record<string, unknown> | null, from: number = source.styleSheetRule): void {
  forgetSheet(sheet);
  const owner = sheet.ownerNode;
  if (owner ? !knownOf(owner) : !adoptedId(sheet)) return;
  const isWhole = !what || (owner && (patience.isRewritten(owner) || !keepsPlaces(sheet)));
  if (!isWhole) steps.push({ sheet, source: from, what });
  else if (owner) patience.rewrite(owner);
  patience.wake();
}

function addDeclaration(style: CSSStyleDeclaration, what: Record<string, unknown>): void {
  const rule = style.parentRule;
  if (rule?.parentStyleSheet) add(rule.parentStyleSheet, { ...what, index: placesOf(rule) }, source.styleDeclaration);
}

/** Where a rule is: its place among its siblings, from the sheet down. */
function placesOf(rule: CSSRule): number[] {
  const places: number[] = [];
  for (let each: CSSRule | null = rule; each; each = each.parentRule) {
    const within = each.parentRule ?? each.parentStyleSheet;
    if (within && 'cssRules' in within && isList(within.cssRules)) places.unshift(Array.prototype.indexOf.call(within.cssRules, each));
  }
  return places;
}

function isList(value: unknown): value is CSSRuleList {
  return isObject(value) && 'length' in value;
}

function scrubbed(rule: unknown, sheet: CSSStyleSheet): string {
  return scrubRule(String(rule), sheet);
}

/** Rules that were put into one sheet one after the other leave as one event. */
function together(all: readonly Step[]): Step[] {
  const joined: Step[] = [];
  for (const step of all) {
    const last = joined.at(-1);
    if (last?.sheet === step.sheet && Array.isArray(last.what.adds) && Array.isArray(step.what.adds))
      last.what.adds.push(...step.what.adds);
    else joined.push(step);
  }
  return joined;
}
