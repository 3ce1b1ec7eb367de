/** Stylesheets that scripts made and documents and shadow roots adopted. */
import { source } from './format.ts';
import { knownOf } from './known-nodes.ts';
import { emitIncrement } from './outbox.ts';
import { whenIsSet } from './patch.ts';
import { ruleTexts, scrubRule } from './sheets.ts';

type Host = Document | ShadowRoot;

let ids = new WeakMap<CSSStyleSheet, number>();
let told = new WeakMap<Host, string>();
let lastId = 0;
const changed = new Set<Host>();
const documents = new Set<Document>();

export function watchAdopted(page: Window & typeof globalThis, wake: () => void): void {
  for (const each of [page.Document, page.ShadowRoot])
    whenIsSet(each.prototype, 'adoptedStyleSheets', (self: Host) => {
      changed.add(self);
      wake();
    });
}

export function noteAdopting(host: Host): void {
  if (host.nodeType === Node.DOCUMENT_NODE && 'documentElement' in host) documents.add(host);
  else changed.add(host);
}

/** Before a full snapshot. */
export function forgetAdopted(): void {
  ids = new WeakMap();
  told = new WeakMap();
  documents.clear();
  changed.clear();
}

/** The id of an adopted sheet that was written before this round. */
export function adoptedId(sheet: CSSStyleSheet): number | undefined {
  return ids.get(sheet);
}

/** Lists are compared too: a page may push to them. Answers the sheets that are written for the first time: they are as they are now. */
export function writeAdopted(): Set<CSSStyleSheet> {
  const written = new Set<CSSStyleSheet>();
  for (const host of [...documents, ...changed]) writeHost(host, written);
  changed.clear();
  return written;
}

function writeHost(host: Host, written: Set<CSSStyleSheet>): void {
  const known = knownOf(host);
  const sheets = host.adoptedStyleSheets ?? [];
  if (!known) {
    if ('documentElement' in host) documents.delete(host);
    return;
  }
  const styles: object[] = [];
  const styleIds = sheets.map((sheet) => ids.get(sheet) ?? writeStyle(sheet, styles, written));
  const list = styleIds.join();
  if (list === (told.get(host) ?? '')) return;
  told.set(host, list);
  emitIncrement({ source: source.adoptedStyleSheet, id: known.id, ...(styles.length > 0 && { styles }), styleIds });
}

function writeStyle(sheet: CSSStyleSheet, styles: object[], written: Set<CSSStyleSheet>): number {
  const styleId = ++lastId;
  ids.set(sheet, styleId);
  written.add(sheet);
  styles.push({ styleId, rules: ruleTexts(sheet).map((rule, index) => ({ rule: scrubRule(rule, sheet), index })) });
  return styleId;
}
