/** Reads the events of a batch one by one: a bad one is set aside with its reason and does not lose its neighbours. */
import { type EventType, eventProps, type SentEvent, sentEvent } from '#contract/events.ts';
import { deadContent, mostKept } from './dead-letter-content.ts';
import { addCaught, scrubText } from './scrub-text.ts';
import { caughtInUrl, scrubUrl } from './scrub-url.ts';

export interface GoodEvent extends Omit<SentEvent, 'type'> {
  readonly type: EventType;
}

export interface BadEvent {
  readonly eid?: string;
  readonly reason: string;
  /** What its dead letter keeps of it; of those that have one. Not for who sent it. */
  readonly content?: string | null;
}

export interface ReadEvents {
  readonly good: readonly GoodEvent[];
  readonly bad: readonly BadEvent[];
  /** `eid` of a good event → what had to be taken out of it: in its texts, and in its addresses. */
  readonly caught: ReadonlyMap<string, CaughtInEvent>;
}

export interface CaughtInEvent {
  readonly event: ReadonlyMap<string, number>;
  readonly address: ReadonlyMap<string, number>;
}

/** @param queryKeys query keys that the site lets us keep in addresses. */
export function readEvents(sent: readonly unknown[], queryKeys: readonly string[]): ReadEvents {
  const good = new Map<string, GoodEvent>();
  const bad: BadEvent[] = [];
  const caught = new Map<string, CaughtInEvent>();
  for (const candidate of sent) {
    const scrub = openScrubber(queryKeys);
    const event = readEvent(candidate, scrub);
    if ('reason' in event) bad.push(bad.length < mostKept ? { ...event, content: deadContent(candidate, queryKeys) } : event);
    else {
      good.set(event.eid, event);
      if (scrub.caught.event.size + scrub.caught.address.size > 0) caught.set(event.eid, scrub.caught);
    }
  }
  return { good: [...good.values()], bad, caught };
}

function readEvent(candidate: unknown, scrub: Scrubber): GoodEvent | BadEvent {
  const common = sentEvent.safeParse(candidate);
  if (!common.success) return badEvent(reasonOf(common.error.issues));
  const { eid, type } = common.data;
  if (!isEventType(type)) return badEvent(`type: ${JSON.stringify(type)} is not in the catalogue`, eid);
  const props = eventProps[type].safeParse(common.data.props);
  if (!props.success) return badEvent(`props.${reasonOf(props.error.issues)}`, eid);
  return { ...common.data, type, url: scrub.url(common.data.url), props: scrubProps(props.data, scrub) };
}

/** Scrubs, and counts what it found. */
interface Scrubber {
  text(text: string): string;
  url(url: string): string;
  readonly caught: CaughtInEvent;
}

function openScrubber(queryKeys: readonly string[]): Scrubber {
  const event = new Map<string, number>();
  const address = new Map<string, number>();
  return {
    text: (text) => {
      const scrubbed = scrubText(text);
      addCaught(event, scrubbed.caught);
      return scrubbed.text;
    },
    url: (url) => {
      const known = `${queryKeys.join(' ')} ${url}`;
      if (cleanUrls.has(known)) return url;
      const clean = scrubUrl(url, queryKeys);
      if (clean === url) rememberClean(known);
      for (const kind of caughtInUrl(url, clean)) address.set(kind, (address.get(kind) ?? 0) + 1);
      return clean;
    },
    caught: { event, address },
  };
}

/** Addresses that a site's keys leave as they are. Those of which something was taken out are not kept. */
const cleanUrls = new Set<string>();
const mostUrls = 20_000;
const longestUrl = 300;

function rememberClean(known: string): void {
  if (known.length > longestUrl) return;
  if (cleanUrls.size >= mostUrls) cleanUrls.clear();
  cleanUrls.add(known);
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(eventProps, type);
}

function reasonOf(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const [issue] = issues;
  return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'not valid'}`;
}

/** A path names keys that the page chose. */
function badEvent(reason: string, eid?: string): BadEvent {
  return { ...(eid === undefined ? {} : { eid }), reason: scrubText(reason).text.slice(0, 300) };
}

/** Scrubs every string again: the public site key lets anybody post. */
function scrubProps(props: object, scrub: Scrubber): Record<string, unknown> {
  return Object.fromEntries(Object.entries(props).map(([name, value]) => [name, scrubProp(name, value, scrub)]));
}

function scrubProp(name: string, value: unknown, scrub: Scrubber): unknown {
  if (name === 'referrer') return scrub.url(String(value));
  return typeof value === 'string' && /^(?:order|product)Id$/.test(name) ? scrubId(value, scrub) : scrubValue(value, scrub);
}

/** Ten digits alone may be a number to call; said to be the number of an order, they are none. */
function scrubId(id: string, scrub: Scrubber): string {
  return scrub.text(said + id).replace(said, '');
}

const said = 'order ';

function scrubValue(value: unknown, scrub: Scrubber): unknown {
  if (typeof value === 'string') return scrub.text(value);
  if (typeof value === 'number') return scrubNumber(value, scrub);
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, scrub));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [scrub.text(name), scrubValue(item, scrub)]));
}

/** No count, price or duration has 13 digits: then it may be a card, and becomes nothing. */
function scrubNumber(value: number, scrub: Scrubber): number {
  const isLong = Number.isInteger(value) && Math.abs(value) >= 1e12;
  return isLong && scrub.text(String(Math.abs(value))) !== String(Math.abs(value)) ? 0 : value;
}
