/** What stands between a stored recording and the replayer: everything is rebuilt from allow-lists, in order, within bounds. */

import { EventType, type eventWithTime } from 'rrweb';
import { isObject } from '#contract/recording.ts';
import { type RecordedEvent, type RecordedIncrement, recordedEvent } from '#contract/recording-events.ts';
import type { IncrementalData } from '../rrweb-words.ts';
import type { Budget } from './budget.ts';
import { startTree } from './node-tree.ts';
import { stripCss } from './strip-css.ts';
import { stripMutation } from './strip-mutation.ts';
import { type Strip, stripPage } from './strip-node.ts';

/** A session ends after an hour. An event a day away from the others has a wrong time. */
const maxSpanMs = 86_400_000;
/** The largest screens have 7,680 pixels across; a canvas of the size of the page is drawn over it. */
const maxSide = 8_192;

/** The events of one tab, fit to be played: sorted, beginning with a page and its size; empty when there is no page among them. */
export function stripEvents(raw: readonly unknown[], budget: Budget): eventWithTime[] {
  return openStrip(budget)(raw);
}

/**
 * The same for a tab that comes in pieces, in order: what a later one may change is known from the earlier. Throws a `Failure` of kind
 * `tooLarge` when the budget, which the tabs share, is spent.
 */
export function openStrip(budget: Budget): (raw: readonly unknown[]) => eventWithTime[] {
  const strip: Strip = { tree: startTree(), budget };
  let size: Size = { width: 1280, height: 720 };
  let begun = false;
  return (raw) => {
    budget.spend('events', raw.length);
    const events: eventWithTime[] = [];
    for (const event of inTime(raw.flatMap(parse))) {
      if (event.type === EventType.Meta) size = sizeOf(event.data);
      else if (event.type === EventType.FullSnapshot) events.push(...stripSnapshot(event, size, strip));
      else if (event.type === EventType.IncrementalSnapshot && (begun || events.length > 0)) events.push(...stripIncrement(event, strip));
    }
    begun ||= events.length > 0;
    return events;
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function parse(raw: unknown): RecordedEvent[] {
  // The parts of an event that rrweb adds later or that we do not know are left behind.
  const parsed = isObject(raw) ? recordedEvent.safeParse({ type: raw.type, timestamp: raw.timestamp, data: raw.data ?? {} }) : null;
  return parsed?.success === true ? [parsed.data] : [];
}

function inTime(events: RecordedEvent[]): RecordedEvent[] {
  const sorted = events.sort((one, other) => one.timestamp - other.timestamp);
  const middle = sorted[Math.floor(sorted.length / 2)]?.timestamp ?? 0;
  return sorted.filter(({ timestamp }) => Math.abs(timestamp - middle) <= maxSpanMs);
}

function sizeOf({ width, height }: Size): Size {
  const side = (value: number) => Math.min(Math.max(Math.round(value), 1), maxSide);
  return { width: side(width), height: side(height) };
}

/** rrweb starts a seek at the last event of type Meta: each page is given its own, right before it. */
function stripSnapshot(event: Extract<RecordedEvent, { type: 2 }>, size: Size, strip: Strip): eventWithTime[] {
  const node = stripPage(event.data.node, strip);
  if (node === null) return [];
  const { timestamp } = event;
  return [
    { type: EventType.Meta, timestamp, data: { href: '', ...size } },
    { type: EventType.FullSnapshot, timestamp, data: { node, initialOffset: event.data.initialOffset } },
  ];
}

function stripIncrement(event: Extract<RecordedEvent, { type: 3 }>, strip: Strip): eventWithTime[] {
  const data = stripData(event.data, strip);
  return data === null ? [] : [{ type: EventType.IncrementalSnapshot, timestamp: event.timestamp, data }];
}

function stripData(data: RecordedIncrement, strip: Strip): IncrementalData | null {
  const css = (text: string) => stripCss(text, strip.budget);
  switch (data.source) {
    case 0:
      return stripMutation(data, strip);
    case 1:
    case 6:
    case 12:
      strip.budget.spend('positions', data.positions.length);
      return data;
    case 4:
      return { source: data.source, ...sizeOf(data) };
    case 8:
      return stripRules(data, css);
    case 13:
      return stripDeclaration(data, css);
    case 15:
      return { ...data, styles: (data.styles ?? []).map(({ styleId, rules }) => ({ styleId, rules: stripAdded(rules, css) })) };
    default:
      return data;
  }
}

type Css = (text: string) => string;
type Increment<Source> = Extract<RecordedIncrement, { source: Source }>;

function stripRules(data: Increment<8>, css: Css): IncrementalData {
  return {
    ...data,
    ...(data.adds && { adds: stripAdded(data.adds, css) }),
    ...(data.replace !== undefined && { replace: css(data.replace) }),
    ...(data.replaceSync !== undefined && { replaceSync: css(data.replaceSync) }),
  };
}

function stripAdded<Rule extends { readonly rule: string }>(rules: readonly Rule[], css: Css): Rule[] {
  return rules.map((added) => ({ ...added, rule: css(added.rule) }));
}

function stripDeclaration({ set, ...data }: Increment<13>, css: Css): IncrementalData {
  if (set === undefined) return data;
  return { ...data, set: { ...set, value: set.value === null ? null : css(set.value), priority: set.priority ?? '' } };
}
