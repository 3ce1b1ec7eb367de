/** The text of the page's stylesheets, as the browser understood them, scrubbed. */
import type { Attributes } from './format.ts';
import { host } from './host.ts';
import { scrubCss } from './scrub-css.ts';

const longestWritten = 1_000;
const scrubbed = new WeakMap<CSSStyleSheet, string>();

/** After a change of its rules. */
export function forgetSheet(sheet: CSSStyleSheet): void {
  scrubbed.delete(sheet);
}

/** The scrubbed text of a sheet; null where the browser does not let us read it. */
function sheetText(sheet: CSSStyleSheet): string | null {
  const before = scrubbed.get(sheet);
  if (before !== undefined) return before;
  const text = sheet.disabled ? '' : rulesText(sheet);
  if (text === null) return null;
  const clean = scrubRule(text, sheet);
  scrubbed.set(sheet, clean);
  return clean;
}

export function scrubRule(rule: string, sheet: CSSStyleSheet): string {
  const base = sheet.href;
  const clean = scrubCss(rule, base ? { cleanUrl: (raw) => host.cleanUrl(absolute(raw, base)), scrubSecrets: host.scrubSecrets } : host);
  // A script may write what was typed into a rule. A site's own style sheet is longer, and full of words.
  return clean.length < longestWritten ? host.hideEchoes(clean) : clean;
}

/** Whether places among the rules of this sheet are the same in the recording. */
export function keepsPlaces(sheet: CSSStyleSheet): boolean {
  try {
    const [first] = sheet.cssRules;
    return !(first && 'styleSheet' in first);
  } catch {
    return false;
  }
}

export function ruleTexts(sheet: CSSStyleSheet): string[] {
  return Array.from(sheet.cssRules, (rule) => ruleText(rule));
}

function rulesText(sheet: CSSStyleSheet): string | null {
  try {
    return ruleTexts(sheet).join('');
  } catch {
    return null;
  }
}

/** What a sheet imports is written in its place. */
function ruleText(rule: CSSRule): string {
  if (!isImport(rule)) return rule.cssText;
  const text = rule.styleSheet && sheetText(rule.styleSheet);
  if (!text) return '';
  const inLayer = typeof rule.layerName === 'string' ? `@layer ${rule.layerName}{${text}}` : text;
  const supported = rule.supportsText ? `@supports ${inBrackets(rule.supportsText)}{${inLayer}}` : inLayer;
  return rule.media.mediaText ? `@media ${rule.media.mediaText}{${supported}}` : supported;
}

function isImport(rule: CSSRule): rule is CSSImportRule {
  return 'styleSheet' in rule;
}

function inBrackets(condition: string): string {
  return /^\(|^not\b/.test(condition) ? condition : `(${condition})`;
}

function absolute(raw: string, base: string): string {
  try {
    return /^data:|^#/i.test(raw) ? raw : new URL(raw, base).href;
  } catch {
    return '';
  }
}

/** The sheet of a `style` or a loaded `link`. */
export function sheetOf(element: Element): CSSStyleSheet | null {
  return 'sheet' in element && isSheet(element.sheet) ? element.sheet : null;
}

function isSheet(value: unknown): value is CSSStyleSheet {
  return typeof value === 'object' && value !== null && 'cssRules' in Object.getPrototypeOf(value);
}

/** Writes the text of an element's sheet. A `link` that is a sheet is written as one, and needs no address. */
export function writeSheet(element: Element, attributes: Attributes): string | null {
  const sheet = sheetOf(element);
  const text = sheet && sheetText(sheet);
  if (text === null) return null;
  delete attributes.href;
  attributes._cssText = text;
  return text;
}
