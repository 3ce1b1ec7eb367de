/** What holds for an element: by its tag, by its attributes, and by what it is in. */

/** Everything in it too. */
export const masked = 1;
export const field = 2;
/** In a site that masks all text, what it chose to show: text only, never fields. */
export const shown = 4;
export const inherited = masked | field | shown;

/** What is in it is not recorded. */
export const sealed = 8;
/** Its size is in what it shows: without that, only numbers keep its place. */
export const sized = 16;
export const inline = 32;
/** Nothing of it is recorded but its place among its siblings. */
export const placeholder = 64;
export const styled = 128;
/** A box of its size. */
export const blocked = 256;
export const writable = 512;
/** Refers to another part of its drawing by `href="#…"`. */
export const refers = 1024;

const tags = new Map<string, number>();
const give = (flags: number, names: string) => {
  for (const name of names.split(' ')) tags.set(name, flags);
};
give(inline, 'a abbr b bdi bdo code data em font i kbd label mark s samp small span strong sub sup tspan u var wbr');
give(placeholder | sealed, 'script noscript template meta base param source track');
give(sealed | sized, 'video audio iframe object embed canvas');
// What stands in these is for browsers that do not know frames.
give(sealed, 'map noembed noframes');
give(sealed | styled, 'style link');
give(sized, 'img');
give(refers, 'use textpath lineargradient radialgradient pattern');
give(field, 'option optgroup datalist');
give(field | sized, 'select');
give(field | sealed | writable, 'textarea');
give(field | writable, 'input');

const sizedInput = /^(?:submit|button|reset|image|file)$/i;
const fieldRole = /^(?:textbox|searchbox|combobox|spinbutton)$/;

export function regionOfTag(tag: string): number {
  return tags.get(tag) ?? 0;
}

type Reader = (value: string, tag: string) => number;

/** Attributes that decide what is recorded of an element and of all that is in it. */
export const regionAttributes: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['data-ll-mask', () => masked],
  ['data-ll-block', () => blocked | sealed],
  ['data-ll-unmask', () => shown],
  ['contenteditable', (value) => (value.toLowerCase() === 'false' ? 0 : field)],
  ['role', (value) => (fieldRole.test(value) ? field : 0)],
  ['type', (value, tag) => (tag === 'input' && sizedInput.test(value) ? sized : 0)],
  // Documents within documents are not ours to read.
  ['srcdoc', (_, tag) => (tag === 'iframe' ? blocked | sealed : 0)],
  ['src', (value, tag) => (tag === 'iframe' && /^\s*(?:data|blob):/i.test(value) ? blocked | sealed : 0)],
]);

export function regionOfAttributes(element: Element, names: readonly string[], tag: string): number {
  let flags = 0;
  for (const name of names) {
    const read = regionAttributes.get(name);
    if (read) flags |= read(element.getAttribute(name) ?? '', tag);
  }
  return flags;
}
