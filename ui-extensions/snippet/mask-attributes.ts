import { attributeKind } from './kept-attributes.ts';
import type { RecorderHost } from './recorder-host.ts';
import type { Attributes } from './recording-shapes.ts';
import { scrubCss } from './scrub-css.ts';

const longest = 2_000;

/** Element attributes as they may leave the page. In a masked region no address is kept. */
export function maskAttributes(attributes: Attributes, inMask: boolean, host: RecorderHost): Attributes {
  const kept: Attributes = {};
  for (const entry of Object.entries(attributes)) {
    const clean = maskAttribute(entry, inMask, host);
    if (clean !== undefined) kept[entry[0]] = clean;
  }
  return kept;
}

function maskAttribute([name, value]: readonly [string, unknown], inMask: boolean, host: RecorderHost): unknown {
  const kind = attributeKind(name);
  if (kind === 'dropped') return undefined;
  if (kind === 'css') return maskStyle(value, host);
  if (typeof value !== 'string') return value === null || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
  if (kind === 'state') return /^[a-z-]{0,24}$/.test(value) ? value : undefined;
  if (kind === 'url') return inMask ? undefined : maskAddress(value, host);
  return host.hideEchoes(host.scrubSecrets(name === 'd' || name === 'points' ? value : value.slice(0, longest)));
}

/** References into the page's own drawing (`<use href="#icon">`) stay. */
function maskAddress(value: string, { cleanUrl }: RecorderHost): string | undefined {
  return /^#[\w-]{1,60}$/.test(value) ? value : cleanUrl(value) || undefined;
}

/** CSS text, or rrweb's difference of an inline style: property → value, or value with priority, or false where it went. */
export function maskStyle(value: unknown, host: RecorderHost): unknown {
  if (typeof value === 'string') return scrubCss(value, host);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value === null ? value : undefined;
  return Object.fromEntries(Object.entries(value).map(([property, part]) => [property, maskProperty(property, part, host)]));
}

export function maskProperty(property: string, value: unknown, host: RecorderHost): unknown {
  if (Array.isArray(value)) return value.map((part) => maskProperty(property, part, host));
  if (typeof value !== 'string') return value;
  return scrubCss(`${property}:${value}`, host).slice(property.length + 1);
}
