/**
 * Remembers, in memory only, what was typed on this page, so that the page's own repetition of it ("Hello Ada") is hidden too. Every
 * state of a field counts, because a page may repeat a value before it is complete: so the beginnings of a value are hidden as well.
 */
import { listen } from './safely.ts';
import { hidden, inEveryWriting } from './scrub-text.ts';

const shortest = 4;
/** A beginning of this many characters is hidden even in the middle of a word. */
const telling = 6;
const most = 400;
/** What a page may put between the characters of a value, or leave out: digits in groups, soft hyphens, marks of direction. */
const gaps = '\\s.,_/()+:*|~\\u00ad\\u00b7\\u0300-\\u036f\\u200b-\\u2064\\ufeff-';
const gap = new RegExp(`[${gaps}]`);
const allGaps = new RegExp(`[${gaps}]+`, 'g');
const mostGaps = 20;
const chosen = /^(?:button|checkbox|hidden|image|radio|reset|submit)$/;

/** Values without gaps, in lower case; none is the beginning of another. */
const typed = new Set<string>();
/** The same by their first characters. */
let index = new Map<string, string[]>();
let starts: RegExp | null = null;
/** What is in the fields now, searches aside: a search is an event, and its words are the words of pages. */
const current = new Map<Element, string>();
/** Typed since the last click, or key that is no character. */
let keys = '';
const watched = new WeakSet<Document>();

/** Listens to the fields of a page, and of those frames of the same site that somebody enters. */
export function watchTyping(view: Window = window): void {
  watched.add(view.document);
  listen(view.document, 'input change', (event) => {
    const field = event.composedPath()[0];
    if (isElement(field)) rememberField(field);
  });
  listen(view.document, 'keydown pointerdown focusin', hearKey);
  const enter = () => {
    const frame = view.document.activeElement;
    if (!isTag(frame, 'iframe')) return;
    const { contentDocument, contentWindow } = frame;
    if (contentDocument && contentWindow && !watched.has(contentDocument)) watchTyping(contentWindow);
  };
  // Whoever enters a frame leaves the page around it.
  listen(view, 'blur', enter);
  enter();
}

/** Hides every repetition of what was typed, in whatever case, however it is grouped and written, and backwards. */
export function hideEchoes(text: string): string {
  if (typed.size === 0 || text.length < shortest) return text;
  return inEveryWriting(text, (plain) => turn(hideForwards(turn(hideForwards(plain)))));
}

function turn(text: string): string {
  return [...text].reverse().join('');
}

function hideForwards(text: string): string {
  starts ??= readStarts();
  let clean = '';
  let from = 0;
  starts.lastIndex = 0;
  for (let match = starts.exec(text); match; match = starts.exec(text)) {
    const end = endOf(text, match.index, index.get(fold(match[0])) ?? []);
    if (end === 0) continue;
    clean += text.slice(from, match.index) + hidden;
    from = end;
    starts.lastIndex = end;
  }
  return clean + text.slice(from);
}

function rememberInput(field: HTMLInputElement, value = field.value): void {
  if (chosen.test(field.type)) return;
  for (const file of field.files ?? []) remember(file.name);
  if (field.type === 'file') return;
  remember(value, field.type === 'search' || field.closest('search,[role="search"]') ? undefined : field);
  if (isPart(field)) rememberParts(field);
}

/** What was typed before this file was there: the states that fields were in, in their order. */
export function rememberEarlier(states: readonly (readonly [field: Element, value: string])[]): void {
  for (const [field, value] of states) {
    if (isTag(field, 'input')) rememberInput(field, value);
    else remember(value, field);
  }
}

/** Whether a piece of an address repeats what is in a field. Whole values only: the words of addresses are ordinary words. */
export function repeatsField(plain: string): boolean {
  const folded = current.size > 0 ? fold(plain) : '';
  for (const value of current.values()) if (folded.includes(value)) return true;
  return false;
}

