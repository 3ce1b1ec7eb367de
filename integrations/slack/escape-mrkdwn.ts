/** Invisible marks that reorder or hide what stands beside them. */
const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Characters that Slack formats with have no escape, so each becomes the character that looks like it. */
const lookalikes: Readonly<Record<string, string>> = { '*': '∗', '~': '∼', '`': 'ˋ', _: '＿' };

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Text from outside, as `mrkdwn` that shows exactly that text on one line: no mention, link, emoji or formatting comes out of it.
 * At most `max` characters, entities counted in full and never cut. An underscore inside a word stays, as it formats nothing there
 * and people copy e-mail addresses.
 */
export function escapeMrkdwn(text: string, max: number): string {
  const quiet = oneLine(text)
    .replace(/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (character) => lookalikes[character] ?? character)
    // Every colon with another after it, not only the next one: what is left between two would be the name of a picture again.
    .replace(/:(?=\S{1,101}:)/g, '꞉')
    // An escaped `>` still opens a quotation where a line begins with it.
    .replace(/^>+/, (marks) => '›'.repeat(marks.length));
  return cutEscaped(quiet, max);
}

/** Text from outside for a place that knows no formatting (a button, a header). At most `max` characters. */
export function oneLine(text: string): string {
  return text
    .replace(invisible, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .toWellFormed()
    .trim();
}

function cutEscaped(text: string, max: number): string {
  let escaped = '';
  let kept = '';
  for (const character of text) {
    const next = entities[character] ?? character;
    if (escaped.length + next.length > max) return `${kept}…`;
    escaped += next;
    if (escaped.length < max) kept = escaped;
  }
  return escaped;
}
