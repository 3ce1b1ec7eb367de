/**
 * Remembers, in memory only, what was typed on this page, so that the page's own repetition of it ("Hello Ada") is hidden too. Every
 * state of a field counts, because a page may repeat a value before it is complete.
 */
import { listen } from './safely.ts';
import { hidden } from './scrub-text.ts';

const shortest = 4;
const most = 400;

const typed = new Set<string>();
/** What is in the fields now, searches aside: a search is an event, and its words are the words of pages. */
const current = new Map<Element, string>();
let pattern: RegExp | null = null;

export function watchTyping(): void {
  listen(document, 'input change', (event) => {
    const field = event.composedPath()[0];
    if (field instanceof Element) current.delete(field);
    if (field instanceof HTMLInputElement) rememberInput(field);
    else if (field instanceof HTMLTextAreaElement) remember(field.value, field);
    else if (field instanceof HTMLElement && field.isContentEditable) remember(field.textContent, field);
  });
}

/** Hides every exact repetition of what was typed, in whatever case. */
export function hideEchoes(text: string): string {
  if (typed.size === 0 || text.length < shortest) return text;
  pattern ??= new RegExp(
    [...typed]
      .sort((a, b) => b.length - a.length)
      .map(literal)
      .join('|'),
    'giu',
  );
  return text.replace(pattern, hidden);
}

export function rememberInput(field: HTMLInputElement): void {
  if (/^(?:button|checkbox|color|hidden|image|radio|range|reset|submit)$/.test(field.type)) return;
  for (const file of field.files ?? []) remember(file.name);
  if (field.type !== 'file') remember(field.value, field.type === 'search' || field.closest('search,[role="search"]') ? undefined : field);
}

/** Whether a piece of an address repeats what is in a field. Whole values only: the words of addresses are ordinary words. */
export function repeatsField(plain: string): boolean {
  const lower = plain.toLowerCase();
  for (const value of current.values()) if (lower.includes(value)) return true;
  return false;
}

function remember(value: string, field?: Element): void {
  const whole = value.trim().toLowerCase();
  if (field && whole.length >= shortest) current.set(field, whole);
  for (const line of value.slice(0, 5_000).split('\n')) {
    const trimmed = line.trim();
    if (trimmed.length < shortest || typed.has(trimmed)) continue;
    typed.add(trimmed);
    pattern = null;
  }
  for (const oldest of typed) {
    if (typed.size <= most) break;
    typed.delete(oldest);
  }
}

/** The value as a pattern; spaces match any white space, because a page may break its lines elsewhere. */
function literal(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+');
}
