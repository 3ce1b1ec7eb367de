const string = `"(?:\\\\[^]|[^"\\\\])*"|'(?:\\\\[^]|[^'\\\\])*'`;
const anyString = new RegExp(string, 'g');
const written = new RegExp(
  `((?:^|[;{\\s])(?:content|quotes|list-style(?:-type)?|text-overflow|hyphenate-character|symbols|prefix|suffix|--[\\w-]+)\\s*:)([^;{}"']*(?:${string})(?:${string}|[^;{}"'])*)`,
  'gi',
);
const selected = new RegExp(`(\\[[\\w|:-]+\\s*[~|^$*]?=\\s*)(${string})`, 'g');
const address = new RegExp(`url\\(\\s*(?:(${string})|([^)"']*))\\s*\\)`, 'gi');
/** rrweb's own mark between the texts of one style element stays. */
const comment = /\/\*(?! rr_split \*\/)[\s\S]*?(?:\*\/|$)/g;
const imported = new RegExp(`@import\\s+(${string})`, 'gi');

export interface CssRules {
  readonly cleanUrl: (raw: string) => string;
  readonly scrubSecrets: (text: string) => string;
}

/** CSS without what a page may have written into it: generated text, addresses' queries, embedded documents, comments, selected values. */
export function scrubCss(css: string, { cleanUrl, scrubSecrets }: CssRules): string {
  if (!/["'(@/]|--/.test(css)) return scrubSecrets(css);
  const plain = css
    .replace(comment, '')
    .replace(imported, (_, quoted: string) => `@import ${quote(cleanUrl(unquote(quoted)))}`)
    .replace(address, (_, quoted: string | undefined, bare: string | undefined) =>
      keepAddress(quoted ? unquote(quoted) : (bare ?? '').trim(), cleanUrl),
    )
    .replace(written, (_, head: string, value: string) => head + value.replace(anyString, hideString))
    .replace(selected, (_, head: string, value: string) => head + (/^.[\w-]{0,24}.$/.test(value) && !/\d{3}/.test(value) ? value : '""'));
  return scrubSecrets(plain);
}

/** References into the page's own drawing stay; what is not a web address becomes nothing. */
function keepAddress(raw: string, cleanUrl: (raw: string) => string): string {
  if (/^#[\w-]+$/.test(raw)) return `url(${raw})`;
  const clean = /^data:/i.test(raw) ? '' : cleanUrl(raw);
  return clean ? `url(${quote(clean)})` : 'none';
}

/** One character, as icon fonts write them, says nothing; anything longer might. */
function hideString(quoted: string): string {
  return /^\\[0-9a-f]{1,6}\s?$|^[^\p{L}\p{N}]{0,3}$|^.$/iu.test(unquote(quoted)) ? quoted : '"•••"';
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1);
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '')}"`;
}
