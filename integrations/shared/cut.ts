/** Shortens text to at most `max` UTF-16 units, never inside a character, and says so with an ellipsis. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = max - 1;
  const insidePair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return `${text.slice(0, insidePair ? end - 1 : end)}…`;
}
