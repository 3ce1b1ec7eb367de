import type { Attributes } from './format.ts';
import { host } from './host.ts';
import { attributeKind } from './kept-attributes.ts';
import { remembering, scrubAttribute } from './mask-text.ts';
import * as region from './regions.ts';
import { scrubCss } from './scrub-css.ts';

const longest = 2_000;

/** An attribute's value as it may leave the page; undefined where it may not. In a masked region no address is kept. */
export function maskAttribute(name: string, value: string, flags: number): string | undefined {
  const kind = attributeKind(name);
  if (kind === 'dropped') return undefined;
  if (value === '' || name.startsWith('data-ll-')) return '';
  if (kind === 'css') return scrubStyle(value);
  if (kind === 'state') return /^[a-z-]{0,24}$/.test(value) && host.hideEchoes(value) === value ? value : undefined;
  if (kind === 'url') return maskAddress(value, flags);
  return scrubAttribute(name === 'd' || name === 'points' ? value : value.slice(0, longest));
}

/** References into the page's own drawing (`<use href="#icon">`) are scrubbed as the ids that they name. */
function maskAddress(value: string, flags: number): string | undefined {
  if (flags & region.masked) return undefined;
  return flags & region.refers && /^#[\w-]{1,60}$/.test(value) ? scrubAttribute(value) : host.cleanUrl(value) || undefined;
}

/** The value of one property of a style. */
export function maskProperty(property: string, value: string): string {
  return scrubStyle(`${property}:${value}`).slice(property.length + 1);
}

const named = /((?:--[\w-]+|[\w-]*name|grid[\w-]*|font-family)\s*:)([^;]*)/g;
/** A page may put what was typed into a property of its own, or into a name. */
const scrubStyle = remembering((css) => {
  const clean = scrubCss(css, host);
  return clean.replace(named, (_, head: string, own: string) => head + host.hideEchoes(own));
});

/** The size on the page, for boxes whose content is not recorded. Reading it may make the browser lay the page out: ask for few. */
export function sizeOf(element: Element, isBlocked: boolean): Attributes {
  if (!element.isConnected) return {};
  const { width, height, display } = getComputedStyle(element);
  if (/^[\d.]+px/.test(width)) return { rr_width: width, rr_height: height };
  if (!isBlocked || display === 'none' || display === 'contents') return {};
  const box = element.getBoundingClientRect();
  return { style: 'display:inline-block', rr_width: `${box.width}px`, rr_height: `${box.height}px` };
}