/** What is in a field, or in what else takes text. */
export function rememberField(field: Element): void {
  current.delete(field);
  if (isTag(field, 'input')) rememberInput(field);
  else if (isTag(field, 'textarea')) remember(field.value, field);
  else if (isTag(field, 'select')) for (const { text, value } of field.selectedOptions) remember(`${text}\n${value}`);
  else {
    remember(field.textContent ?? '', field);
    remember(field.ownerDocument.getSelection()?.anchorNode?.nodeValue ?? '');
  }
}

/** Editors of a page's own making take keys where no field is. */
function hearKey(event: Event): void {
  const { key = 'Enter', ctrlKey, metaKey, target }: Partial<KeyboardEvent> = event;
  if (ctrlKey || metaKey || key === 'Shift') return;
  keys =
    isTag(target, 'input') || isTag(target, 'textarea') ? '' : key === 'Backspace' ? keys.slice(0, -1) : key.length === 1 ? keys + key : '';
  if (keys) remember(keys);
}

function remember(value: string, field?: Element): void {
  const whole = fold(value.slice(0, 5_000));
  if (field && whole.length >= shortest) current.set(field, whole);
  for (const line of value.slice(0, 5_000).split('\n')) keep(fold(line));
  for (const oldest of typed) {
    if (typed.size <= most) break;
    typed.delete(oldest);
  }
}

function keep(value: string): void {
  if (value.length < shortest || typed.has(value)) return;
  for (const other of typed) {
    if (other.startsWith(value)) return;
    if (value.startsWith(other)) typed.delete(other);
  }
  typed.add(value);
  starts = null;
}

/** A code or a card number in boxes of a few characters each: what counts is what they say together. */
function rememberParts(field: HTMLInputElement): void {
  let together = '';
  const around = field.form ?? field.ownerDocument;
  for (const each of [...around.querySelectorAll('input'), null]) {
    if (each && isPart(each)) together += each.value;
    else if (together) {
      keep(fold(together));
      together = '';
    }
  }
}

function isPart({ value, maxLength, type }: HTMLInputElement): boolean {
  return !chosen.test(type) && value.length > 0 && value.length <= (maxLength > 0 && maxLength <= shortest ? shortest : 1);
}

function readStarts(): RegExp {
  index = new Map();
  for (const value of typed) {
    const start = value.slice(0, shortest);
    index.set(start, [...(index.get(start) ?? []), value]);
  }
  const patterns = [...index.keys()].map((start) => start.split('').map(literal).join(`[${gaps}]{0,${mostGaps}}`));
  return new RegExp(patterns.join('|'), 'gi');
}

/** Where the longest repetition ends that begins at `start`; 0 where it is the beginning of a word that only looks alike. */
function endOf(text: string, start: number, values: readonly string[]): number {
  let end = 0;
  for (const value of values) {
    const [last, length] = follow(text, start, value);
    if (length >= telling || length === value.length || !/[\p{L}\p{N}]/u.test(text.charAt(last))) end = Math.max(end, last);
  }
  return end;
}

/** How far the text goes on like the value: where it ends, and how many characters of the value were met. */
function follow(text: string, start: number, value: string): readonly [end: number, length: number] {
  let length = 0;
  let end = start;
  for (let place = start; place - end <= mostGaps && length < value.length; place++) {
    const character = text.charAt(place);
    if (character.toLowerCase().charAt(0) === value[length]) {
      length++;
      end = place + 1;
    } else if (!gap.test(character)) break;
  }
  return [end, length];
}

function fold(value: string): string {
  return value.toLowerCase().replace(allGaps, '');
}

function literal(character: string): string {
  return character.replace(/[\\^$*?[\]{}|]/, '\\$&');
}

/** Fields in frames are of classes of their own: `instanceof` does not know them. */
function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && 'localName' in value;
}

function isTag<Tag extends 'input' | 'textarea' | 'select' | 'iframe'>(value: unknown, tag: Tag): value is HTMLElementTagNameMap[Tag] {
  return isElement(value) && value.localName === tag;
}
