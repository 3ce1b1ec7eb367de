/** Reads the events of a batch one by one: a bad one is set aside with its reason and does not lose its neighbours. */
import { type EventType, eventProps, type SentEvent, sentEvent } from '#contract/events.ts';
import { scrubText } from './scrub-text.ts';
import { scrubUrl } from './scrub-url.ts';

export interface GoodEvent extends Omit<SentEvent, 'type'> {
  readonly type: EventType;
}

export interface BadEvent {
  readonly eid?: string;
  readonly reason: string;
}

export interface ReadEvents {
  readonly good: readonly GoodEvent[];
  readonly bad: readonly BadEvent[];
}

/** @param queryKeys query keys that the site lets us keep in addresses. */
export function readEvents(sent: readonly unknown[], queryKeys: readonly string[]): ReadEvents {
  const good = new Map<string, GoodEvent>();
  const bad: BadEvent[] = [];
  for (const candidate of sent) {
    const event = readEvent(candidate, queryKeys);
    if ('reason' in event) bad.push(event);
    else good.set(event.eid, event);
  }
  return { good: [...good.values()], bad };
}

function readEvent(candidate: unknown, queryKeys: readonly string[]): GoodEvent | BadEvent {
  const common = sentEvent.safeParse(candidate);
  if (!common.success) return badEvent(reasonOf(common.error.issues));
  const { eid, type } = common.data;
  if (!isEventType(type)) return badEvent(`type: ${JSON.stringify(type)} is not in the catalogue`, eid);
  const props = eventProps[type].safeParse(common.data.props);
  if (!props.success) return badEvent(`props.${reasonOf(props.error.issues)}`, eid);
  return { ...common.data, type, url: scrubUrl(common.data.url, queryKeys), props: scrubProps(props.data, queryKeys) };
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
function scrubProps(props: object, queryKeys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(props).map(([name, value]) => [
      name,
      name === 'referrer' ? scrubUrl(String(value), queryKeys) : scrubValue(value, queryKeys),
    ]),
  );
}

function scrubValue(value: unknown, queryKeys: readonly string[]): unknown {
  if (typeof value === 'string') return scrubText(value).text;
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, queryKeys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [scrubText(name).text, scrubValue(item, queryKeys)]));
}
