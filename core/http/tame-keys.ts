/** Keys that mean something to JavaScript or to MongoDB, made harmless wherever they stand in parsed JSON. */

/** What stands for a dot: it looks like one, and who scrubs a name reads it as one. */
const dot = '\u2024';
const prototypeKeys: readonly string[] = ['__proto__', 'constructor', 'prototype'];
const firstPrintable = 0x20;

/** A name of JavaScript's own machinery, an operator, a path, or one with a character that ends a name in BSON. */
export function isOddKey(key: string): boolean {
  return key.startsWith('$') || key.includes('.') || prototypeKeys.includes(key) || hasControl(key);
}

function hasControl(key: string): boolean {
  for (let at = 0; at < key.length; at += 1) if (key.charCodeAt(at) < firstPrintable) return true;
  return false;
}

/**
 * Changes the value in place, however deep, without recursion: `$where` becomes `_where`, `a.b` gets a dot that is none (`dot`); `__proto__` and its like are
 * taken out with what they hold. A name that is there already keeps its value.
 */
export function tameKeys(root: unknown): void {
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) for (const item of value) keep(open, item);
    else if (isObject(value)) tameObject(value, open);
  }
}

function tameObject(value: Record<string, unknown>, open: unknown[]): void {
  for (const key of Object.keys(value)) {
    const held = value[key];
    if (!isOddKey(key)) {
      keep(open, held);
      continue;
    }
    delete value[key];
    if (prototypeKeys.includes(key)) continue;
    const tame = tamed(key);
    if (!Object.hasOwn(value, tame) && !prototypeKeys.includes(tame)) value[tame] = held;
    keep(open, held);
  }
}

function keep(open: unknown[], value: unknown): void {
  if (typeof value === 'object' && value !== null) open.push(value);
}

function tamed(key: string): string {
  return Array.from(key, (char, at) => {
    if (char === '.') return dot;
    return (char === '$' && at === 0) || char < ' ' ? '_' : char;
  }).join('');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
