/**
 * Recorded CSS made harmless: it fetches nothing, imports nothing and cannot nest until a renderer falls over. One pass over the text,
 * token by token as CSS Syntax Level 3 names them, because escapes (`\75rl(`) and comments defeat any search for words.
 */

/** What a stylesheet may be before it is left out: 20,000 nested `:not(` crash a Chromium renderer. */
const cssLimits = { characters: 2_000_000, nesting: 32, runTokens: 8_000 } as const;

/** An address that is nobody's: valid wherever CSS wants one, so that the rest of the rule survives. */
const nowhere = 'data:,';
const plainImage = /^data:image\/(png|gif|jpeg|webp);base64,[A-Za-z0-9+/]{0,10920}={0,2}$/;
const localReference = /^#[\w-]{1,200}$/;
/** Functions in which a bare string is an address. */
const addressFunctions = /^(src|image|(-webkit-|-moz-)?image-set)$/;
const droppedRules = /^(import|namespace|charset|document|-moz-document)$/;
const closing = /[})\]]/;
const closers: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };
/** A name or number, escapes included. A hex escape swallows one white space. */
const nameToken = /(?:[\w-]|[^\0-\x7f]|\\(?:[0-9a-fA-F]{1,6}[ \t\r\n\f]?|[^\r\n\f0-9a-fA-F]))+/y;

interface Open {
  readonly closer: string;
  readonly address: boolean;
}

interface Reading {
  readonly css: string;
  readonly scrub: (text: string) => string;
  at: number;
  readonly out: string[];
  readonly open: Open[];
  /** Tokens since the selector or declaration began. */
  run: number;
}

/**
 * Answers the stylesheet, rule or declaration without addresses and imports, with everything closed that it opened; null when it is beyond
 * the limits. `scrub` is given the text of every string and name. Cleaning twice changes nothing.
 */
export function cleanCss(css: string, scrub: (text: string) => string = (text) => text): string | null {
  if (css.length > cssLimits.characters) return null;
  // A NUL means nothing here and something else to the next reader. A gap stays in its place, or its neighbours would join.
  const reading: Reading = { css: css.replaceAll('\0', ' '), scrub, at: 0, out: [], open: [], run: 0 };
  while (reading.at < reading.css.length) {
    readToken(reading);
    if (reading.open.length > cssLimits.nesting || reading.run > cssLimits.runTokens) return null;
  }
  for (const { closer } of reading.open.reverse()) reading.out.push(closer);
  return reading.out.join('');
}

function readToken(reading: Reading): void {
  const { css, at } = reading;
  const char = css.charAt(at);
  if (char === '/' && css.charAt(at + 1) === '*') return readComment(reading);
  if (char === '"' || char === "'") return writeString(reading, readString(reading));
  if (char === '@') return readAtRule(reading);
  const name = takeName(reading);
  if (name !== '') return readName(reading, name);
  reading.at += 1;
  if (char in closers) return openBracket(reading, char, false);
  if (closing.test(char)) return closeBracket(reading, char);
  writeSign(reading, char);
}

/** A backslash that escapes nothing leaves a gap too. */
function writeSign(reading: Reading, char: string): void {
  const endsRun = char === ';' || (char === ',' && !isOpen(reading, ')'));
  reading.run = endsRun ? 0 : reading.run + (char.trim() === '' ? 0 : 1);
  write(reading, char === '\\' ? ' ' : char);
}

function write(reading: Reading, text: string): void {
  reading.out.push(text);
}

/** A comment parts two tokens and may hold anything: its place is kept, its text is not. */
function readComment(reading: Reading): void {
  const end = reading.css.indexOf('*/', reading.at + 2);
  reading.at = end === -1 ? reading.css.length : end + 2;
  if (reading.out.at(-1) !== '/**/') write(reading, '/**/');
}

/** The text of the string at this place. A line break ends it, as it does for a browser. */
function readString(reading: Reading): string {
  const { css } = reading;
  const mark = css.charAt(reading.at);
  reading.at += 1;
  const start = reading.at;
  while (reading.at < css.length) {
    const char = css.charAt(reading.at);
    if (char === mark || char === '\n' || char === '\r' || char === '\f') break;
    reading.at += char === '\\' ? 2 : 1;
  }
  const text = css.slice(start, reading.at);
  reading.at += 1;
  return decode(text);
}

function writeString(reading: Reading, text: string): void {
  const isAddress = reading.open.at(-1)?.address === true;
  reading.run += 1;
  write(reading, quoted(isAddress ? addressOf(text) : reading.scrub(text)));
}

