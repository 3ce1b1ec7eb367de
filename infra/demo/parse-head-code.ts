import { Failure } from '#contract/failure.ts';

const longest = 10_000;
const plainAttributes = ['src', 'async', 'defer', 'integrity', 'crossorigin', 'referrerpolicy'];

/**
 * Reads header code as a person pastes it: one or more empty `<script>` tags with an absolute http(s) `src`. Answers the tags
 * written anew, one a line, so that nothing else of what was pasted reaches a page. Throws `invalid`, its message saying what to mend.
 */
export function parseHeadCode(pasted: string): string {
  if (pasted.trim() === '') throw refusal('Paste the snippet first: one or more <script> tags.');
  if (pasted.length > longest) throw refusal(`The header code may have at most ${longest} characters; this has ${pasted.length}.`);
  const text = new Reader(pasted.trim());
  const tags: string[] = [];
  while (!text.finished) tags.push(readScript(text));
  return tags.join('\n');
}

function readScript(text: Reader): string {
  if (text.take(/<script(?=[\s>])/iy) === null) {
    throw refusal(`Only <script> tags are accepted here, and this is not one: ${text.glimpse()}`);
  }
  const attributes = readAttributes(text);
  if (text.take(/\s*>\s*/y) === null) throw refusal(`The script tag is not written correctly near: ${text.glimpse()}`);
  if (text.take(/<\/script\s*>\s*/iy) === null) {
    throw refusal('A script tag must be empty and closed by </script>: paste the tag that loads the file, without code inside.');
  }
  checkSource(attributes.get('src'));
  const written = [...attributes].map(([name, value]) => (value === null ? name : `${name}="${value}"`));
  return `<script ${written.join(' ')}></script>`;
}

function readAttributes(text: Reader): Map<string, string | null> {
  const attributes = new Map<string, string | null>();
  for (let name = text.take(/\s+([^\s"'<>/=]+)/y); name !== null; name = text.take(/\s+([^\s"'<>/=]+)/y)) {
    const key = name.toLowerCase();
    if (!plainAttributes.includes(key) && !/^data-[a-z0-9-]+$/.test(key)) {
      throw refusal(`The attribute “${key}” is not accepted. A script tag may have ${plainAttributes.join(', ')} and data-* attributes.`);
    }
    if (attributes.has(key)) throw refusal(`The attribute “${key}” is there twice.`);
    attributes.set(key, readValue(text));
  }
  return attributes;
}

function readValue(text: Reader): string | null {
  if (text.take(/\s*=\s*/y) === null) return null;
  const value = text.take(/"([^"<>]*)"/y) ?? text.take(/'([^'"<>]*)'/y) ?? text.take(/([^\s"'<>=`]+)/y);
  if (value === null) throw refusal(`An attribute's value is not written correctly near: ${text.glimpse()}`);
  return value;
}

function checkSource(source: string | null | undefined): void {
  if (!source) throw refusal('Each script tag needs a src: the address of the file it loads.');
  if (!/^https?:\/\//i.test(source) || !URL.canParse(source)) {
    throw refusal(`The src must be a full address that starts with https:// or http://, and this is not: ${source.slice(0, 80)}`);
  }
}

function refusal(message: string): Failure {
  return new Failure('invalid', message, { code: 'head-code-refused' });
}

/** A place in a text that only moves forward. */
class Reader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get finished(): boolean {
    return this.at >= this.text.length;
  }

  /** Moves past a sticky pattern and answers its first group (or the whole match); null, without moving, where it does not match. */
  take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return null;
    this.at = pattern.lastIndex;
    return match[1] ?? match[0];
  }

  glimpse(): string {
    const rest = this.text.slice(this.at, this.at + 41).replace(/\s+/g, ' ');
    return rest.length > 40 ? `${rest.slice(0, 40)}…` : rest || 'the end of the text';
  }
}
