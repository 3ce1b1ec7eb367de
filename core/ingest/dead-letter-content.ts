/** What is kept of an event that could not be read: every text in it scrubbed, also the names, and nothing when it is large. */
import { z } from 'zod';
import { scrubText } from './scrub-text.ts';
import { scrubUrl } from './scrub-url.ts';

/** Bytes, about: an event of the catalogue has far fewer. */
const mostContent = 8192;
/** Of one batch; the public site key lets anybody send thousands. */
export const mostKept = 20;

const uuid = z.uuid();
const moment = z.number().int().min(0).max(8_640_000_000_000_000);

/** @returns JSON, or null when it is too large to keep. */
export function deadContent(candidate: unknown, queryKeys: readonly string[]): string | null {
  const before = JSON.stringify(candidate) ?? 'null';
  if (before.length > mostContent) return null;
  const json = JSON.stringify({ ...scrubbedFields(candidate, queryKeys), ...keptFields(candidate) });
  return json.length > mostContent ? null : json;
}

function scrubbedFields(candidate: unknown, queryKeys: readonly string[]): object {
  const clean = scrubbed('', candidate, queryKeys);
  return typeof clean === 'object' && clean !== null && !Array.isArray(clean) ? clean : { value: clean };
}

/** Random ids and the moment: digits that only look like somebody's. */
function keptFields(candidate: unknown): object {
  if (typeof candidate !== 'object' || candidate === null) return {};
  const { eid, pageId, at }: { eid?: unknown; pageId?: unknown; at?: unknown } = candidate;
  return {
    ...(uuid.safeParse(eid).success && { eid }),
    ...(uuid.safeParse(pageId).success && { pageId }),
    ...(moment.safeParse(at).success && { at }),
  };
}

function scrubbed(name: string, value: unknown, queryKeys: readonly string[]): unknown {
  if (typeof value === 'string') return name === 'url' || name === 'referrer' ? scrubUrl(value, queryKeys) : scrubText(value).text;
  if (typeof value === 'number') return isPrivate(value) ? 0 : value;
  if (Array.isArray(value)) return value.map((item) => scrubbed(name, item, queryKeys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [scrubbedName(key), scrubbed(key, item, queryKeys)]));
}

/** The dots of an address that stood as a name are gone by now; what is left of it goes here. */
function scrubbedName(name: string): string {
  return name.includes('@') ? '[email]' : scrubText(name).text;
}

/** No count, price or duration has 13 digits: then it may be a card. */
function isPrivate(value: number): boolean {
  const digits = String(Math.abs(value));
  return Number.isInteger(value) && Math.abs(value) >= 1e12 && scrubText(digits).text !== digits;
}
