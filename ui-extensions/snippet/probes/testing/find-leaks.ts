/** Searches bytes for secrets, as they are and undone from every writing that a page or a program may have given them. */

/** Percent signs, entities, escapes and base64 are undone this often, one after the other. */
const rounds = 2;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  commat: '@',
  period: '.',
  nbsp: ' ',
};

/** Bytes, and what they are: a failure is understood from its log. */
export interface Source {
  readonly name: string;
  readonly bytes: Buffer;
}

const contextChars = 40;

/** Those of `secrets` that are somewhere in `haystack`, each with where it was met first. */
export function findLeaks(haystack: readonly Source[], secrets: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const wanted = [...new Set(secrets)].map((secret) => ({ secret, forms: formsOf(secret) }));
  for (const { name, bytes } of haystack) {
    for (const [view, how] of viewsOf(bytes))
      for (const { secret, forms } of wanted) {
        const form = found.has(secret) ? undefined : forms.find((each) => view.includes(each));
        if (form !== undefined) found.set(secret, `"${form}" in ${name}, ${how}, ${contextOf(view, form)}`);
      }
  }
  return found;
}

function contextOf(view: string, form: string): string {
  const at = view.indexOf(form);
  return `at ${at} of ${view.length}: ${JSON.stringify(view.slice(Math.max(at - contextChars, 0), at + form.length + contextChars))}`;
}

/** Six characters of a colour are met by chance in ids and hashes: it is searched for with its sign alone. */
function formsOf(secret: string): string[] {
  const lower = secret.toLowerCase();
  if (lower.startsWith('#')) return [lower, reverse(lower)];
  const bare = strip(lower);
  return [...new Set([lower, reverse(lower), bare, reverse(bare)])];
}

/** Lower case, each once: the bytes in several encodings, then undone layer by layer, then letters and digits alone. */
function viewsOf(bytes: Buffer): Map<string, string> {
  const text = bytes.toString('utf8');
  const views = new Map([
    [text, 'as it is'],
    [wide(bytes, 0), 'as UTF-16 from 0'],
    [wide(bytes, 1), 'as UTF-16 from 1'],
    ...stringsOf(text),
  ]);
  let layer: (readonly [string, string])[] = [[text, '']];
  for (let round = 0; round < rounds; round++) {
    layer = layer.flatMap(([each, how]) => layersOf(each, how)).filter(([each]) => !views.has(each));
    for (const [each, how] of layer) views.set(each, how);
  }
  return new Map(
    [...views].flatMap(([view, how]) => [[view.toLowerCase(), how] as const, [view.normalize('NFKC').toLowerCase(), how] as const]),
  );
}

function layersOf(text: string, how: string): (readonly [string, string])[] {
  const [asBytes, asWide] = decodeBase64(text);
  return [
    [undo(text), `${how}undone `],
    [asBytes, `${how}from base64 `],
    [asWide, `${how}from base64 of UTF-16 `],
  ];
}

function undo(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
    .replace(/\\+u\{?([0-9a-f]{4,6})\}?|\\x([0-9a-f]{2})/gi, (_, four, two) => character(four ?? two, 16))
    .replace(/&#x([0-9a-f]{1,6});?|&#(\d{1,7});?/gi, (_, hex, decimal) => (hex ? character(hex, 16) : character(decimal, 10)))
    .replace(/&(\w{2,8});/g, (whole, name) => entities[name] ?? whole)
    .replace(/\\(["'\\/])/g, '$1');
}

function character(digits: string, base: number): string {
  const code = Number.parseInt(digits, base);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** What runs of base64 say, both as bytes and as UTF-16; also where the run begins in the middle of something longer. */
function decodeBase64(text: string): readonly [asBytes: string, asWide: string] {
  const runs = text.match(/[\w+/-]{8,}/g) ?? [];
  const decoded = runs.flatMap((run) => [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64')));
  return [Buffer.concat(decoded).toString('utf8'), decoded.map((each) => wide(each, 0)).join(' ')];
}

/** The bytes read as UTF-16. */
function wide(bytes: Buffer, start: 0 | 1): string {
  let text = '';
  for (let place = start; place + 1 < bytes.length; place += 2) text += String.fromCharCode(bytes.readUInt16LE(place));
  return text;
}

/** All strings of a JSON text, joined: what was split over nodes, over changes, or character by character is in one piece again. */
function stringsOf(text: string): (readonly [string, string])[] {
  const parsed = parse(text);
  if (parsed === undefined) return [[strip(text), 'letters and digits']];
  const all: string[] = [];
  const texts: string[] = [];
  walk(parsed, '', (key, value) => {
    all.push(value);
    if (/^(?:textContent|value|v|t|text)$/.test(key)) texts.push(value);
  });
  return [
    [strip(all.join('')), 'letters and digits of all strings'],
    [strip(texts.join('')), 'letters and digits of all texts'],
  ];
}

function walk(value: unknown, key: string, hear: (key: string, value: string) => void): void {
  if (typeof value === 'string') hear(key, value);
  else if (typeof value === 'object' && value !== null)
    for (const [name, child] of Object.entries(value)) walk(child, Array.isArray(value) ? key : name, hear);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function strip(text: string): string {
  return text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
}

function reverse(text: string): string {
  return [...text].reverse().join('');
}