/** `@import` and its kind go with all they bring; any other at-rule stays. */
function readAtRule(reading: Reading): void {
  reading.at += 1;
  const name = decode(takeName(reading)).toLowerCase();
  const isDropped = droppedRules.test(name);
  if (isDropped) skipStatement(reading);
  write(reading, isDropped || name === '' ? ' ' : `@${written(name)}`);
}

/** Up to the `;` or the block that ends it. A `}` that is not its own belongs to the rule around it. */
function skipStatement(reading: Reading): void {
  let depth = 0;
  while (reading.at < reading.css.length) {
    const char = reading.css.charAt(reading.at);
    if (char === '}' && depth === 0) return;
    skipOne(reading, char);
    depth += char === '{' ? 1 : char === '}' ? -1 : 0;
    if (depth === 0 && (char === ';' || char === '}')) return;
  }
}

function skipOne(reading: Reading, char: string): void {
  if (char === '"' || char === "'") readString(reading);
  else reading.at += char === '\\' ? 2 : 1;
}

function takeName(reading: Reading): string {
  nameToken.lastIndex = reading.at;
  const name = nameToken.exec(reading.css)?.[0] ?? '';
  reading.at += name.length;
  return name;
}

function readName(reading: Reading, raw: string): void {
  const name = decode(raw);
  const key = name.toLowerCase();
  reading.run += 1;
  if (reading.css.charAt(reading.at) !== '(') {
    // Numbers stay: a layout's percentages have more digits than a payment card.
    const clean = /^-?\d/.test(raw) ? name : reading.scrub(name);
    return write(reading, clean === raw ? raw : written(clean));
  }
  reading.at += 1;
  if (key === 'url') return readUrl(reading);
  write(reading, written(name));
  openBracket(reading, '(', addressFunctions.test(key));
}

/** `url(` up to its bracket, quoted or bare. What else is inside (modifiers) goes. */
function readUrl(reading: Reading): void {
  const { css } = reading;
  while (/\s/.test(css.charAt(reading.at))) reading.at += 1;
  const first = css.charAt(reading.at);
  const inQuotes = first === '"' || first === "'" ? readString(reading) : null;
  const start = reading.at;
  while (reading.at < css.length && css.charAt(reading.at) !== ')') reading.at += css.charAt(reading.at) === '\\' ? 2 : 1;
  const bare = decode(css.slice(start, reading.at));
  reading.at += 1;
  write(reading, `url(${quoted(addressOf(inQuotes ?? bare.trim()))})`);
}

function addressOf(text: string): string {
  return localReference.test(text) || plainImage.test(text) ? text : nowhere;
}

function openBracket(reading: Reading, opener: string, address: boolean): void {
  reading.run = opener === '{' ? 0 : reading.run + 1;
  reading.open.push({ closer: closers[opener] ?? '', address });
  write(reading, opener);
}

/** Closes up to the bracket that matches, as a CSS reader does; one that matches nothing leaves a gap. */
function closeBracket(reading: Reading, closer: string): void {
  if (closer === '}') reading.run = 0;
  if (!isOpen(reading, closer)) return write(reading, ' ');
  for (let last = reading.open.pop(); last !== undefined; last = reading.open.pop()) {
    write(reading, last.closer);
    if (last.closer === closer) return;
  }
}

function isOpen(reading: Reading, closer: string): boolean {
  return reading.open.some((item) => item.closer === closer);
}

function decode(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|(\r\n|[\s\S])|$)/g, (_, hex: string | undefined, char: string | undefined) => {
    if (hex !== undefined) return fromCode(Number.parseInt(hex, 16));
    return char === undefined || /[\r\n\f]/.test(char) ? '' : char;
  });
}

function fromCode(code: number): string {
  const isValid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isValid ? String.fromCodePoint(code) : '\ufffd';
}

/** A name with whatever a name may not hold escaped again: its first digit too, or it would read as a number. */
function written(name: string): string {
  return name.replace(/^-?\d|[\0-,./:-@[-^`{-\x7f]/g, escaped);
}

/** A string in quotes. `/*` is broken up: rrweb cuts stylesheets at a comment of its own, and would cut a string there too. */
function quoted(text: string): string {
  return `"${text.replace(/["\\\n\r\f]|\/(?=\*)/g, escaped)}"`;
}

function escaped(text: string): string {
  return Array.from(text, (char) => `\\${char.charCodeAt(0).toString(16)} `).join('');
}
